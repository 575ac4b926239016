"""The landing page shows a loop of the project's own film."""

from __future__ import annotations

import av
from PIL import Image

from pipeline.management.showcase import show
from pipeline.rendering.runner import run


def test_a_loop_without_sound_and_its_poster(tmp_path, settings):
    settings.SHOWN = tmp_path / "shown"
    film, poster = tmp_path / "film.mp4", tmp_path / "poster.jpg"
    Image.new("RGB", (1920, 1080), (120, 160, 140)).save(poster)
    run(
        [
            "-f",
            "lavfi",
            "-i",
            "testsrc=s=320x180:d=14",
            "-f",
            "lavfi",
            "-i",
            "sine=d=14",
            "-preset",
            "ultrafast",
            str(film),
        ]
    )
    show(film, poster, 14.0)
    with av.open(str(settings.SHOWN / "film/demo.mp4")) as loop:
        assert (len(loop.streams.audio), loop.streams.video[0].width) == (0, 960)
        assert 9 < loop.duration / av.time_base < 11
    with Image.open(settings.SHOWN / "film/demo.jpg") as small:
        assert small.size == (960, 540)
