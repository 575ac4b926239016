"""The landing page's film: a short muted loop and a poster, cut from the bundled tale's own film."""

from __future__ import annotations

from pathlib import Path

from django.conf import settings
from PIL import Image

from pipeline.rendering.runner import to_file

FROM, LENGTH = 0.25, 10.0  # of the film's length; seconds
POSTER = (960, 960)  # pixels, at most
LOOK = ["-an", "-vf", "scale=960:-2", "-c:v", "libx264", "-crf", "27", "-preset", "slow", "-movflags", "+faststart"]


def show(film: Path, poster: Path, seconds: float) -> None:
    """Write film/demo.mp4 and film/demo.jpg among what the site shows of itself. FfmpegFailed for a bad film."""
    folder = Path(settings.SHOWN) / "film"
    folder.mkdir(parents=True, exist_ok=True)
    start = ["-ss", f"{seconds * FROM:.3f}", "-t", str(LENGTH)]
    to_file([*start, "-i", str(film), *LOOK], folder / "demo.mp4", seconds=LENGTH)
    with Image.open(poster) as picture:
        picture.thumbnail(POSTER)
        picture.convert("RGB").save(folder / "demo.jpg", quality=78, optimize=True, progressive=True)
