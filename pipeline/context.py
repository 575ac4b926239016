"""Hands a stage what it may use, and looks for its asset before anything is made."""

from __future__ import annotations

import hashlib
import shutil
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files import File
from django.core.files.base import ContentFile
from django.db import connection, transaction
from django.utils import timezone

from pipeline import progress
from pipeline.errors import BadInput, Cancelled, Later, Temporary
from pipeline.models import Status, Step
from pipeline.routing.router import Router
from pipeline.stages.base import Context, Stage, Subject
from pipeline.stages.base import digest_of as digest_of
from projects.models import Asset, Scene

CONTENT = ["kind", "media_type", "meta", "origin", "file", "bytes", "sha256"]
PROGRESS_EVERY = 0.25  # seconds between two announcements of one step


def subject_of(step: Step) -> Subject:
    return Subject(step.subject, step.position)


def work_folder(step: Step) -> Path:
    return Path(settings.WORK_ROOT) / f"step-{step.pk}"


def build(step: Step, stage: Stage, *, stopping: Callable[[], bool]) -> Context:
    """The context of one attempt. Computes the recipe, so upstream assets must stand."""
    work = work_folder(step)
    work.mkdir(parents=True, exist_ok=True)
    ctx = Context(
        run=step.run,
        step=step,
        options=step.run.film_options,
        work=work,
        digest="",
        providers=None,
        save=lambda *a, **k: save(ctx, *a, **k),
        progress=_Meter(step, stopping).tell,
        checkpoint=lambda facts: checkpoint(step, facts),
        later=_later,
        stopping=stopping,
        note=lambda kind, **facts: progress.note(step.run_id, kind, stage=step.stage, position=step.position, **facts),
    )
    facts = stage.recipe(subject_of(step), ctx)
    ctx.digest = chosen(step) or digest_of({"stage": stage.name, "version": stage.version, "of": dict(facts)})
    ctx.providers = Router(step=step, digest=ctx.digest, stopping=stopping)
    return ctx


def stands(step: Step, stage: Stage) -> bool:
    """Whether the step's asset was made before. False where even its recipe cannot be told yet."""
    try:
        digest = build(step, stage, stopping=bool).digest
    except (BadInput, Temporary):
        return False
    asset = Asset.objects.filter(workspace=step.run.workspace_id, recipe=digest).first()
    return asset is not None and asset.exists


def chosen(step: Step) -> str:
    """The recipe of the take that a member chose or locked for this scene, while it stands; else ""."""
    if not step.subject:
        return ""
    row = Scene.objects.filter(pk=step.subject).values("kept", "held").first() or {"kept": {}, "held": {}}
    recipe = row["held"].get(step.stage) or row["kept"].get(step.stage, "")
    asset = Asset.objects.filter(workspace=step.run.workspace_id, recipe=recipe).first() if recipe else None
    return recipe if asset is not None and asset.exists else ""


def obtain(stage: Stage, ctx: Context) -> tuple[Asset, bool]:
    """The stage's asset, and whether it stood already. Two steps of one recipe make it once: the second waits."""
    found = _hold(ctx.step, ctx.digest)
    if found is not None:
        restore = getattr(stage, "restore", None)
        if restore:
            restore(subject_of(ctx.step), ctx, found)
        return found, True
    asset = stage.run(subject_of(ctx.step), ctx)
    ctx.providers.forget()
    shutil.rmtree(ctx.work, ignore_errors=True)
    return asset, False


@transaction.atomic
def _hold(step: Step, digest: str) -> Asset | None:
    """Look for the asset and, if there is none, mark this step as the one that makes it."""
    lock = int(digest[:15], 16)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [lock])
    workspace = step.run.workspace_id
    asset = Asset.objects.filter(workspace=workspace, recipe=digest).first()
    if asset is not None and asset.exists:
        _mark(step, digest)
        return asset
    rivals = Step.objects.filter(
        recipe=digest, run__workspace=workspace, status=Status.RUNNING, lease_until__gt=timezone.now()
    )
    if rivals.exclude(pk=step.pk).exists():
        raise Later(0.5)
    _mark(step, digest)
    return None


def _mark(step: Step, digest: str) -> None:
    held = Step.objects.filter(pk=step.pk, attempt=step.attempt, status=Status.RUNNING)
    if not held.update(recipe=digest):
        raise Cancelled


def save(
    ctx: Context,
    content: bytes | Path,
    *,
    kind: str,
    name: str,
    media_type: str,
    meta: Mapping[str, Any] | None = None,
    origin: Mapping[str, Any] | None = None,
    part: str = "",
    recipe: str = "",
) -> Asset:
    """Store an output: the file first, then its row. `part` names a side output; `recipe` one with its own hash."""
    own = recipe or (ctx.digest if not part else digest_of({"of": ctx.digest, "part": part}))
    asset = Asset(workspace=ctx.run.workspace, recipe=own, kind=kind, media_type=media_type)
    asset.meta, asset.origin = dict(meta or {}), dict(origin or {})
    _store(asset, content, name)
    # One statement: the row may stand already, its file having been lost.
    Asset.objects.bulk_create(
        [asset], update_conflicts=True, unique_fields=["workspace", "recipe"], update_fields=CONTENT
    )
    return asset


def _store(asset: Asset, content: bytes | Path, name: str) -> None:
    """Put the bytes at the asset's own path; what a killed attempt left there is replaced."""
    field = Asset._meta.get_field("file")
    path = field.generate_filename(asset, name)
    storage = field.storage
    if storage.exists(path):
        storage.delete(path)
    if isinstance(content, bytes):
        asset.bytes, asset.sha256 = len(content), hashlib.sha256(content).hexdigest()
        asset.file.name = storage.save(path, ContentFile(content))
        return
    with content.open("rb") as stream:
        asset.sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
        asset.bytes = stream.tell()
        stream.seek(0)
        asset.file.name = storage.save(path, File(stream))


def checkpoint(step: Step, facts: dict[str, Any]) -> None:
    """Commit what a later attempt goes on from (a vendor's job id before it is polled)."""
    rows = Step.objects.filter(pk=step.pk, attempt=step.attempt, status=Status.RUNNING)
    if not rows.update(checkpoint=facts):
        raise Cancelled
    step.checkpoint = facts


def _later(seconds: float) -> None:
    raise Later(seconds)


class _Meter:
    """Progress in real units, told at most four times a second; raises Cancelled when nobody wants it any more.

    `total` 0: nobody knows how many there will be.
    """

    def __init__(self, step: Step, stopping: Callable[[], bool]) -> None:
        self.step, self.stopping, self.last = step, stopping, 0.0

    def tell(self, done: int, total: int) -> None:
        if self.stopping():
            raise Cancelled
        now = time.monotonic()
        if (done < total or not total) and now - self.last < PROGRESS_EVERY:
            return
        self.last = now
        with transaction.atomic():
            Step.objects.filter(pk=self.step.pk, attempt=self.step.attempt).update(done=done, total=total)
            progress.announce(self.step.run_id)
