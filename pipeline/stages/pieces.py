"""Renders the pieces that do not stand yet, each an asset under its own recipe."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from django.conf import settings

from pipeline.errors import BadInput, Cancelled, Temporary
from pipeline.rendering.failures import BadMaterial, RenderError, Stopped
from pipeline.rendering.pieces import Piece, render_piece
from pipeline.stages import cut
from pipeline.stages.base import Context


def obtain(ctx: Context, wanted: Sequence[Piece]) -> dict[str, Path]:
    """{recipe: file} of all `wanted`; what is missing is rendered now. Progress counts frames."""
    files = cut.piece_files(ctx, [piece.recipe for piece in wanted])
    due = list({p.recipe: p for p in wanted if p.recipe not in files}.values())
    total, before = sum(piece.frames for piece in due), 0
    for piece in due:
        files[piece.recipe] = _render(ctx, piece, before, total)
        before += piece.frames
    return files


def _render(ctx: Context, piece: Piece, before: int, total: int) -> Path:
    out = ctx.work / cut.piece_name(piece.recipe)
    planes = Path(settings.WORK_ROOT) / "planes" / f"run-{ctx.run.pk}"
    planes.mkdir(parents=True, exist_ok=True)
    try:
        render_piece(
            piece,
            out,
            progress=lambda done: ctx.progress(before + done, total),
            stopping=ctx.stopping,
            planes=planes,
        )
    except Stopped as stopped:
        raise Cancelled from stopped
    except BadMaterial as bad:
        raise BadInput("picture.unreadable", str(bad)) from bad
    except RenderError as fault:
        raise Temporary(str(fault)) from fault
    asset = ctx.save(
        out,
        kind="piece",
        name=cut.piece_name(piece.recipe),
        media_type="video/mp4",
        recipe=piece.recipe,
        meta={"frames": piece.frames, "kind": piece.kind, "scene": piece.scene},
    )
    ctx.facts["rendered"] = ctx.facts.get("rendered", 0) + 1
    return cut.local_path(asset)
