"""This machine's composer as a provider of music: above providers and renderer, because it is the renderer that plays."""

from __future__ import annotations

import re
from collections import Counter
from decimal import Decimal
from pathlib import Path

from django.conf import settings

from pipeline.providers.base import MediaResult, MusicRequest, ProviderFault, Usage
from pipeline.providers.local.host import folders
from pipeline.rendering.parts import FPS
from pipeline.rendering.sound.music import LICENCE, Music, MusicMissing, bed_for

SHORTEST, LONGEST = 3.0, 600.0  # seconds
WORDS = {
    "calm": "calm gentle quiet soft peaceful lullaby warm tender slow restful serene evening",
    "wonder": "wonder magic magical dream dreamy mystery mysterious fairy enchanted celestial airy awe",
    "adventure": "adventure heroic hero journey brave march epic battle bold quest chase galloping",
    "sad": "sad sorrow melancholy grief mourning lonely lament wistful longing farewell mournful",
    "tense": "tense suspense fear danger dark dread threat threatening scary horror anxious uneasy anger",
    "joyful": "joyful joy happy merry dance playful cheerful festive lively bright laughing",
}
_MOOD = {word: mood for mood, words in WORDS.items() for word in words.split()}


def mood(prompt: str) -> str:
    """What most words of the wish say, the first of two; calm when none says anything."""
    found = Counter(_MOOD[word] for word in re.findall(r"[a-z]+", prompt.lower()) if word in _MOOD)
    return found.most_common(1)[0][0] if found else "calm"


class LocalComposer:
    """Implements `Composer` by rule. It has no singers, so all that it writes is instrumental."""

    provider = "local"
    model = "composer-1"

    def compose(self, request: MusicRequest) -> MediaResult:
        """A FLAC of 48 kHz stereo, 3 to 600 s. ProviderFault where no instruments are installed."""
        frames = round(FPS * min(LONGEST, max(SHORTEST, request.seconds)))
        wish = Music(mood(request.prompt), frames, folders.model_cache(), Path(settings.WORK_ROOT) / "music")
        try:
            bed = bed_for(wish)
        except MusicMissing as missing:
            raise ProviderFault(str(missing), kind="missing") from missing
        seconds = Decimal(frames) / FPS
        usage = Usage("local", self.model, "seconds", seconds, seconds=float(seconds), licence=LICENCE)
        return MediaResult(bed.path.read_bytes(), "audio/flac", float(seconds), usage)
