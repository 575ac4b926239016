"""The script as it was: undo, bring back, restore."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from accounts.models import User
from projects.desk.edit import Edit, edit, state
from projects.errors import BadInput, Refused
from projects.models import Change, Scene, Script

SILENT = ("undo", "clashed", "settled")  # nothing of them can be taken back
NOT_COMPARED = ("seed", "locked", "held")


@dataclass(slots=True)
class Version:
    """Every scene's state at a revision, and their order."""

    scenes: dict[int, dict[str, Any]] = field(default_factory=dict)
    order: list[int] = field(default_factory=list)

    def listed(self) -> list[dict[str, Any]]:
        return [self.scenes[key] for key in self.order if key in self.scenes]


def at(script: Script, revision: int) -> Version:
    """The script after its change of that number; 0 as it was first written."""
    rows = Scene.objects.filter(script=script).order_by("number")
    scenes = {scene.pk: state(scene) for scene in rows}
    found = Version(scenes, list(scenes))
    for change in Change.objects.filter(script=script, revision__gt=revision).order_by("-revision"):
        for later in change.after:
            found.scenes.pop(later["key"], None)
        for earlier in change.before:
            found.scenes[earlier["key"]] = earlier
        if change.order_before:
            found.order = list(change.order_before)
    return found


def latest(script: Script) -> Change | None:
    """What undo would take back: the newest change that stands."""
    return Change.objects.filter(script=script, undone=False).exclude(kind__in=SILENT).first()


def undo(script: Script, *, by: User | None, change: Change | None = None) -> Change:
    """Take back the newest change, or a deletion of any age. BadInput when there is none."""
    aim = change or latest(script)
    if aim is None or aim.undone:
        raise BadInput("undo.none", _("There is nothing to take back."))
    if change is not None and change.kind != "delete" and change != latest(script):
        raise BadInput("undo.late", _("Other changes came after this one. Restore an earlier version instead."))
    with edit(script.pk, "undo", by=by) as made:
        _open(script, aim)
        made.scene = aim.scene
        _back(made, aim)
        Change.objects.filter(pk=aim.pk).update(undone=True)
    return aim


def _open(script: Script, aim: Change) -> None:
    """Refused when a scene that would change is locked; locking itself can be taken back."""
    keys = [s["key"] for s in (*aim.before, *aim.after)]
    if aim.kind != "lock" and Scene.objects.filter(script=script, pk__in=keys, locked=True).exists():
        raise Refused("scene.locked", _("This scene is locked. Unlock it first, then change it."))


def _back(made: Edit, aim: Change) -> None:
    kept = {s["key"] for s in aim.before}
    held = list(made.order)
    for later in aim.after:
        if later["key"] not in kept:
            made.remove(later["key"])
    for earlier in aim.before:
        made.bring(earlier)
    if aim.order_before:
        made.order[:] = reconciled(aim.order_before, set(made.order), held)


def reconciled(wanted: list[int], present: set[int], now: list[int]) -> list[int]:
    """The wanted order of what is present; what it does not know stays after its present neighbour."""
    order = [key for key in wanted if key in present]
    for place, key in enumerate(now):
        if key in present and key not in order:
            before = next((k for k in reversed(now[:place]) if k in order), None)
            order.insert(order.index(before) + 1 if before else 0, key)
    return order


def restore(script: Script, revision: int, *, by: User | None) -> int:
    """Make the script as it was at `revision`; locked scenes stay. How many scenes changed."""
    with edit(script.pk, "restore", by=by) as made:
        aim = at(script, revision)
        rows = {s.pk: s for s in Scene.objects.filter(script=script)}
        locked = {key for key, scene in rows.items() if scene.locked}
        now = list(made.order)
        for key in now:
            if key not in aim.scenes and key not in locked:
                made.remove(key)
        for key in aim.order:
            wanted = aim.scenes.get(key)
            if wanted and key not in locked and _differs(rows.get(key), wanted):
                made.bring({**wanted, "locked": False, "held": {}})
        made.order[:] = reconciled(aim.order, set(made.order), now)
    return len(made.before)


def _differs(scene: Scene | None, wanted: dict[str, Any]) -> bool:
    if scene is None:
        return True
    now = state(scene)
    return any(now[name] != wanted[name] for name in now if name not in NOT_COMPARED)
