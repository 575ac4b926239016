"""A shot made drawable: give it a local frame number and a frame to fill."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

import av
import numpy as np
from PIL import Image

from . import clips, planes
from .cards import CARDS
from .failures import BadMaterial, RenderError
from .moves import keys, path
from .recipes import recipe
from .shots import Shot
from .warp import Frame, warp


class Source(Protocol):
    """`size` is the picture's own; `draw` fills `out` with what local frame `frame` shows."""

    size: tuple[int, int]

    def draw(self, frame: int, out: Frame) -> None: ...


class Still:
    """A picture or a card under a moving camera."""

    def __init__(self, shot: Shot, size: tuple[int, int], folder: Path) -> None:
        self.shot, self.size = shot, _size(shot, size)
        self.ends = keys(shot.move, shot.frames, self.size, size, shot.focus)
        name = recipe({"planes": shot.facts, "frame": size, "ends": [[v.x, v.y, v.w, v.h] for v in self.ends]})
        file = folder / f"{name[:32]}.yuv"
        self.planes = planes.working(lambda: _image(shot, size), self.size, *self.ends, size, file)

    def draw(self, frame: int, out: Frame) -> None:
        warp(self.planes, path(*self.ends, frame, self.shot.frames, self.shot.overlap), out)


class Moving:
    """A clip, already normalised to the film's frames; asked for frames in rising order."""

    def __init__(self, file: Path, shot: Shot, size: tuple[int, int]) -> None:
        self.size, self.shot, self.at = size, shot, -shot.overlap - 1
        self.container = av.open(str(file))
        self.frames = self.container.decode(video=0)
        self.last: av.VideoFrame | None = None

    def draw(self, frame: int, out: Frame) -> None:
        while self.at < frame:
            self.last = next(self.frames, self.last)
            self.at += 1
        if self.last is None:
            raise RenderError("its clip has no picture", self.shot.scene)
        for plane, target in zip(self.last.planes, out.planes, strict=True):
            rows = np.frombuffer(plane, np.uint8).reshape(-1, plane.line_size)  # type: ignore[call-overload]
            target[:] = rows[: plane.height, : plane.width]


def source(shot: Shot, size: tuple[int, int], folder: Path) -> Source:
    """The drawable of a shot, its working files kept in `folder`. BadMaterial names the scene at fault."""
    try:
        if shot.clip:
            frames = shot.frames + 2 * shot.overlap
            return Moving(clips.normalised(shot.clip, shot.clip_hash, frames, size, folder), shot, size)
        return Still(shot, size, folder)
    except BadMaterial as error:
        raise BadMaterial(str(error), shot.scene) from error


def _size(shot: Shot, frame: tuple[int, int]) -> tuple[int, int]:
    """Width and height of what the camera moves over."""
    if shot.card:
        return round(frame[0] * planes.OVERSAMPLE), round(frame[1] * planes.OVERSAMPLE)
    if shot.picture is None:
        raise BadMaterial("it has no picture")
    return planes.picture_size(shot.picture)


def _image(shot: Shot, frame: tuple[int, int]) -> Image.Image:
    if shot.card:
        return CARDS[shot.card.kind](shot.card, _size(shot, frame))
    assert shot.picture is not None
    return planes.load(shot.picture)
