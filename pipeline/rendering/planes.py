"""Working planes: a still, once a scene, as Y, U and V larger than the frame and softened to its Nyquist limit.

Because the planes hold nothing finer than the frame can show, a two-tap warp reads every sub-pixel phase equally sharp:
no shimmer, no breathing. They lie in a raw file that workers share by memory map.
"""

from __future__ import annotations

import math
import os
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from PIL import ExifTags, Image, UnidentifiedImageError

from .failures import BadMaterial
from .moves import View

OVERSAMPLE = 1.6
KEEP = 8  # raw files left in a folder; the oldest go first
_STRIP = 256  # rows turned to YUV at a time, so that memory stays flat
# BT.709, limited range, from full-range R, G, B
BT709_LIMITED = np.array(
    [
        [0.2126 * 219 / 255, 0.7152 * 219 / 255, 0.0722 * 219 / 255, 16.0],
        [-0.2126 / 1.8556 * 224 / 255, -0.7152 / 1.8556 * 224 / 255, 0.9278 / 1.8556 * 224 / 255, 128.0],
        [0.7874 / 1.5748 * 224 / 255, -0.7152 / 1.5748 * 224 / 255, -0.0722 / 1.5748 * 224 / 255, 128.0],
    ],
    dtype=np.float32,
)


_TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180, 4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE, 6: Image.Transpose.ROTATE_270, 7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}  # fmt: skip
_ON_ITS_SIDE = tuple(_TURNS[number] for number in (5, 6, 7, 8))


@dataclass(frozen=True, slots=True)
class Planes:
    """Y (h, w), U and V (h/2, w/2), uint8, of the part of the picture under `region` (picture pixels)."""

    y: np.ndarray
    u: np.ndarray
    v: np.ndarray
    region: View


def picture_size(path: Path) -> tuple[int, int]:
    """Width and height as the picture is meant to be seen (EXIF turn applied)."""
    with _opened(path) as image:
        return (image.height, image.width) if _turn(image) in _ON_ITS_SIDE else image.size


def load(path: Path) -> Image.Image:
    """The picture as RGB, laid on white where it is transparent."""
    with _opened(path) as opened:
        turn = _turn(opened)
        image: Image.Image = opened if turn is None else opened.transpose(turn)
        if image.mode in ("RGBA", "LA", "PA", "P"):
            rgba = image.convert("RGBA")
            image = Image.alpha_composite(Image.new("RGBA", rgba.size, "white"), rgba)
        return image.convert("RGB")


@contextmanager
def _opened(path: Path) -> Iterator[Image.Image]:
    try:
        with Image.open(path) as image:
            yield image
    except (OSError, UnidentifiedImageError, Image.DecompressionBombError) as error:
        raise BadMaterial(f"{path.name} can't be read as a picture: {error}") from error


def _turn(image: Image.Image) -> Image.Transpose | None:
    """How EXIF says it is to be turned. The format's own `getexif` would decode a whole PNG to look behind its pixels."""
    if image.format == "TIFF":  # turned by Pillow itself
        return None
    return _TURNS.get(Image.Image.getexif(image).get(ExifTags.Base.Orientation, 1))


def region_of(start: View, end: View, picture: tuple[int, int], margin: int = 4) -> View:
    """What a move between two views can see, with a margin for the edges of the filters; whole, even pixels."""
    left, top = (max(int(min(a, b)) - margin, 0) // 2 * 2 for a, b in ((start.x, end.x), (start.y, end.y)))
    right = _even_end(max(start.x + start.w, end.x + end.w) + margin, left, picture[0])
    bottom = _even_end(max(start.y + start.h, end.y + end.h) + margin, top, picture[1])
    return View(float(left), float(top), float(right - left), float(bottom - top))


def _even_end(end: float, start: int, limit: int) -> int:
    """`end` rounded up so that the span from `start` is even, inside the picture."""
    span = math.ceil((end - start) / 2) * 2
    return start + min(span, (limit - start) // 2 * 2)


def working(
    image: Callable[[], Image.Image], size: tuple[int, int], start: View, end: View, frame: tuple[int, int], file: Path
) -> Planes:
    """Planes for a move over a picture of `size`, kept raw at `file` and mapped read-only; made once, then found."""
    region = region_of(start, end, size)
    scale = frame[0] * OVERSAMPLE / min(start.w, end.w)
    width, height = (max(2, round(side * scale / 2) * 2) for side in (region.w, region.h))
    cutoff = 0.5 * frame[0] / (math.sqrt(start.w * end.w) * scale)
    while True:
        try:
            return _mapped(file, width, height, region)
        except FileNotFoundError:  # never made, or tidied away by another worker
            _write(_yuv(image(), region, (width, height), cutoff), file)


def _mapped(file: Path, width: int, height: int, region: View) -> Planes:
    raw = np.memmap(file, np.uint8, "r")
    luma, chroma = width * height, width * height // 4
    y = raw[:luma].reshape(height, width)
    u = raw[luma : luma + chroma].reshape(height // 2, width // 2)
    return Planes(y, u, raw[luma + chroma :].reshape(height // 2, width // 2), region)


def _write(planes: list[np.ndarray], file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    part = file.with_name(f"{file.name}.{os.getpid()}.{threading.get_ident()}.part")
    with part.open("wb") as out:
        for plane in planes:
            plane.tofile(out)
    part.replace(file)
    for old in sorted(file.parent.glob("*.yuv"), key=_written, reverse=True)[KEEP:]:
        old.unlink(missing_ok=True)


def _written(file: Path) -> int:
    """When, in nanoseconds; 0 for what another worker has just tidied away."""
    try:
        return file.stat().st_mtime_ns
    except FileNotFoundError:
        return 0


def _yuv(image: Image.Image, region: View, size: tuple[int, int], cutoff: float) -> list[np.ndarray]:
    """The region at `size`, softened. A large picture turns to YUV before it grows (a third of the work)."""
    box = (int(region.x), int(region.y), int(region.x + region.w), int(region.y + region.h))
    if size[0] > region.w and region.w * OVERSAMPLE > size[0] * 0.75:
        y, u, v = to_yuv(np.asarray(image.crop(box)))
        half = (size[0] // 2, size[1] // 2)
        grown = [
            cv2.resize(plane, to, interpolation=cv2.INTER_LANCZOS4) for plane, to in ((y, size), (u, half), (v, half))
        ]
    else:
        grown = list(to_yuv(np.asarray(image.resize(size, Image.Resampling.LANCZOS, box=box))))
    kernel = low_pass(cutoff)
    return [cv2.sepFilter2D(plane, -1, kernel, kernel, borderType=cv2.BORDER_REPLICATE) for plane in grown]


def to_yuv(rgb: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """(h, w, 3) uint8 RGB with even sides to 4:2:0 BT.709 limited; chroma sits amid its four luma samples."""
    height, width = rgb.shape[:2]
    y = np.empty((height, width), np.uint8)
    u, v = np.empty((height // 2, width // 2), np.uint8), np.empty((height // 2, width // 2), np.uint8)
    for top in range(0, height, _STRIP):
        strip = cv2.transform(rgb[top : top + _STRIP].astype(np.float32), BT709_LIMITED)
        y[top : top + _STRIP] = np.rint(strip[..., 0])
        small = cv2.resize(strip[..., 1:], (width // 2, strip.shape[0] // 2), interpolation=cv2.INTER_AREA)
        rows = slice(top // 2, top // 2 + small.shape[0])
        u[rows], v[rows] = np.rint(small[..., 0]), np.rint(small[..., 1])
    return y, u, v


def low_pass(cutoff: float) -> np.ndarray:
    """A Lanczos-windowed sinc that passes below `cutoff` cycles a sample; sums to one."""
    reach = math.ceil(1.5 / cutoff)
    at = np.arange(-reach, reach + 1)
    taps = np.sinc(2 * cutoff * at) * np.sinc(at / (reach + 1))
    return (taps / taps.sum()).astype(np.float64)
