"""One change of a script under its lock: what it touched is remembered before and after."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.db.models import F, Max
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User
from projects.desk import coverage
from projects.errors import BadInput, Refused
from projects.models import Change, Scene, Script

FIELDS = (
    "title", "chapter_id", "start", "end", "segments", "brief", "cast", "opens", "locked", "takes", "kept", "held",
    "own", "seed", "lips",
)  # fmt: skip
ONE_BREATH = timedelta(minutes=2)  # words that one member writes on in one scene are one change
RENUMBER = """
UPDATE projects_scene AS s SET number = t.n FROM unnest(%s::bigint[]) WITH ORDINALITY AS t(k, n)
WHERE s.id = t.k AND s.number <> t.n
"""


def state(scene: Scene) -> dict[str, Any]:
    """Everything of a scene that a member can change, as JSON."""
    return {"key": scene.pk} | {name: getattr(scene, name) for name in FIELDS}


class Edit:
    """What is touched while the script is held. `order` holds the keys of all scenes, in order."""

    def __init__(self, script: Script, kind: str, by: User | None) -> None:
        self.script, self.kind, self.by = script, kind, by
        self.scene = 0
        self.before: dict[int, dict[str, Any]] = {}
        self.touched: dict[int, Scene] = {}
        self.removed: set[int] = set()
        self._order: list[int] | None = None
        self._order_before: list[int] = []

    # -- reading
    def get(self, key: int, *, even_locked: bool = False) -> Scene:
        """A scene to be changed. Refused when it is locked, BadInput when somebody deleted it."""
        if key in self.touched:
            return self.touched[key]
        scene = Scene.objects.select_related("chapter", "script").filter(script=self.script, pk=key).first()
        if scene is None or key in self.removed:
            raise BadInput("scene.gone", _("This scene is no longer in the script. The history has it."))
        if scene.locked and not even_locked:
            raise Refused("scene.locked", _("This scene is locked. Unlock it first, then change it."))
        self.before[key] = _copy(state(scene))
        self.touched[key] = scene
        self.scene = self.scene or key
        return scene

    @property
    def order(self) -> list[int]:
        if self._order is None:
            rows = Scene.objects.filter(script=self.script).order_by("number")
            self._order = list(rows.values_list("pk", flat=True))
            self._order_before = list(self._order)
        return self._order

    # -- writing
    def add(self, *, after: int | None, **fields: Any) -> Scene:
        """A new scene after the one of key `after` (None: first)."""
        self.seed()
        place = self.order.index(after) + 1 if after else 0
        top = Scene.objects.filter(script=self.script).aggregate(n=Max("number"), s=Max("seed"))
        made = Scene(script=self.script, number=(top["n"] or 0) + 1, **fields)
        made.seed = made.seed or max(top["s"] or 0, top["n"] or 0) + 1
        made.save()
        self.touched[made.pk] = made
        self.order.insert(place, made.pk)
        return made

    def bring(self, wanted: dict[str, Any]) -> Scene:
        """Write a state over its scene, or make the scene anew under its old key."""
        key = wanted["key"]
        known = Scene.objects.filter(script=self.script, pk=key).first()
        scene = known or Scene(pk=key, script=self.script)
        if known:
            self.before.setdefault(key, _copy(state(known)))
        for name in FIELDS:
            if name in wanted and (name != "seed" or wanted[name]):
                setattr(scene, name, wanted[name])
        if known is None:
            top = Scene.objects.filter(script=self.script).aggregate(n=Max("number"))["n"] or 0
            scene.number = top + 1
            scene.save(force_insert=True)
            if key not in self.order:
                self.order.append(key)
        self.removed.discard(key)
        self.touched[key] = scene
        return scene

    def remove(self, key: int) -> None:
        scene = self.get(key)
        self.order.remove(key)
        self.removed.add(key)
        scene.delete()
        scene.pk = key

    def seed(self) -> None:
        """Give every picture a seed of its own, so that it stays when its scene moves."""
        Scene.objects.filter(script=self.script, seed=0).update(seed=F("number"))
        for scene in self.touched.values():
            scene.seed = scene.seed or scene.number

    # -- closing
    def close(self) -> None:
        if self._order is not None and self._order != self._order_before:
            self._open_chapters()
        after = []
        for key, scene in self.touched.items():
            if key in self.removed:
                continue
            now = _copy(state(scene))
            if now == self.before.get(key):
                continue
            if now["segments"] != self.before.get(key, {}).get("segments"):
                scene.revision += 1
            scene.changed = timezone.now()
            scene.save()
            after.append(now)
        changed = {s["key"] for s in after} | self.removed
        before = [s for key, s in self.before.items() if key in changed]
        moved = self._order is not None and self._order != self._order_before
        if moved:
            with connection.cursor() as cursor:
                cursor.execute(RENUMBER, [self._order])
        if changed or moved:
            self._record(before, after, moved)

    def _open_chapters(self) -> None:
        """The title of a chapter opens with the first of its scenes, wherever that stands now."""
        rows = {s.pk: s for s in Scene.objects.filter(script=self.script).only("pk", "chapter_id", "opens")}
        for key, scene in self.touched.items():
            if key not in self.removed:
                rows[key] = scene
        titles = {s["chapter_id"]: s["opens"] for s in self.before.values() if s["opens"]}
        titles |= {s.chapter_id: s.opens for s in rows.values() if s.opens}
        for key in self.order:
            wanted = titles.pop(rows[key].chapter_id, "")
            if rows[key].opens != wanted:
                self.get(key, even_locked=True).opens = wanted

    def _record(self, before: list[dict[str, Any]], after: list[dict[str, Any]], moved: bool) -> None:
        script = self.script
        last = Change.objects.filter(script=script).first()
        script.coverage = coverage.shifted(script, before, after)
        script.revision += 1
        script.save(update_fields=["revision", "coverage"])
        if last and self._goes_on(last):
            last.after, last.revision, last.at = after, script.revision, timezone.now()
            last.save(update_fields=["after", "revision", "at"])
            return
        Change.objects.create(
            script=script,
            revision=script.revision,
            kind=self.kind,
            scene=self.scene,
            before=before,
            after=after,
            order_before=self._order_before if moved else [],
            order_after=self._order if moved else [],
            by=self.by,
        )

    def note(self, kind: str, scene: int) -> None:
        """Tell every desk of something that changed no scene."""
        self.script.revision += 1
        self.script.save(update_fields=["revision"])
        Change.objects.create(script=self.script, revision=self.script.revision, kind=kind, scene=scene, by=self.by)

    def _goes_on(self, last: Change) -> bool:
        """Whether this is the next breath of the same writing."""
        return (
            self.kind == last.kind == "words"
            and (last.scene, last.by_id) == (self.scene, self.by.pk if self.by else None)
            and not last.undone
            and last.revision == self.script.revision - 1
            and timezone.now() - last.at < ONE_BREATH
        )


@contextmanager
def edit(script_id: int, kind: str, *, by: User | None) -> Iterator[Edit]:
    """Hold the script, let the block change scenes, record what came of it."""
    with transaction.atomic():
        script = Script.objects.select_for_update().get(pk=script_id)
        made = Edit(script, kind, by)
        yield made
        made.close()


def _copy(value: Any) -> Any:
    """A deep copy of plain JSON."""
    if isinstance(value, dict):
        return {key: _copy(v) for key, v in value.items()}
    return [_copy(v) for v in value] if isinstance(value, list) else value
