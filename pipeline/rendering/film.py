"""A whole film on this machine: every piece that is not there yet, one worker process a core."""

from __future__ import annotations

import multiprocessing
import os
import time
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from pathlib import Path
from types import TracebackType

from .failures import Stopped
from .pieces import Piece, pieces, render_piece
from .timeline import Timeline

Progress = Callable[[int, int], None]


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
        waiting: dict[Future, Piece] = {
            self.pool.submit(render_piece, piece, files[piece.recipe]): piece for piece in due
        }
        while waiting:
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
