"""What `make` runs before the environment exists: the standard library alone."""
