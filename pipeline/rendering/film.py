"""A whole film on this machine: every piece that is not there yet, one worker process a core."""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from itertools import islice, zip_longest
from pathlib import Path
from types import TracebackType

from .failures import Stopped
from .pieces import Piece, pieces, render_piece
from .shots import Shot
from .timeline import Timeline

Progress = Callable[[int, int], None]


def in_turn(due: Sequence[Piece], lanes: int) -> list[Piece]:
    """In film order, but pieces of `lanes` scenes dealt in turn: else each worker would make the same working planes.

    Transitions follow the scenes they join; they are short, so that the last ones leave no worker idle for long.
    """
    shown: dict[object, list[Piece]] = {}
    for piece in due:
        if piece.kind != "transition":
            shown.setdefault((piece.scene, piece.shots), []).append(piece)
    scenes, mixed, out = list(shown.values()), [piece for piece in due if piece.kind == "transition"], []
    last = {piece.recipe: max(_first(scenes, shot) for shot in piece.shots) // lanes for piece in mixed}
    for block, at in enumerate(range(0, len(scenes), lanes)):
        dealt = zip_longest(*scenes[at : at + lanes])
        out += [piece for row in dealt for piece in row if piece is not None]
        out += [piece for piece in mixed if last[piece.recipe] == block]
    return out + [piece for piece in mixed if last[piece.recipe] < 0]


def _first(scenes: list[list[Piece]], shot: Shot) -> int:
    """The number of the group that shows the shot too, -1 when none does."""
    return next((i for i, group in enumerate(scenes) if shot in group[0].shots), -1)


class Workers:
    """Render processes, one a core, kept warm until the block ends; killed when it ends badly."""

    def __init__(self, count: int | None = None) -> None:
        context = multiprocessing.get_context("forkserver")
        context.set_forkserver_preload(["pipeline.rendering.pieces"])
        self.count = count or os.cpu_count() or 1
        self.pool = ProcessPoolExecutor(self.count, mp_context=context)

    def warm(self) -> None:
        """Start every process now."""
        wait([self.pool.submit(time.sleep, 0.05) for _ in range(self.count)])

    def render(
        self,
        due: Sequence[Piece],
        files: dict[str, Path],
        *,
        progress: Progress | None = None,
        stopping: Callable[[], bool] | None = None,
    ) -> None:
        """Each piece into its file. `progress(frames done, frames to do)`; Stopped soon after `stopping()`."""
        total, done = sum(piece.frames for piece in due), 0
        queue, waiting = iter(in_turn(due, self.count)), dict[Future, Piece]()
        while True:
            for piece in islice(queue, 2 * self.count - len(waiting)):  # a few ahead: an hour's film has 1,500 pieces
                waiting[self.pool.submit(render_piece, piece, files[piece.recipe])] = piece
            if not waiting:
                return
            finished, _ = wait(waiting, timeout=0.2, return_when=FIRST_COMPLETED)
            for future in finished:
                future.result()
                done += waiting.pop(future).frames
                if progress:
                    progress(done, total)
            if stopping and stopping():
                raise Stopped("the render was stopped")

    def __enter__(self) -> Workers:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error is not None:
            for process in list((self.pool._processes or {}).values()):
                process.kill()
        self.pool.shutdown(wait=error is None, cancel_futures=True)


def render_pieces(
    timeline: Timeline,
    folder: Path,
    *,
    workers: Workers | None = None,
    progress: Progress | None = None,
    stopping: Callable[[], bool] | None = None,
) -> tuple[dict[str, Path], int]:
    """Files by recipe in `folder`, and how many frames had to be rendered. Without `workers`, own ones are started."""
    film = pieces(timeline)
    files = {piece.recipe: folder / f"{piece.recipe}.mp4" for piece in film}
    due = list({piece.recipe: piece for piece in film if not files[piece.recipe].exists()}.values())
    folder.mkdir(parents=True, exist_ok=True)
    if due and workers:
        workers.render(due, files, progress=progress, stopping=stopping)
    elif due:
        with Workers() as own:
            own.render(due, files, progress=progress, stopping=stopping)
    return files, sum(piece.frames for piece in due)
