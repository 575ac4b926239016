"""A small cast and a way to ask for a picture."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from pipeline.providers.base import Brief, ImageRequest, Look

CAST = (
    Look("Ilse", "person", "girl", "female", "child", ("red hair", "green dress")),
    Look("Marten", "person", "fisherman", "male", "old", ("white beard", "blue jersey", "cap")),
    Look("the fox", "animal", "fox"),
    Look("White Rabbit", "animal", "rabbit", "male", "", ("waistcoat", "watch")),
)


@pytest.fixture
def ask() -> Callable[..., ImageRequest]:
    def request(seed: int = 0, style: str = "ink", size: tuple[int, int] = (320, 180), **brief: object) -> ImageRequest:
        return ImageRequest("", Brief(**brief), CAST, style, *size, seed)  # type: ignore[arg-type]

    return request
