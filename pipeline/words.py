"""What happens in a run, in plain words: stages, steps and events as the pages say them."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from pipeline.models import Event, Status


class Words(NamedTuple):
    """`label` under its station; `now` while it works; `scene` while it works on one; `done` when one is done."""

    label: Any
    now: Any
    scene: Any = ""
    done: Any = ""


STAGES: dict[str, Words] = {
    "script_generation": Words(
        gettext_lazy("Script"), gettext_lazy("Writing the script"), done=gettext_lazy("The script is written")
    ),
    "scene_breakdown": Words(
        gettext_lazy("Scenes"), gettext_lazy("Parting it into scenes"), done=gettext_lazy("The scenes are parted")
    ),
    "image_generation": Words(
        gettext_lazy("Pictures"),
        gettext_lazy("Drawing"),
        gettext_lazy("Drawing scene %(n)s of %(all)s"),
        gettext_lazy("Scene %(n)s is drawn"),
    ),
    "audio_generation": Words(
        gettext_lazy("Voice"),
        gettext_lazy("Reading aloud"),
        gettext_lazy("Reading scene %(n)s of %(all)s aloud"),
        gettext_lazy("Scene %(n)s is read aloud"),
    ),
    "video_generation": Words(
        gettext_lazy("Clips"),
        gettext_lazy("Filming"),
        gettext_lazy("Filming scene %(n)s of %(all)s"),
        gettext_lazy("Scene %(n)s is complete"),
    ),
    "lip_sync": Words(
        gettext_lazy("Lips"),
        gettext_lazy("Moving lips"),
        gettext_lazy("Moving lips in scene %(n)s of %(all)s"),
        gettext_lazy("The lips move"),
    ),
    "post_processing": Words(
        gettext_lazy("Film"), gettext_lazy("Putting the film together"), done=gettext_lazy("The film is put together")
    ),
    "quality_check": Words(
        gettext_lazy("Check"),
        gettext_lazy("Watching and listening to the film"),
        done=gettext_lazy("The film is checked"),
    ),
}


PARTS = {"music": gettext_lazy("Music"), "sound": gettext_lazy("The sound of places")}  # of the film's own stage


def of(stage: str) -> Words:
    """The words of a stage; of one that has none yet, its own name."""
    plain = stage.replace("_", " ").capitalize()
    return STAGES.get(stage) or Words(plain, plain)


def now(stage: str, position: int, scenes: int, written: int = 0) -> str:
    """ "Drawing scene 4 of 12". `written`: words of a text that a model is writing."""
    words = of(stage)
    if written:
        so_far = ngettext("%(doing)s, %(n)s word so far", "%(doing)s, %(n)s words so far", written)
        return so_far % {"doing": words.now, "n": written}
    if position and words.scene:
        return str(words.scene) % {"n": position, "all": scenes}
    return str(words.now)


def finished(stage: str, position: int, *, reused: bool) -> str:
    """ "Scene 4 is drawn", or that it was there already."""
    if reused and position:
        return _("Scene %(n)s: %(stage)s as before") % {"n": position, "stage": of(stage).label}
    said = str(of(stage).done or of(stage).now)
    return said % {"n": position} if "%(n)s" in said else said


def event(row: Event) -> str:
    """One line of the log; "" for what is not worth telling."""
    facts = row.facts
    label = of(row.stage).label if row.stage else ""
    said = {
        "run_started": lambda: _("The film has begun"),
        "run_succeeded": lambda: _("The film is ready"),
        "run_failed": lambda: _("The work stopped: %(why)s") % {"why": facts.get("error", "")},
        "run_cancelled": lambda: _("The film was cancelled"),
        "skipped": lambda: _("%(stage)s left out: %(why)s") % {"stage": label, "why": _why(facts.get("reason", ""))},
        "script_ready": lambda: _script(facts),
        "scenes_ready": lambda: _("%(n)s scenes") % {"n": facts.get("scenes", "")},
        "retry": lambda: _("%(stage)s is tried again") % {"stage": label},
        "again": lambda: _("%(stage)s is tried again") % {"stage": label},
        "spoken_again": lambda: _("Scene %(n)s is spoken again: it was not clear") % {"n": row.position},
        "fallback": lambda: (
            _("%(stage)s is made on this machine: %(why)s")
            % {"stage": PARTS.get(facts.get("capability", ""), label), "why": _why(facts.get("why", ""))}
        ),
        "other_model": lambda: (
            _("%(stage)s goes on with %(model)s") % {"stage": label, "model": facts.get("model", "")}
        ),
        "written_by": lambda: _written(facts),
        "cheaper": lambda: _("This month’s costs are high: simpler models are used from here on"),
    }.get(row.kind)
    return said() if said else ""


def _why(reason: str) -> str:
    """A reason as a stage wrote it down, in the reader's language where it has no name of a thing in it."""
    return _(reason) if reason else ""


def _written(facts: dict[str, Any]) -> str:
    if facts.get("model"):
        return _("Written with %(model)s") % {"model": facts["model"]}
    return _("Written by this machine’s own rules, in the author’s sentences")


def _script(facts: dict[str, Any]) -> str:
    if facts.get("coverage") is None:
        return _("The script is written")
    return _("The script tells %(n)s %% of the words") % {"n": facts["coverage"]}


STATES = {
    Status.PENDING: gettext_lazy("waiting"),
    Status.RUNNING: gettext_lazy("at work"),
    Status.SUCCEEDED: gettext_lazy("done"),
    Status.FAILED: gettext_lazy("stopped"),
    Status.SKIPPED: gettext_lazy("left out"),
    Status.CANCELLED: gettext_lazy("cancelled"),
}
