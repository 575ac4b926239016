"""A member's own picture, recording or clip for a scene: checked, written anew, stored as an asset, then used."""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from accounts.models import User
from billing.entitlements import limit
from pipeline import context
from pipeline.desk import stale
from pipeline.desk_tools import bounded, limits
from pipeline.errors import BadInput, Refused
from pipeline.models import Run
from projects.desk import takes
from projects.models import Asset, Scene

SUFFIX = {"image/png": "png", "image/jpeg": "jpg", "audio/wav": "wav", "video/mp4": "mp4"}


def bring(run: Run, scene: Scene, stage: str, upload: UploadedFile | None, *, by: User | None) -> Asset:
    """Use the upload in the place of what would be made. BadInput or Refused say what to do."""
    kind = limits.KINDS.get(stage)
    if kind is None:
        raise BadInput("take.stage", _("Choose a picture, a voice or a clip."))
    if upload is None:
        raise BadInput("upload.none", _("Choose a file first."))
    _small_enough(run, upload)
    if scene.locked:
        raise Refused("scene.locked", _("This scene is locked. Unlock it first, then change it."))
    home = Path(settings.WORK_ROOT) / "brought"
    home.mkdir(parents=True, exist_ok=True)
    work = Path(tempfile.mkdtemp(dir=home))
    try:
        asset = _kept(run, kind, upload, work)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    takes.bring(scene, stage, asset, by=by)
    stale.refresh(run, [scene.pk])
    return asset


def _small_enough(run: Run, upload: UploadedFile) -> None:
    allowed = int(limit(run.workspace, "upload_mb"))
    if (upload.size or 0) > allowed * 2**20:
        raise Refused(
            "upload.size",
            _("This file has %(size)s MB; your plan takes files up to %(allowed)s MB. A larger plan takes more.")
            % {"size": round((upload.size or 0) / 2**20), "allowed": allowed},
        )


def _kept(run: Run, kind: str, upload: UploadedFile, work: Path) -> Asset:
    given, clean = work / "given", work / "clean"
    with given.open("wb") as copy:
        for piece in upload.chunks():
            copy.write(piece)
    facts: dict[str, Any] = bounded.clean(kind, given, clean)
    media_type = str(facts.pop("type"))
    if media_type not in SUFFIX:
        raise BadInput(f"brought.{kind}", bounded.asked(kind))
    ctx = stale.probe(run, [])
    return context.save(
        ctx,
        clean,
        kind=f"own {kind}",
        name=f"own.{SUFFIX[media_type]}",
        media_type=media_type,
        recipe=context.digest_of({"brought": _sha256(clean), "kind": kind}),
        meta=facts,
        origin={"provider": "member", "model": f"own {kind}", "licence": "as stated by the member"},
    )


def _sha256(path: Path) -> str:
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()
