"""Failures that are the user's: shown with a catalogued message, never retried."""

from __future__ import annotations


class BadInput(Exception):
    """What was given can't be used. `id` names the entry of the catalogue, `message` says what to do."""

    def __init__(self, id: str, message: str, **facts: object) -> None:
        super().__init__(message)
        self.id, self.message, self.facts = id, message, facts


class Refused(BadInput):
    """What was asked is understood, but not allowed (tier, rights, moderation)."""
