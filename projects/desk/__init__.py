"""Verbs on a script that members edit: every one is a Change that can be told, compared and taken back."""
