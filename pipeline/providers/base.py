"""Capabilities in neutral words: one verb each, frozen requests and results. No Django, no vendor words.

Providers raise `ProviderFault` (ours: may be tried again or elsewhere) or `ProviderRefusal` (the user's).
"""

from __future__ import annotations

import io
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any, BinaryIO, Protocol

from pipeline.language.picture import Brief as Brief
from pipeline.language.picture import Look as Look


class ProviderFault(Exception):
    """The vendor failed. `retry_after` in seconds; `safe`: a repeat can't be billed twice; `ambiguous`: may have been billed.

    `kind`: key, credits, missing (no such model or job), expired (an output's address), limit, server, network, garbage
    (an answer that is no good). `usage`: what it is known to have cost all the same.
    """

    def __init__(
        self,
        message: str,
        *,
        retry_after: float | None = None,
        safe: bool = True,
        ambiguous: bool = False,
        kind: str = "",
        usage: Usage | None = None,
    ) -> None:
        super().__init__(message)
        self.retry_after, self.safe, self.ambiguous = retry_after, safe, ambiguous
        self.kind, self.usage = kind, usage


class ProviderRefusal(Exception):
    """The vendor will not do it; a repeat gives the same answer. `kind`: invalid, moderation, too_long."""

    def __init__(self, message: str, *, kind: str = "invalid", usage: Usage | None = None) -> None:
        super().__init__(message)
        self.kind, self.usage = kind, usage


@dataclass(frozen=True, slots=True)
class Usage:
    """What one call used: `units` of `unit` (characters, images, seconds, tokens), its price in USD, the vendor's own id.

    `priced`: `cost_usd` is the vendor's own word; where it is not, the router's price list says what the units cost.
    """

    provider: str
    model: str
    unit: str = "calls"
    units: Decimal = Decimal(1)
    cost_usd: Decimal = Decimal(0)
    tokens_in: int = 0
    tokens_out: int = 0
    seconds: float = 0.0
    vendor_id: str = ""
    licence: str = ""
    priced: bool = True


# -- text ---------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class TextRequest:
    """`task` names what is wanted ("abridge", "summary", "briefs"); `material` is its data for local rules."""

    task: str
    prompt: str
    system: str = ""
    schema: Mapping[str, Any] | None = None
    language: str = "en"
    max_tokens: int = 4000
    material: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class TextResult:
    text: str
    usage: Usage
    data: Any = None  # the answer as JSON when a schema was asked; None when it was not JSON, and JSON alone
    finish: str = "stop"  # "length": cut off at max_tokens


class Writer(Protocol):
    def write(self, request: TextRequest) -> TextResult: ...


# -- image --------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class ImageRequest:
    """`width` x `height` in pixels. `seed` makes the picture this scene's own."""

    prompt: str
    brief: Brief
    cast: tuple[Look, ...] = ()
    style: str = "ink"
    width: int = 1920
    height: int = 1080
    seed: int = 0
    references: tuple[bytes, ...] = ()


@dataclass(frozen=True, slots=True)
class ImageResult:
    """`focus`: what the eye should rest on, 0..1 of width and height; `faces`: boxes x, y, w, h in 0..1 (captions avoid them)."""

    data: bytes = field(repr=False)
    media_type: str
    width: int
    height: int
    usage: Usage
    focus: tuple[float, float] = (0.5, 0.5)
    faces: tuple[tuple[float, float, float, float], ...] = ()
    alt: str = ""


class Illustrator(Protocol):
    def draw(self, request: ImageRequest) -> ImageResult: ...


# -- speech -------------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Utterance:
    """A stretch said by one voice. `text` in the author's spelling; `spoken` is what the voice reads (normalised)."""

    text: str
    spoken: str
    voice: str
    pause: float = 0.0  # seconds of silence after it


@dataclass(frozen=True, slots=True)
class SpeechRequest:
    utterances: tuple[Utterance, ...]
    language: str = "en"
    lexicon: tuple[tuple[str, str], ...] = ()  # (written, said as)
    speed: float = 1.0


@dataclass(frozen=True, slots=True)
class WordTime:
    """A word as the author spells it, with its place in samples of the result's audio; `utterance` is its index."""

    text: str
    start: int
    end: int
    utterance: int = 0


@dataclass(frozen=True, slots=True)
class SpeechResult:
    """`wav`: RIFF, mono, 16 bit, `rate` Hz, `samples` long, pauses included."""

    wav: bytes = field(repr=False)
    rate: int
    samples: int
    words: tuple[WordTime, ...]
    usage: Usage


@dataclass(frozen=True, slots=True)
class Voice:
    """`id` is stable ("af_heart"); `language` BCP 47 ("en-US"); `sex` female or male; `engine` kokoro, piper, pico, espeak, or a vendor."""

    id: str
    name: str
    language: str
    sex: str = ""
    engine: str = ""
    quality: float = 0.0  # higher is better, 0..1
    licence: str = ""


class Speaker(Protocol):
    def speak(self, request: SpeechRequest) -> SpeechResult: ...
    def voices(self, language: str = "") -> tuple[Voice, ...]: ...


# -- transcription ------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class TranscriptionRequest:
    """`path` of a media file; `language` "" asks for detection."""

    path: str
    language: str = ""


@dataclass(frozen=True, slots=True)
class HeardWord:
    text: str
    start: float  # seconds
    end: float
    probability: float = 1.0


@dataclass(frozen=True, slots=True)
class TranscriptionResult:
    text: str
    language: str
    words: tuple[HeardWord, ...]
    usage: Usage


class Transcriber(Protocol):
    def transcribe(self, request: TranscriptionRequest) -> TranscriptionResult: ...


# -- slow vendors -------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Ticket:
    """A vendor's job: its id is committed before anybody polls it."""

    provider: str
    id: str
    model: str
    poll_after: float = 10.0


@dataclass(frozen=True, slots=True)
class VideoRequest:
    """Moves a picture for `seconds`; `picture` is PNG or JPEG bytes. `callback`: an https address told of the end."""

    prompt: str
    picture: bytes = field(repr=False)
    seconds: float
    aspect: str = "16:9"
    resolution: str = "720p"
    callback: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class MediaResult:
    """`path` is set, and `data` empty, when it went into a file."""

    data: bytes = field(repr=False)
    media_type: str
    seconds: float
    usage: Usage
    path: Path | None = None

    @property
    def source(self) -> str | BinaryIO:
        """For decoders: the file's name, or its bytes as a stream."""
        return str(self.path) if self.path else io.BytesIO(self.data)


class Unfinished(Exception):
    """A vendor still works on a job that stands in the `JobBook`: the same verb, with the same book, goes on with it.

    `seconds` until it is likely to be done, 0 where nobody knows.
    """

    def __init__(self, seconds: float = 0.0) -> None:
        super().__init__("the vendor still works on it")
        self.seconds = seconds


class JobBook(Protocol):
    """Where a quick verb writes down its vendor's jobs, one after the other, before it asks after them.

    `mark` tells the jobs of one request apart. `paid`: what those of this try have cost so far, in earlier processes, too.
    """

    paid: list[Usage]

    def begin(self, mark: str) -> Ticket | None:
        """The job's ticket when it was handed in before; None when it is to be handed in now."""

    def hold(self, mark: str, ticket: Ticket) -> None: ...


class Animator(Protocol):
    """`into`: a file that the film is streamed into."""

    def submit(self, request: VideoRequest) -> Ticket: ...
    def collect(self, ticket: Ticket, into: Path | None = None) -> MediaResult | None: ...


@dataclass(frozen=True, slots=True)
class LipsyncRequest:
    """Addresses that the vendor can reach; or, where there are none, the files themselves."""

    video_url: str = ""
    audio_url: str = ""
    video: bytes = field(default=b"", repr=False)
    audio: bytes = field(default=b"", repr=False)
    seconds: float = 0.0
    callback: str = field(default="", repr=False)


class Lipsyncer(Protocol):
    def submit(self, request: LipsyncRequest) -> Ticket: ...
    def collect(self, ticket: Ticket, into: Path | None = None) -> MediaResult | None: ...


# -- moderation ---------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class ModerationRequest:
    text: str = ""
    picture: bytes | None = None


@dataclass(frozen=True, slots=True)
class ModerationResult:
    flagged: bool
    categories: tuple[str, ...]
    usage: Usage


class Moderator(Protocol):
    def moderate(self, request: ModerationRequest) -> ModerationResult: ...


# -- sound effects and music ---------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class SoundRequest:
    """A noise of the story ("a door creaks"), `seconds` long; 0 leaves the length to the vendor."""

    prompt: str
    seconds: float = 0.0


class SoundMaker(Protocol):
    def sound(self, request: SoundRequest) -> MediaResult: ...


@dataclass(frozen=True, slots=True)
class MusicRequest:
    """Music to stand under a voice, so without singing unless `instrumental` is off."""

    prompt: str
    seconds: float
    instrumental: bool = True


class Composer(Protocol):
    def compose(self, request: MusicRequest) -> MediaResult: ...


# -- voice cloning -------------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class CloneRequest:
    """`sample`: a media file of one person speaking. Whoever asks has that person's consent on record."""

    name: str
    sample: bytes = field(repr=False)
    language: str = "en"


@dataclass(frozen=True, slots=True)
class CloneResult:
    """`verify`: the vendor wants the speaker to prove who they are before the voice can be used."""

    voice: Voice
    usage: Usage
    verify: bool = False


class Cloner(Protocol):
    def clone(self, request: CloneRequest) -> CloneResult: ...
    def delete(self, voice: str) -> None: ...


# -- alignment -----------------------------------------------------------------------------------
class Aligner(Protocol):
    """Where words are said: `audio` a media file, `words` as they are spoken; one (start, end) in seconds a word."""

    def align(self, audio: bytes, words: tuple[str, ...], language: str = "en") -> tuple[tuple[float, float], ...]: ...
