"""How long a picture takes: `make bench-drawing`. The last line is one JSON object; nobody has set a goal for it."""

from __future__ import annotations

import json
import statistics
import time

from pipeline.providers.base import Brief, ImageRequest, Look
from pipeline.providers.local.drawing import LocalIllustrator, styles

CAST = (
    Look("Ilse", "person", "girl", "female", "child", ("red hair", "green dress")),
    Look("the fox", "animal", "fox"),
)
PLACES = ("meadow", "forest", "library", "sea", "market", "hall", "bedroom", "cave")


def main() -> None:
    """Milliseconds a picture (median, worst) for each style and size, first drawing of the process apart."""
    illustrator, figures = LocalIllustrator(), dict[str, float]()
    started = time.perf_counter()
    illustrator.draw(request("ink", 1280, 720, 0))
    print(f"first picture {1000 * (time.perf_counter() - started):.0f} ms")
    for style, *_ in styles():
        for width, height in ((1280, 720), (1920, 1080), (1080, 1920), (3840, 2160)):
            spent = []
            for seed in range(len(PLACES)):
                started = time.perf_counter()
                illustrator.draw(request(style, width, height, seed))
                spent.append(1000 * (time.perf_counter() - started))
            figures[f"{style} {width}x{height}"] = round(statistics.median(spent))
            print(f"{style:7} {width}x{height}: {statistics.median(spent):6.0f} ms, worst {max(spent):6.0f} ms")
    print(json.dumps({"bench": "drawing", "median_ms": figures, "goals": {}, "ok": True}))


def request(style: str, width: int, height: int, seed: int) -> ImageRequest:
    brief = Brief(place=PLACES[seed], who=("Ilse", "the fox"), what=("lantern", "boat"), action="run", mood="wonder")
    return ImageRequest("", brief, CAST, style, width, height, seed)


if __name__ == "__main__":
    main()
