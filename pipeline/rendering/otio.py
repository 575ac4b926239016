"""The cut for an editor's own program: our timeline as OpenTimelineIO."""

from __future__ import annotations

from pathlib import Path

import opentimelineio as oti

from .captions.cues import cues
from .parts import FPS
from .timeline import Clip, Gap, Timeline, TimeRange, Track, Transition


def export(timeline: Timeline, out: Path, *, captions: bool = True) -> None:
    """Write `out` (.otio): pictures with their transitions, voices by the sample, chapters and captions as markers."""
    oti.adapters.write_to_file(convert(timeline, captions=captions), str(out))


def convert(timeline: Timeline, *, captions: bool = True) -> oti.schema.Timeline:
    """The same timeline in OpenTimelineIO's classes."""
    made = oti.schema.Timeline(timeline.name, global_start_time=oti.opentime.RationalTime(0, FPS))
    made.metadata["litink"] = {
        "size": list(timeline.size),
        "frames": timeline.frames,
        "language": timeline.look.language,
    }
    for track in (timeline.video, timeline.voice):
        made.tracks.append(_track(track))
    for marker in timeline.markers:
        made.tracks.markers.append(_marker(marker.name, marker.marked, oti.schema.MarkerColor.RED))
    for cue in cues(timeline) if captions else ():
        span = TimeRange(cue.start, cue.end - cue.start)
        made.tracks[0].markers.append(_marker(cue.text, span, oti.schema.MarkerColor.YELLOW))
    return made


def _track(track: Track) -> oti.schema.Track:
    made = oti.schema.Track(track.name, kind=track.kind)
    for item in track.items:
        if isinstance(item, Clip):
            made.append(_clip(item, track.kind))
        elif isinstance(item, Gap):
            made.append(oti.schema.Gap(source_range=_range(item.range)))
        else:
            made.append(_transition(item))
    return made


def _clip(clip: Clip, kind: str) -> oti.schema.Clip:
    made = oti.schema.Clip(clip.name, source_range=_range(clip.range))
    if clip.part:
        video = clip.part.clip or clip.part.picture
        file = clip.part.voice if kind == "Audio" else video
        made.media_reference = oti.schema.ExternalReference(str(file), _range(clip.range))
    else:
        made.media_reference = oti.schema.GeneratorReference("card", "litink.card", _range(clip.range))
    if clip.card:
        made.media_reference.parameters.update({"kind": clip.card.kind, "title": clip.card.title})
    made.metadata["litink"] = {"scene": clip.number, "move": clip.move}
    return made


def _transition(item: Transition) -> oti.schema.Transition:
    kind = oti.schema.TransitionTypes.SMPTE_Dissolve if item.name == "dissolve" else oti.schema.TransitionTypes.Custom
    into, out = (oti.opentime.RationalTime(frames, FPS) for frames in (item.in_offset, item.out_offset))
    return oti.schema.Transition(item.name, kind, into, out)


def _marker(name: str, span: TimeRange, colour: str) -> oti.schema.Marker:
    return oti.schema.Marker(name, _range(span), colour)


def _range(span: TimeRange) -> oti.opentime.TimeRange:
    rate = float(span.rate)
    return oti.opentime.TimeRange(
        oti.opentime.RationalTime(span.start, rate), oti.opentime.RationalTime(span.duration, rate)
    )
