"""A whole film on this machine: every piece that is not there yet, one worker process a core, then the assembly."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from pathlib import Path

from .failures import Stopped
from .pieces import Piece, pieces, render_piece
from .timeline import Timeline


def render_pieces(
    timeline: Timeline,
    folder: Path,
    *,
    workers: int | None = None,
    progress: Callable[[int, int], None] | None = None,
    stopping: Callable[[], bool] | None = None,
) -> tuple[dict[str, Path], int]:
    """Files by recipe in `folder`, and how many frames had to be rendered. `progress(frames done, frames to do)`."""
    film = pieces(timeline)
    files = {piece.recipe: folder / f"{piece.recipe}.mp4" for piece in film}
    due = list({piece.recipe: piece for piece in film if not files[piece.recipe].exists()}.values())
    total = sum(piece.frames for piece in due)
    if due:
        folder.mkdir(parents=True, exist_ok=True)
        _pool(due, files, workers or os.cpu_count() or 1, lambda done: progress and progress(done, total), stopping)
    return files, total


def _pool(
    due: list[Piece], files: dict[str, Path], workers: int, tell: Callable[[int], object],
    stopping: Callable[[], bool] | None,
) -> None:  # fmt: skip
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["pipeline.rendering.pieces"])
    done = 0
    with ProcessPoolExecutor(min(workers, len(due)), mp_context=context) as pool:
        waiting: dict[Future, Piece] = {pool.submit(render_piece, piece, files[piece.recipe]): piece for piece in due}
        try:
            while waiting:
                finished, _ = wait(waiting, timeout=0.2, return_when=FIRST_COMPLETED)
                for future in finished:
                    future.result()
                    done += waiting.pop(future).frames
                    tell(done)
                if stopping and stopping():
                    raise Stopped("the render was stopped")
        except BaseException:
            for process in list((pool._processes or {}).values()):
                process.kill()
            pool.shutdown(wait=False, cancel_futures=True)
            raise
