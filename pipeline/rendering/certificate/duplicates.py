"""Scenes that look the same though they tell different things."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

import cv2
import numpy as np

from ..timeline import Timeline
from .gate import Gate, count
from .watch import STEP, Silent

ALIKE = 0.985  # correlation of two pictures from which they count as one
PLAIN = 4.0  # spread of brightness (of 255) under which a picture is too plain to compare
SIZE = (32, 18)


@dataclass(slots=True)
class Duplicates(Silent):
    """Keeps one small picture a scene, from its middle; captions at the foot are left out."""

    timeline: Timeline
    wanted: dict[int, int] = field(init=False)
    seen: dict[int, np.ndarray] = field(default_factory=dict)

    def __post_init__(self) -> None:
        middles = ((place.start + place.frames // 2, place.number) for place in self.timeline.scenes)
        self.wanted = {frame // STEP * STEP: number for frame, number in middles}

    def see(self, frame: int, picture: np.ndarray) -> None:
        number = self.wanted.get(frame)
        if number is not None:
            upper = picture[: max(1, picture.shape[0] * 7 // 10)]
            self.seen[number] = cv2.resize(upper, SIZE, interpolation=cv2.INTER_AREA).astype(np.float64).reshape(-1)

    def gates(self, repeats: Collection[str] = ()) -> list[Gate]:
        """`repeats`: hashes of pictures that the maker wanted to see more than once."""
        pairs = sorted(self._same_file(repeats) | self._same_look(repeats))
        said = "every scene has a picture of its own"
        if pairs:
            named = ", ".join(f"{a} and {b}" for a, b in pairs[:5])
            said = f"{count(len(pairs), 'pair')} of scenes with the same picture: {named}" + (
                ", …" if len(pairs) > 5 else ""
            )
        return [Gate("duplicates", "no two scenes look the same", len(pairs), not pairs, said, {"pairs": pairs[:50]})]

    def _same_file(self, repeats: Collection[str]) -> set[tuple[int, int]]:
        first: dict[str, int] = {}
        pairs = set()
        for place in self.timeline.scenes:
            key = place.part.clip_hash or place.part.picture_hash
            if key and key in first and key not in repeats:
                pairs.add((first[key], place.number))
            first.setdefault(key, place.number)
        return pairs

    def _same_look(self, repeats: Collection[str]) -> set[tuple[int, int]]:
        hashes = {place.number: place.part.clip_hash or place.part.picture_hash for place in self.timeline.scenes}
        numbers = [n for n, picture in self.seen.items() if picture.std() >= PLAIN and hashes[n] not in repeats]
        if len(numbers) < 2:
            return set()
        rows = np.array([self.seen[number] for number in numbers])
        rows = rows - rows.mean(axis=1, keepdims=True)
        rows /= np.linalg.norm(rows, axis=1, keepdims=True)
        alike = np.argwhere(np.triu(rows @ rows.T, 1) >= ALIKE)
        return {(numbers[a], numbers[b]) for a, b in alike}
