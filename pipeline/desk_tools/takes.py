"""What a scene has had and could have again, stage by stage; another take; the lock."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import dataclass, field

from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext as _

from accounts.models import User
from pipeline.desk import stale
from pipeline.desk_tools import brought, limits, preview
from pipeline.errors import BadInput, Refused
from pipeline.models import Run
from projects.desk import takes
from projects.desk.takes import CLIP, PICTURE, STAGES, VOICE
from projects.models import Asset, Scene, Take


@dataclass(slots=True)
class Part:
    """One stage of a scene: what it shows or says `now`, and all it had. `chosen`: not what words and brief ask for."""

    stage: str
    name: str
    now: Asset | None
    had: list[Asset] = field(default_factory=list)
    chosen: bool = False
    own: bool = False

    @property
    def kind(self) -> str:
        return {PICTURE: "picture", VOICE: "voice", CLIP: "clip"}[self.stage]

    @property
    def accept(self) -> str:
        return limits.ACCEPT[limits.KINDS[self.stage]]


def parts(run: Run, scene: Scene) -> list[Part]:
    """Picture, voice and clip, in the same queries however many takes there are."""
    known: dict[str, list[Asset]] = {}
    for take in Take.objects.filter(scene=scene.pk).select_related("asset").order_by("pk"):
        known.setdefault(take.stage, []).append(take.asset)
    names = {PICTURE: _("Picture"), VOICE: _("Voice"), CLIP: _("Clip")}
    found = []
    for stage in STAGES:
        now = current(run, scene, stage)
        had = known.get(stage, [])
        if now is not None and now.pk not in {a.pk for a in had}:
            had = [*had, now]
        shown = [a for a in had if a.exists]
        fixed = stage in scene.kept or stage in scene.own
        found.append(Part(stage, names[stage], now, shown, fixed, stage in scene.own))
    return found


def current(run: Run, scene: Scene, stage: str) -> Asset | None:
    """What the scene has now: of a clip only one's own, for the rest is moved pictures."""
    if stage == CLIP:
        key = scene.own.get(CLIP)
        return Asset.objects.filter(workspace=run.workspace_id, pk=key).first() if key else None
    return preview.standing(run, scene, stage)


def remember(run: Run, scene: Scene, by: User | None) -> None:
    """What the scene has now stays among its takes."""
    now = {stage: current(run, scene, stage) for stage in STAGES}
    takes.remember(scene, {stage: asset for stage, asset in now.items() if asset}, by=by)


def redo(run: Run, scene: Scene, stage: str, *, by: User | None) -> str:
    """Another take, made at once where that goes; what to tell."""
    remember(run, scene, by)
    takes.redo(scene, stage, by=by)
    stale.refresh(run, [scene.pk])
    if stage == CLIP:
        return _("The camera moves another way with the next update.")
    row = Scene.objects.select_related("chapter", "script").get(pk=scene.pk)
    try:
        made = preview.make(run, row, stage)
    except BadInput as later:
        return _("Another take comes with the next update. %(why)s") % {"why": later.message}
    takes.remember(row, {stage: made}, by=by)
    return _("Drawn again. The take before is kept.") if stage == PICTURE else _("Read again. The take before is kept.")


def bring(run: Run, scene: Scene, stage: str, upload: UploadedFile | None, *, by: User | None) -> str:
    """Use the member's own; a recording's words are found at once where that goes. What to tell."""
    remember(run, scene, by)
    brought.bring(run, scene, stage, upload, by=by)
    if stage == CLIP:
        return _("Your clip is in the film with the next update.")
    row = Scene.objects.select_related("chapter", "script").get(pk=scene.pk)
    with suppress(BadInput):
        takes.remember(row, {stage: preview.make(run, row, stage)}, by=by)
    told = {PICTURE: _("Your picture is used from now on."), VOICE: _("Your recording is used from now on.")}
    return told[stage]


def choose(run: Run, scene: Scene, stage: str, asset: int, *, by: User | None) -> None:
    """Go back to a take."""
    remember(run, scene, by)
    take = Take.objects.select_related("asset").filter(scene=scene.pk, stage=stage, asset=asset).first()
    if take is None or not take.asset.exists:
        raise BadInput("take.gone", _("This take is no longer there. Choose another."))
    takes.choose(scene, take, by=by)
    stale.refresh(run, [scene.pk])


def drop(run: Run, scene: Scene, stage: str, *, by: User | None) -> None:
    """Back to what the words and the brief ask for."""
    remember(run, scene, by)
    takes.drop(scene, stage, by=by)
    stale.refresh(run, [scene.pk])


def lock(run: Run, scene: Scene, *, by: User | None) -> None:
    """Nothing changes it: its words are refused, and what stands of it stays whatever is changed elsewhere."""
    if scene.locked:
        raise Refused("scene.locked", _("This scene is locked already."))
    found = {name: preview.stands(run, scene, name) for name in stale.MADE}
    takes.lock(scene, {name: recipe for name, (recipe, asset) in found.items() if asset and recipe}, by=by)
    stale.refresh(run, [scene.pk])


def unlock(run: Run, scene: Scene, *, by: User | None) -> None:
    takes.unlock(scene, by=by)
    stale.refresh(run, [scene.pk])
