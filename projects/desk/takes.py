"""Pictures, voices and clips of a scene: another take, an old one again, one's own; and the lock."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.translation import gettext as _

from accounts.models import User
from projects.desk.edit import edit
from projects.errors import BadInput
from projects.models import Asset, Scene, Take

PICTURE, VOICE, CLIP = "image_generation", "audio_generation", "video_generation"
STAGES = (PICTURE, VOICE, CLIP)


def remember(scene: Scene, assets: Mapping[str, Asset], *, by: User | None = None) -> None:
    """Keep what a scene has now among its takes."""
    rows = [Take(script_id=scene.script_id, scene=scene.pk, stage=stage, asset=a, by=by) for stage, a in assets.items()]
    Take.objects.bulk_create(rows, ignore_conflicts=True)


def _known(stage: str) -> str:
    if stage not in STAGES:
        raise BadInput("take.stage", _("Choose a picture, a voice or a clip."))
    return stage


def redo(scene: Scene, stage: str, *, by: User | None) -> Scene:
    """Ask for another take."""
    with edit(scene.script_id, "redo", by=by) as made:
        row = made.get(scene.pk)
        row.kept.pop(_known(stage), None)
        row.own.pop(stage, None)
        row.takes[stage] = int(row.takes.get(stage, 0)) + 1
        return row


def choose(scene: Scene, take: Take, *, by: User | None) -> Scene:
    """Go back to a take that the scene had."""
    if take.scene != scene.pk:
        raise BadInput("take.other", _("This take belongs to another scene."))
    with edit(scene.script_id, "take", by=by) as made:
        row = made.get(scene.pk)
        row.own.pop(take.stage, None)
        if take.stage == CLIP:
            row.own[CLIP] = take.asset_id
        else:
            row.kept[take.stage] = take.asset.recipe
        return row


def drop(scene: Scene, stage: str, *, by: User | None) -> Scene:
    """Neither a chosen take nor an own one: what the words and the brief ask for."""
    with edit(scene.script_id, "take", by=by) as made:
        row = made.get(scene.pk)
        row.kept.pop(_known(stage), None)
        row.own.pop(stage, None)
        return row


def bring(scene: Scene, stage: str, asset: Asset, *, by: User | None) -> Scene:
    """Use a picture, clip or recording of the member's own."""
    with edit(scene.script_id, "own", by=by) as made:
        row = made.get(scene.pk)
        row.kept.pop(_known(stage), None)
        row.own[stage] = asset.pk
    if stage == CLIP:
        remember(scene, {CLIP: asset}, by=by)
    return row


def lips(scene: Scene, choice: str, *, by: User | None) -> Scene:
    """Whether they move with the voice: "on", "off", or "" as the script says."""
    if choice not in ("", "on", "off"):
        raise BadInput("take.lips", _("Choose whether the lips move."))
    with edit(scene.script_id, "lips", by=by) as made:
        row = made.get(scene.pk)
        row.lips = choice
        return row


def lock(scene: Scene, held: Mapping[str, str], *, by: User | None) -> Scene:
    """Nothing changes this scene any more: `held` are the recipes of what stands, by stage."""
    with edit(scene.script_id, "lock", by=by) as made:
        row = made.get(scene.pk, even_locked=True)
        row.locked, row.held = True, dict(held)
        return row


def unlock(scene: Scene, *, by: User | None) -> Scene:
    with edit(scene.script_id, "lock", by=by) as made:
        row = made.get(scene.pk, even_locked=True)
        row.locked, row.held = False, {}
        return row
