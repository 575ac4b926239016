"""The history in words: what was done to a script, and what others did meanwhile."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.models import User
from projects.models import Change


def told(change: Change, number: int = 0) -> str:
    """One line: what was done to which scene, by its place now (0: it is gone)."""
    n = {"n": number or "?"}
    said = {
        "words": lambda: _("Words of scene %(n)s") % n,
        "clash": lambda: _("The other words for scene %(n)s chosen") % n,
        "clashed": lambda: _("Scene %(n)s was written by two at once; both versions are kept") % n,
        "settled": lambda: _("The words of scene %(n)s stay") % n,
        "merge": lambda: _("Scene %(n)s merged with the next") % n,
        "split": lambda: _("Scene %(n)s split in two") % n,
        "move": lambda: _("Scene moved to place %(n)s") % n,
        "add": lambda: _("Scene %(n)s added") % n,
        "delete": lambda: _("Scene deleted"),
        "brief": lambda: _("Picture of scene %(n)s described anew") % n,
        "redo": lambda: _("Another take for scene %(n)s") % n,
        "take": lambda: _("Another take chosen for scene %(n)s") % n,
        "own": lambda: _("Own material for scene %(n)s") % n,
        "lips": lambda: _("Lips of scene %(n)s chosen anew") % n,
        "lock": lambda: _("Lock of scene %(n)s changed") % n,
        "speaker": lambda: _("Another speaker in scene %(n)s") % n,
        "people": lambda: (
            ngettext("Characters set right in %(c)s scene", "Characters set right in %(c)s scenes", len(change.after))
            % {"c": len(change.after)}
        ),
        "undo": lambda: _("Taken back"),
        "restore": lambda: _("An earlier version restored"),
    }.get(change.kind)
    return said() if said else change.kind


def news(changes: Sequence[Change], numbers: Mapping[int, int], user: User) -> str:
    """What others did, for who listens: the newest three."""
    lines = []
    for change in changes:
        if change.by_id == user.pk and change.kind != "clashed":
            continue
        who = change.by.called if change.by else _("Somebody")
        lines.append(f"{who}: {told(change, numbers.get(change.scene, 0))}.")
    return " ".join(lines[-3:])
