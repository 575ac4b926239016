"""In: the chosen chapters. Out: the narration plan, every line linked to the span of the source that it tells."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from itertools import accumulate
from typing import Any

from django.utils.translation import gettext_noop as _

from billing.entitlements import tier
from pipeline.errors import BadInput, Cancelled
from pipeline.models import Run
from pipeline.providers.base import TextRequest
from pipeline.stages.base import Base, Context, Subject
from pipeline.writing import script
from pipeline.writing.author import Author
from pipeline.writing.prompts import VERSION
from projects.models import Asset, Chapter, Character, Script

KNOWN = 30_000  # words of the book read to know its people
SHORT = 3.0  # minutes of an abridged film when nobody said how long
SLACK = 1.15  # a film may be this much longer than the tier's minutes: the voice, not the plan, decides


class ScriptGeneration(Base):
    name = "script_generation"
    version = 2

    def recipe(self, subject: Subject, ctx: Context) -> Mapping[str, Any]:
        return {
            "chapters": [[c.number, c.digest] for c in chapters(ctx.run)],
            "mode": ctx.options.mode,
            "minutes": _minutes(ctx),
            "language": ctx.run.project.source.language,
            "book": [c.digest for c in _book(ctx)],
            **by_model(ctx),
        }

    def run(self, subject: Subject, ctx: Context) -> Asset:
        told = chapters(ctx.run)
        if not any(c.words for c in told):
            raise BadInput("chapters.empty", "The chosen chapters have no words to tell. Choose others.")
        language = ctx.run.project.source.language
        whole = TextRequest(
            task="characters", prompt="", language=language, material={"chapters": material(_book(ctx))}
        )
        people = ctx.text.write(whole).data["characters"]
        facts: dict[str, Any] = {"mode": ctx.options.mode, "minutes": _minutes(ctx)}
        if ctx.model("text"):
            author = author_of(ctx)
            data = script.write(
                author, rules(ctx), told=material(told), book=material(_book(ctx)), people=people, **facts
            )
            say_who(ctx, author)
        else:
            task = "summary" if ctx.options.mode == "summary" else "abridge"
            data = rules(ctx)(task, chapters=material(told), characters=people, **facts)
            ctx.note("written_by", model="")
        _fits(ctx.run, data["script"]["seconds"])
        text = json.dumps(data, ensure_ascii=False, sort_keys=True).encode()
        asset = ctx.save(text, kind="script", name="script.json", media_type="application/json")
        materialise(ctx, data)
        return asset

    def restore(self, subject: Subject, ctx: Context, asset: Asset) -> None:
        """The asset stood already: this project's rows may not."""
        materialise(ctx, load(asset))


def chapters(run: Run) -> list[Chapter]:
    """The chapters the film tells, in order."""
    numbers = run.film_options.chapters
    rows = Chapter.objects.filter(source_id=run.project.source_id, number__in=numbers).order_by("number")
    return list(rows)


def _book(ctx: Context) -> list[Chapter]:
    """The chosen chapters and as much of the book's body before and after as tells who its people are."""
    chosen = {c.number for c in chapters(ctx.run)}
    rows = Chapter.objects.filter(source_id=ctx.run.project.source_id, kind="body").order_by("number")
    near = sorted(rows, key=lambda c: (c.number not in chosen, c.number))
    told = accumulate(c.words for c in near)
    kept = [c for c, words in zip(near, told, strict=True) if c.number in chosen or words <= KNOWN]
    return sorted(kept, key=lambda c: c.number)


def material(told: list[Chapter]) -> list[dict[str, Any]]:
    return [{"number": c.number, "title": c.title, "paragraphs": c.paragraphs} for c in told]


def by_model(ctx: Context) -> dict[str, Any]:
    """Part of the recipes of what a language model writes."""
    return {**ctx.made_by("text"), "writing": VERSION} if ctx.model("text") else {}


def author_of(ctx: Context) -> Author:
    """The route's language models, asked side by side as the tier allows."""
    language = ctx.run.project.source.language

    def heard(words: int) -> None:
        with suppress(Cancelled):  # the call is paid for: its answer is waited for
            ctx.progress(words, 0)

    return Author(ctx.text, language, parallel=min(8, tier(ctx.run.workspace).parallel), heard=heard)


def rules(ctx: Context) -> script.Local:
    """This machine's own writer: (task, **material) -> data. A request without a prompt is for it alone."""
    writer, language = ctx.text, ctx.run.project.source.language

    def write(task: str, **facts: Any) -> dict[str, Any]:
        return dict(writer.write(TextRequest(task=task, prompt="", language=language, material=facts)).data)

    return write


def say_who(ctx: Context, author: Author) -> None:
    """A line in the log: whose words or choice it is, and where the rules had to do it."""
    if author.model:
        ctx.note("written_by", model=author.model.partition(":")[2])
    if author.why or not author.model:
        ctx.note("fallback", capability="text", why=author.why or _("no model may be asked now"))


def load(asset: Asset) -> dict[str, Any]:
    return json.loads(asset.content())


def _minutes(ctx: Context) -> float | None:
    return (ctx.options.minutes or SHORT) if ctx.options.mode != "verbatim" else None


def _fits(run: Run, seconds: float) -> None:
    allowed = tier(run.workspace).minutes
    if allowed is not None and seconds > allowed * 60 * SLACK:
        raise BadInput(
            "tier.minutes",
            f"These chapters take {seconds / 60:.0f} minutes to tell; your tier makes films up to {allowed} minutes. "
            "Choose fewer chapters, or the abridged mode.",
        )


def materialise(ctx: Context, data: Mapping[str, Any]) -> None:
    """Rows of the script and of who is in it. What a member changed on a character is kept."""
    plan = data["script"]
    row, _ = Script.objects.get_or_create(
        project=ctx.run.project,
        recipe=ctx.digest,
        defaults={
            "mode": ctx.options.mode,
            "language": plan["language"],
            "lines": plan["lines"],
            "coverage": plan["coverage"],
            "left_out": plan["left_out"],
        },
    )
    for person in data["characters"]:
        facts = {"mentions": person["count"], "lines": person["speeches"], "aliases": person["aliases"]}
        Character.objects.get_or_create(
            project=ctx.run.project, name=person["name"][:120], defaults=facts | {"look": person["look"]}
        )
    Run.objects.filter(pk=ctx.run.pk).update(script=row)
    ctx.run.script = row
    ctx.note("script_ready", coverage=round(plan["coverage"]), mode=ctx.options.mode, seconds=round(plan["seconds"]))
