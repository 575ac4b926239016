"""The certificate of a finished film: measured from its file, held against its timeline."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from pathlib import Path

from ..captions.cues import Cue
from ..timeline import Timeline
from .caption_rules import captions
from .container import film_hash, look_into
from .coverage import Coverage, coverage_gate
from .drift import Drift
from .duplicates import Duplicates
from .faststart import faststart
from .gate import Certificate, Gate
from .heard import Heard, Hearing, compare, offset_gates, words_gate
from .listening import Listening
from .marks import marks
from .plain import Plain, plain_for
from .stillness import Stillness
from .streams import colour, frames, streams
from .times import duration, sync
from .watch import Progress, watch

Transcribe = Callable[[Path], Iterable[Heard]]


def measure(
    film: Path,
    timeline: Timeline,
    *,
    cues: Sequence[Cue] = (),
    transcribe: Transcribe | None = None,
    plain: Plain | None = None,
    coverage: Coverage | None = None,
    repeats: Collection[str] = (),
    word_goal: float | None = None,
    progress: Progress | None = None,
    stopping: Callable[[], bool] | None = None,
) -> Certificate:
    """Decode the film once and judge it. `transcribe` gives the words heard in it, in seconds; None: nobody listens.

    `plain` turns a word into what is said for it, by the language's own rules unless given; `repeats` are hashes of
    pictures that may be seen twice.
    """
    seen = look_into(film)
    still, twins, ears, drift = Stillness(), Duplicates(timeline), Listening(), Drift(timeline)
    watch(film, (still, twins, ears, drift), frames=timeline.frames, progress=progress, stopping=stopping)
    gates = [
        frames(seen, timeline), streams(seen, timeline), colour(seen), faststart(film), marks(seen, timeline),
        duration(seen, timeline), sync(seen), *drift.gates(), *ears.gates(timeline), *still.gates(timeline),
        *twins.gates(repeats), *captions(cues, timeline),
    ]  # fmt: skip
    hearing = compare(timeline, transcribe(film), plain or plain_for(timeline.look.language)) if transcribe else None
    gates += _heard(hearing, cues, timeline, word_goal)
    return Certificate(timeline.look.title, film_hash(film), (*gates, coverage_gate(coverage)))


def _heard(hearing: Hearing | None, cues: Sequence[Cue], timeline: Timeline, goal: float | None) -> list[Gate]:
    why = "no recogniser listened" if hearing is None else ""
    words = words_gate(hearing, timeline.look.language, goal, why)
    return [words, *offset_gates(hearing, cues, timeline, why or ("" if cues else "the film has no captions"))]
