"""A scene's voice or picture made at once, to be heard or seen before the film is updated. The update finds it."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone
from django.utils.translation import gettext as _

from pipeline import context
from pipeline.desk import stale
from pipeline.errors import BadInput, Cancelled, Later, Temporary
from pipeline.language.spoken import spoken
from pipeline.models import Run, Status, Step
from pipeline.providers.base import ProviderFault, ProviderRefusal, SpeechRequest, Utterance
from pipeline.routing import local
from pipeline.routing.router import Router
from pipeline.stages import casting
from pipeline.stages.base import Context, Subject
from pipeline.workflows import stage as stage_of
from projects.desk.takes import VOICE
from projects.models import Asset, Scene

LONGEST_SAID = 120  # letters of a word or name that is tried


def stands(run: Run, scene: Scene, name: str) -> tuple[str, Asset | None]:
    """The recipe of what a scene has now of a stage, and its asset: None when it was not made, or its bytes are gone."""
    step = (
        Step.objects.filter(run=run, stage=name, subject=scene.pk, asset__isnull=False).select_related("asset").first()
    )
    recipe = scene.digests.get(name, "")
    if step is not None and recipe in ("", step.recipe):
        recipe, found = step.recipe, step.asset
    else:
        found = Asset.objects.filter(workspace=run.workspace_id, recipe=recipe).first() if recipe else None
    return recipe, found if found is not None and found.exists else None


def standing(run: Run, scene: Scene, name: str) -> Asset | None:
    return stands(run, scene, name)[1]


def make(run: Run, scene: Scene, name: str) -> Asset:
    """The asset of the scene's recipe, made now unless it stands. BadInput when that has to wait for an update."""
    found = standing(run, scene, name)
    if found is not None:
        return found
    ctx = stale.probe(run, [scene])
    digest = stale.digest(ctx, scene, name)
    stage = stage_of(run.workflow, name)
    return _once(run, name, digest, ctx, lambda: stage.run(Subject(scene.pk, scene.number), ctx), scene.pk)


def say(run: Run, text: str, *, said_as: str = "") -> Asset:
    """A word or name as the narrator says it, with `said_as` in the lexicon's place. Kept under its own recipe."""
    text, said_as = " ".join(text.split())[:LONGEST_SAID], " ".join(said_as.split())[:LONGEST_SAID]
    if not text:
        raise BadInput("say.nothing", _("Write the word first, then listen to it."))
    language = run.script.language if run.script else run.project.source.language
    lexicon = ((text, said_as),) if said_as else ()
    catalogue = local.provider("speech").voices(language.split("-")[0])
    voice = casting.best(catalogue, language, run.film_options.voice)
    request = SpeechRequest((Utterance(text, spoken(text, language, lexicon), voice),), language, lexicon)
    facts = {"said": [[u.text, u.spoken, u.voice] for u in request.utterances], "language": language}
    digest = context.digest_of(facts | {"lexicon": [list(pair) for pair in lexicon]})
    ctx = stale.probe(run, [])

    def speak() -> Asset:
        result = ctx.speech.speak(request)
        origin = {"provider": result.usage.provider, "model": result.usage.model, "licence": result.usage.licence}
        meta = {"rate": result.rate, "samples": result.samples}
        return ctx.save(result.wav, kind="said", name="said.wav", media_type="audio/wav", meta=meta, origin=origin)

    return _once(run, VOICE, digest, ctx, speak)


def _once(run: Run, name: str, digest: str, ctx: Context, work: Callable[[], Asset], subject: int = 0) -> Asset:
    """Under the recipe's lock, so that two who ask at once, or a worker, pay once; its calls stand in the ledger."""
    with _held(digest):
        found = Asset.objects.filter(workspace=run.workspace_id, recipe=digest).first()
        if found is not None and found.exists:
            return found
        working = Step.objects.filter(recipe=digest, run__workspace=run.workspace_id, status=Status.RUNNING)
        if working.filter(lease_until__gt=timezone.now()).exists():
            raise BadInput("preview.going", _("This is being made just now. Wait a moment, then try again."))
        _equip(run, ctx, name, digest, subject)
        try:
            made = work()
            ctx.providers.forget()
        except (Later, Temporary, Cancelled, ProviderFault, ProviderRefusal) as fault:
            raise BadInput("preview.later", _("It can’t be made at once; the next update of the film makes it.")) from fault  # fmt: skip
        finally:
            shutil.rmtree(ctx.work, ignore_errors=True)
    return made


def _equip(run: Run, ctx: Context, name: str, digest: str, subject: int) -> None:
    """Turn a context that only asks for recipes into one that makes."""
    step = Step.objects.filter(run=run, stage=name, subject=subject).first() if subject else None
    ctx.step = step or Step(run=run, stage=name, subject=subject)
    ctx.step.run = run
    ctx.digest = digest
    ctx.save = lambda *a, **k: context.save(ctx, *a, **k)
    ctx.later = _wait
    ctx.progress = ctx.checkpoint = ctx.note = _quiet  # type: ignore[assignment]
    home = Path(settings.WORK_ROOT) / "preview"
    home.mkdir(parents=True, exist_ok=True)
    ctx.work = Path(tempfile.mkdtemp(dir=home))
    ctx.providers = Router(step=ctx.step, digest=digest, stopping=bool)


@contextmanager
def _held(digest: str) -> Iterator[None]:
    """The lock that the engine takes before it makes a recipe's asset."""
    lock = int(digest[:15], 16)
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [lock])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [lock])


def _wait(seconds: float) -> None:
    raise Later(seconds)


def _quiet(*_args: Any, **_facts: Any) -> None:
    """A preview tells nobody how far it is."""
