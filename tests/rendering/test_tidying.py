"""Working planes are tidied by many workers at once."""

from __future__ import annotations

from pathlib import Path

import numpy as np

from pipeline.rendering import planes


def test_planes_that_another_worker_tidied_away_stop_nobody(tmp_path, monkeypatch):
    seen = [tmp_path / f"{n}.yuv" for n in range(planes.KEEP + 3)]
    for file in seen[1:]:
        file.write_bytes(b"0")
    monkeypatch.setattr(Path, "glob", lambda *_: iter([tmp_path / "gone.yuv", *seen]))
    planes._write([np.zeros((2, 2), np.uint8)], seen[0])
    assert seen[0].exists()
    assert sum(file.exists() for file in seen) <= planes.KEEP
