"""Vendors' voices, utterance by utterance: what was paid is told, and not paid again by who repeats a request."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from pipeline.providers import narration, sound
from pipeline.providers.base import ProviderFault, ProviderRefusal, SpeechRequest, SpeechResult, Usage
from pipeline.providers.keeping import Kept
from pipeline.providers.narration import Line, Take


@dataclass
class Sitting:
    """One request under way: what it has paid, and the digests of what it needed."""

    kept: Kept
    paid: list[Usage]
    used: list[str] = field(default_factory=list)

    def once(self, asked: str, say: Callable[[str], Take]) -> Take:
        """What `say(digest)` gives for what is `asked`, or what an earlier try has paid."""
        digest = hashlib.sha256(asked.encode()).hexdigest()
        self.used.append(digest)
        held = self.kept.get(digest)
        return self.kept.put(digest, say(digest)) if held is None else held


class ByUtterance:
    """Implements `Speaker.speak`; a vendor's client says `_take`, one utterance."""

    name = ""  # of the vendor
    unit = "characters"
    model: str
    kept: Kept

    def speak(self, request: SpeechRequest) -> SpeechResult:
        """A failure half way tells in its `usage` what was paid; a repeat by this object does not pay that again.

        Raises ProviderRefusal when there is nothing to say.
        """
        said = narration.lines(request)
        sitting = Sitting(self.kept, self._paid_before())
        try:
            takes = [self._take(at, said, request, sitting) for at in range(len(said))]
        except (ProviderFault, ProviderRefusal) as error:
            error.usage = narration.summed([*sitting.paid, *([error.usage] if error.usage else [])])
            raise
        self.kept.forget(sitting.used)
        samples, words = narration.together(request, said, takes)
        seconds = len(samples) / sound.RATE
        usage = narration.summed(sitting.paid, seconds) or self._nothing(seconds)
        return SpeechResult(sound.riff(samples), sound.RATE, len(samples), words, usage)

    def _paid_before(self) -> list[Usage]:
        """What earlier tries of this request have paid, where somebody keeps a book of it."""
        return []

    def _take(self, at: int, said: Sequence[Line], request: SpeechRequest, sitting: Sitting) -> Take:
        raise NotImplementedError

    def _nothing(self, seconds: float) -> Usage:
        """All of it had been paid by an earlier try."""
        return Usage(self.name, self.model, self.unit, Decimal(0), seconds=seconds, priced=False)
