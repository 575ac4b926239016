"""Pieces and one sound track into a film: stream copy with whole-number timestamps, nothing is encoded here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from pathlib import Path
from typing import Any

import av

from .failures import BadMaterial, RenderError
from .parts import FPS
from .pieces import Piece, pieces
from .timeline import Marker, Timeline

_REORDER = 2  # frames that decoding may run ahead of showing: fixed, so that all pieces share one clock
_LANGUAGES = {
    "ar": "ara", "bn": "ben", "de": "deu", "el": "ell", "en": "eng", "es": "spa", "fa": "fas", "fr": "fra", "he": "heb",
    "hi": "hin", "it": "ita", "ja": "jpn", "ko": "kor", "nl": "nld", "pl": "pol", "pt": "por", "ru": "rus", "sv": "swe",
    "ta": "tam", "th": "tha", "tr": "tur", "uk": "ukr", "ur": "urd", "vi": "vie", "zh": "zho",
}  # fmt: skip


def assemble(
    timeline: Timeline,
    files: Mapping[str, Path],
    sound: Path,
    out: Path,
    *,
    tags: Mapping[str, str] | None = None,
    chapters: Sequence[Marker] | None = None,
) -> None:
    """Write `out` (.mp4, faststart): `files` by recipe, `sound` one AAC stream of the whole film.

    `tags`: more container tags beside title, artist and language; `chapters`: instead of the timeline's own markers.
    Raises RenderError when a piece is missing, brings another number of frames, or was encoded under other headers.
    """
    film = pieces(timeline)
    missing = [piece for piece in film if piece.recipe not in files]
    if missing:
        raise RenderError(f"{len(missing)} pieces are not rendered yet", missing[0].scene)
    part = out.with_name(f"{out.stem}.part{out.suffix}")
    part.parent.mkdir(parents=True, exist_ok=True)
    try:
        _write(timeline, [(piece, files[piece.recipe]) for piece in film], sound, part, tags or {}, chapters)
        part.replace(out)
    finally:
        part.unlink(missing_ok=True)


def _write(
    timeline: Timeline, film: list[tuple[Piece, Path]], sound: Path, part: Path, tags: Mapping[str, str],
    chapters: Sequence[Marker] | None,
) -> None:  # fmt: skip
    options = {"movflags": "+faststart", "fflags": "+bitexact"}
    with av.open(str(part), "w", format="mp4", options=options) as container, _opened(sound) as voice:
        with _opened(film[0][1]) as first:
            video = container.add_stream_from_template(first.streams.video[0])
        audio = container.add_stream_from_template(voice.streams.audio[0])
        video.time_base = Fraction(1, FPS)
        _label(container, (video, audio), timeline, tags)
        container.set_chapters(_chapters(timeline.markers if chapters is None else chapters))
        sounds = _sounds(voice, audio)
        ahead = next(sounds, None)
        for packet in _pictures(film, video):
            while ahead is not None and _seconds(ahead) <= _seconds(packet):
                container.mux(ahead)
                ahead = next(sounds, None)
            container.mux(packet)
        while ahead is not None:
            container.mux(ahead)
            ahead = next(sounds, None)


def _seconds(packet: av.Packet) -> Fraction:
    return (packet.dts or 0) * packet.time_base


_UNDECODED = {"codec_whitelist": "none"}  # packets are copied: a decoder opened for each piece would cost 12 ms


def _opened(path: Path, options: dict[str, str] | None = None) -> av.container.InputContainer:
    try:
        return av.open(str(path), options=options or {})
    except (av.error.FFmpegError, OSError) as error:
        raise BadMaterial(f"{path.name} can't be read: {error}") from error


def _pictures(film: list[tuple[Piece, Path]], stream: av.VideoStream) -> Iterator[av.Packet]:
    """Packets of all pieces on the film's clock: shown at base + own frame, decoded _REORDER ahead in file order."""
    base, headers = 0, bytes(stream.codec_context.extradata or b"")
    for piece, path in film:
        with _opened(path, _UNDECODED) as container:
            own = container.streams.video[0]
            if bytes(own.codec_context.extradata or b"") != headers:
                raise RenderError(f"{path.name} was encoded under other headers than the film", piece.scene)
            count = 0
            for packet in container.demux(own):
                if packet.size == 0:
                    continue
                shown = Fraction(packet.pts or 0) * packet.time_base * FPS
                if shown.denominator != 1:
                    raise RenderError(f"{path.name} has a packet between two frames", piece.scene)
                packet.stream, packet.time_base = stream, Fraction(1, FPS)
                packet.pts, packet.dts, packet.duration = base + int(shown), base + count - _REORDER, 1
                count += 1
                yield packet
        if count != piece.frames:
            raise RenderError(f"{path.name} brings {count} frames instead of {piece.frames}", piece.scene)
        base += count


def _sounds(container: av.container.InputContainer, stream: av.AudioStream) -> Iterator[av.Packet]:
    """The sound's packets as they are: its priming lies before time 0 and stays there."""
    for packet in container.demux(container.streams.audio[0]):
        if packet.size:
            packet.stream = stream
            yield packet


def _label(
    container: av.container.OutputContainer, streams: tuple, timeline: Timeline, tags: Mapping[str, str]
) -> None:
    look = timeline.look
    own = {"title": look.title, "artist": look.author, "author": look.author}
    container.metadata.update({key: value for key, value in {**own, **tags}.items() if value})
    code = _LANGUAGES.get(look.language.split("-")[0].lower(), "und")
    for stream in streams:
        stream.metadata["language"] = code


def _chapters(markers: Sequence[Marker]) -> list[Any]:
    return [
        {
            "id": i, "start": marker.marked.start, "end": marker.marked.end, "time_base": Fraction(1, FPS),
            "metadata": {"title": marker.name},
        }
        for i, marker in enumerate(markers)
    ]  # fmt: skip
