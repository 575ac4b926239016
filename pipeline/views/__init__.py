"""Pages on films being made and made."""
