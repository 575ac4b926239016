"""How names are said in a film. An entry marks exactly the scenes in which its word is spoken."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from pipeline.desk import stale
from pipeline.errors import BadInput
from pipeline.models import Run
from pipeline.stages.audio_generation import words_of
from projects.desk.takes import VOICE
from projects.models import Project, Scene

LONGEST = 80  # letters of a word, and of how it is said
MOST = 400  # entries of a film


def entries(project: Project) -> list[tuple[str, str]]:
    """(written, said as), by the word."""
    return sorted(((str(k), str(v)) for k, v in project.lexicon.items()), key=lambda pair: pair[0].casefold())


def put(run: Run, written: str, said_as: str) -> int:
    """Say `written` as `said_as` from now on: how many scenes that marks. BadInput says what is missing."""
    written, said_as = " ".join(written.split()), " ".join(said_as.split())
    if not words_of(written) or not any(map(str.isalnum, written)):
        raise BadInput("lexicon.word", _("Write the word as it stands in the book."))
    if not any(map(str.isalnum, said_as)):
        raise BadInput("lexicon.said", _("Write how it is said, for instance her-MY-oh-nee."))
    if max(len(written), len(said_as)) > LONGEST:
        raise BadInput("lexicon.long", _("That is too long. Write a word or a name, at most 80 letters."))
    return _changed(run, written, said_as)


def remove(run: Run, written: str) -> int:
    """Say it again as the voice would: how many scenes that marks."""
    return _changed(run, written, "")


def _changed(run: Run, written: str, said_as: str) -> int:
    with transaction.atomic():
        project = Project.objects.select_for_update().get(pk=run.project_id)
        lexicon = {k: v for k, v in project.lexicon.items() if k != written}
        if said_as:
            lexicon[written] = said_as
        if len(lexicon) > MOST:
            raise BadInput("lexicon.full", _("A film takes 400 such words. Remove one first."))
        project.lexicon = lexicon
        project.save(update_fields=["lexicon"])
    run.project.lexicon = lexicon
    before = stale.marks(run).stale
    stale.refresh(run, with_word(run, written), (VOICE,))
    now = stale.marks(run).stale
    return sum(VOICE in now.get(key, ()) for key in now.keys() | before.keys() if now.get(key) != before.get(key))


def with_word(run: Run, written: str) -> list[int]:
    """Scenes in whose words it may stand; the voice's recipe knows exactly."""
    parts = words_of(written)
    rows = Scene.objects.filter(script=run.script_id).values_list("pk", "segments")
    return [key for key, segments in rows if all(part in _told(segments) for part in parts)]


def _told(segments: list[dict[str, str]]) -> str:
    return " ".join(s["text"] for s in segments).replace("’", "'").casefold()
