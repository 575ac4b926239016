"""From a file to a started run."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from billing.models import Reservation
from pipeline.models import Run
from projects import chapters
from projects.errors import BadInput
from projects.models import Source
from tests.web.world import WORDS

TALE = (f"Chapter 1\n\n{WORDS}\n\nChapter 2\n\n{WORDS}\n").encode()


def text_file(name="tale.txt", data=TALE):
    return SimpleUploadedFile(name, data)


def test_a_file_becomes_a_book_and_leads_to_its_chapters(world, editor):
    led = editor.post(reverse("upload"), {"file": text_file(), "rights": "own"})
    source = Source.objects.get(name="tale.txt")
    assert led["Location"] == reverse("choose_chapters", args=[source.pk])
    assert source.rights == "own"


def test_the_page_grows_when_the_browser_can(world, editor):
    grown = editor.post(reverse("upload"), {"file": text_file(), "rights": "own"}, headers={"HX-Request": "true"})
    assert grown.status_code == 204
    assert "#new" in grown["HX-Location"]


def test_whose_text_it_is_is_asked(world, editor):
    refused = editor.post(reverse("upload"), {"file": text_file()})
    assert refused.status_code == 422
    assert "whose text" in refused.content.decode()


def test_a_file_above_the_plan_is_refused_with_its_size(world, editor, monkeypatch):
    monkeypatch.setattr("projects.uploads.limit", lambda workspace, name: 0)
    refused = editor.post(reverse("upload"), {"file": text_file(), "rights": "own"})
    assert refused.status_code == 413
    assert "up to 0 MB" in refused.content.decode()


def test_what_is_no_book_says_so_at_once(world, editor):
    refused = editor.post(reverse("upload"), {"file": text_file("noise.epub", b"\x00\x01\x02" * 99), "rights": "own"})
    assert refused.status_code == 422
    assert 'role="alert"' in refused.content.decode()


def test_pasted_text_is_kept_when_it_is_refused(world, editor):
    refused = editor.post(reverse("paste"), {"text": "Too little.", "title": "Mine", "rights": "own"})
    assert refused.status_code == 422
    assert "Too little." in refused.content.decode()


def test_the_sample_is_one_click_away(world, editor):
    editor.post(reverse("sample"), {"name": "the-fog"})
    assert Source.objects.filter(rights="public").exists()


def test_a_range_chooses_chapters(world, editor):
    page = editor.get(reverse("how", args=[world.source.pk]), {"range": "1-2"})
    assert page.context["options"].chapters == (1, 2)


def test_a_wrong_range_says_which(world, editor):
    page = editor.get(reverse("how", args=[world.source.pk]), {"range": "7"})
    assert page.status_code == 422
    assert "no chapter 7" in page.content.decode()


def test_what_the_plan_does_not_allow_is_shown_with_its_reason(world, editor):
    world.workspace.plan.delete()
    page = editor.get(reverse("how", args=[world.source.pk]))
    refused = {c.value: c.refused for c in page.context["groups"]["resolution"]}
    assert refused["480p"] == ""
    assert "Standard" in refused["1080p"]


def test_start_begins_what_was_quoted_and_takes_one_film(world, editor):
    page = editor.get(reverse("how", args=[world.source.pk]), {"chapters": "2", "minutes": "2", "style": "paper"})
    data = {}
    for name, value in page.context["chosen_fields"]:
        data.setdefault(name, []).append(value)
    led = editor.post(reverse("start", args=[world.source.pk]), data)
    run = Run.objects.latest("pk")
    assert led["Location"] == reverse("run", args=[run.pk])
    assert (run.options["chapters"], run.options["minutes"], run.options["style"]) == ([2], 2.0, "paper")
    assert Reservation.objects.filter(workspace=world.workspace, state="reserved").count() == 1


def test_beyond_the_quota_nothing_begins_and_nothing_is_lost(world, editor, monkeypatch):
    world.workspace.plan.delete()
    monkeypatch.setattr("billing.quotas.used", lambda workspace: 99)
    refused = editor.post(reverse("start", args=[world.source.pk]), {"chapters": "2", "minutes": "1"})
    assert refused.status_code == 422
    assert refused.context["options"].chapters == (2,)
    assert Run.objects.count() == 2


@pytest.fixture
def chapter(world):
    Run.objects.all().delete()
    world.source.projects.all().delete()
    return world.source.chapters.get(number=1)


def test_chapters_are_joined(chapter):
    chapters.merge(chapter)
    assert list(chapter.source.chapters.values_list("number", flat=True)) == [1]
    assert len(chapter.paragraphs) == 6


def test_a_chapter_is_parted_and_the_rest_renumbered(chapter):
    chapters.split(chapter, before=1, title="The middle")
    assert list(chapter.source.chapters.values_list("number", "title")) == [
        (1, "Chapter 1"),
        (2, "The middle"),
        (3, "Chapter 2"),
    ]


def test_chapters_that_a_film_counts_on_stay(world):
    with pytest.raises(BadInput):
        chapters.merge(world.source.chapters.get(number=1))


def test_a_chapter_is_renamed_from_its_page(world, editor):
    row = world.source.chapters.get(number=1)
    editor.post(reverse("rename_chapter", args=[row.pk]), {"title": "The harbour", "kind": "front"})
    row.refresh_from_db()
    assert (row.title, row.kind) == ("The harbour", "front")


def test_what_is_wrong_with_a_file_is_said_in_german_too(world, editor):
    answer = editor.post(
        reverse("upload"), {"file": text_file(data=b""), "rights": "own"}, headers={"Accept-Language": "de"}
    )
    assert "leer" in answer.content.decode()
