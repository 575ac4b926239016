"""Parts and a look in, a timeline out. The voice drives the clock: a picture lasts as long as its narration."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from .moves import choose
from .parts import RATE, SAMPLES_PER_FRAME, FilmLook, ScenePart
from .timeline import Card, Clip, Gap, Marker, ScenePlace, Timeline, TimeRange, Track, Transition

LEAD = 9 * SAMPLES_PER_FRAME  # silence before a voice: longer than half a transition
TAIL = 15 * SAMPLES_PER_FRAME  # and after it
BORDER = 16  # frames of a transition, half on each side of the border
CARD_FRAMES = {"title": 105, "chapter": 75, "end": 120}
SAMPLE_RATE = Fraction(RATE)


def plan(parts: Sequence[ScenePart], look: FilmLook) -> Timeline:
    """The film of `parts` in the order given. ValueError when there is no scene or a number comes twice."""
    if not parts:
        raise ValueError("a film needs at least one scene")
    if len({part.number for part in parts}) != len(parts):
        raise ValueError("two scenes have the same number")
    clips = _clips(parts, look)
    video = Track("picture", "Video", tuple(_with_transitions(clips, look)))
    bare = Timeline(look.title, look, video, Track("voice", "Audio", ()), (), LEAD)
    voice = Track("voice", "Audio", tuple(_voices(bare)))
    return Timeline(look.title, look, video, voice, tuple(_chapters(clips, look)), LEAD)


def scene_frames(samples: int) -> int:
    """Frames of a scene with `samples` of voice: lead, voice (a second at least, to be read) and tail, rounded up."""
    return -(-(LEAD + max(samples, RATE) + TAIL) // SAMPLES_PER_FRAME)


def _clips(parts: Sequence[ScenePart], look: FilmLook) -> list[Clip]:
    clips: list[Clip] = []
    if look.cards and look.title:
        clips.append(_card("title", look.title, look))
    before = ""
    for part in parts:
        if look.cards and part.chapter:
            clips.append(_card("chapter", part.chapter, look))
        move = choose(part.picture_hash, before, part.turn)
        frames = scene_frames(part.samples)
        clips.append(Clip(f"scene {part.number}", TimeRange(0, frames), part=part, move=move))
        before = part.picture_hash
    if look.cards and (look.title or look.credit):
        clips.append(_card("end", look.title, look))
    return clips


def _card(kind: str, title: str, look: FilmLook) -> Clip:
    credit = look.credit if kind == "end" else ""
    card = Card(kind, title, "" if kind == "chapter" else look.author, credit, look.language)
    return Clip(f"{kind} card", TimeRange(0, CARD_FRAMES[kind]), card=card, move="card")


def _with_transitions(clips: Sequence[Clip], look: FilmLook) -> list[Clip | Gap | Transition]:
    items: list[Clip | Gap | Transition] = []
    for clip in clips:
        if items and look.transition != "cut":
            items.append(Transition(look.transition, BORDER // 2, BORDER // 2))
        items.append(clip)
    return items


def _voices(timeline: Timeline) -> list[Clip | Gap | Transition]:
    """Silence and voices in samples; together exactly as long as the picture."""
    items: list[Clip | Gap | Transition] = []
    at = 0
    for place in timeline.scenes:
        items += [Gap(_samples(place.voice_start - at)), _voice(place)]
        at = place.voice_start + place.samples
    items.append(Gap(_samples(timeline.samples - at)))
    return items


def _samples(count: int) -> TimeRange:
    return TimeRange(0, count, SAMPLE_RATE)


def _voice(place: ScenePlace) -> Clip:
    return Clip(f"voice {place.number}", _samples(place.samples), part=place.part)


def _chapters(clips: Sequence[Clip], look: FilmLook) -> list[Marker]:
    """A marker a chapter, from its card on; what stands before the first chapter belongs to the film's title."""
    marks: list[tuple[int, str]] = []
    at, card_at = 0, None
    for clip in clips:
        if clip.card and clip.card.kind == "chapter":
            card_at = at
        if clip.part and clip.part.chapter:
            marks.append((at if card_at is None else card_at, clip.part.chapter))
        if clip.part:
            card_at = None
        at += clip.range.duration
    if marks and marks[0][0] > 0:
        marks.insert(0, (0, look.title or marks[0][1]))
    borders = [*(start for start, _ in marks), at]
    return [Marker(name, TimeRange(start, borders[i + 1] - start)) for i, (start, name) in enumerate(marks)]
