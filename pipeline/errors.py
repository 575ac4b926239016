"""The two families of failure. The user's come from below; ours are here."""

from __future__ import annotations

from projects.errors import BadInput, Refused

__all__ = ["Again", "BadInput", "Cancelled", "Later", "Refused", "Temporary"]


class Temporary(Exception):
    """Ours: backed off and retried, then alarmed. `retry_after` in seconds."""

    def __init__(self, message: str, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class Cancelled(Exception):
    """The run was cancelled while a stage worked."""


class Later(Exception):
    """A stage parks its step: nothing to do for `seconds`."""

    def __init__(self, seconds: float) -> None:
        super().__init__(f"later: {seconds:g} s")
        self.seconds = seconds


class Again(Exception):
    """A stage found its input wanting: `stage` is done again for the scenes at `positions`, then what follows."""

    def __init__(self, stage: str, positions: tuple[int, ...]) -> None:
        super().__init__(f"{stage} again for scenes {positions}")
        self.stage, self.positions = stage, positions
