"""SVG to pixels, and the paper over everything: fibre, a slight uneven wash, a vignette."""

from __future__ import annotations

import io
from functools import lru_cache

import cv2
import numpy as np
import resvg_py
from PIL import Image


def raster(svg: str, size: tuple[int, int]) -> np.ndarray:
    """RGB pixels of the SVG."""
    png = bytes(resvg_py.svg_to_bytes(svg_string=svg, width=size[0], height=size[1], skip_system_fonts=True))
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB"))


@lru_cache(4)
def _paper(width: int, height: int, seed: int, grain: float) -> np.ndarray:
    """What the paper does to each pixel, in 1/256: about 1 in the middle, darker at the edges."""
    rng = np.random.default_rng(seed)
    short = min(width, height)
    step = max(1, short // 720)
    small = (height // step + 1, width // step + 1)
    noise = rng.standard_normal(small, dtype=np.float32)
    fibre = cv2.GaussianBlur(noise, (0, 0), 2.2, sigmaY=0.7) + cv2.GaussianBlur(noise, (0, 0), 0.8, sigmaY=1.8)
    fibres = cv2.resize(fibre, (width, height), interpolation=cv2.INTER_LINEAR)
    cloud = cv2.resize(rng.standard_normal((7, 11), dtype=np.float32), (width, height), interpolation=cv2.INTER_CUBIC)
    ys, xs = np.mgrid[-1 : 1 : height * 1j, -1 : 1 : width * 1j].astype(np.float32)  # type: ignore[misc]
    edge = np.clip(xs * xs + ys * ys - 0.55, 0, None)
    return 1 + grain * (0.016 * fibres + 0.018 * cloud) - 0.13 * edge


def on_paper(pixels: np.ndarray, seed: int, grain: float = 1.0) -> np.ndarray:
    height, width = pixels.shape[:2]
    paper = (_paper(width, height, seed % 5, grain) * 256).astype(np.uint16)
    return np.minimum(pixels.astype(np.uint32) * paper[..., None] >> 8, 255).astype(np.uint8)


def jpeg(pixels: np.ndarray) -> bytes:
    """JPEG without chroma subsampling, so that ink stays crisp."""
    done, data = cv2.imencode(
        ".jpg", cv2.cvtColor(pixels, cv2.COLOR_RGB2BGR),
        [cv2.IMWRITE_JPEG_QUALITY, 94, cv2.IMWRITE_JPEG_SAMPLING_FACTOR, cv2.IMWRITE_JPEG_SAMPLING_FACTOR_444],
    )  # fmt: skip
    assert done
    return data.tobytes()
