"""The film's page, its files, its links; lists that stay quick."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from pipeline import charts, engine, live, parts
from pipeline.models import Render, Run, Share, Step
from projects.models import Project
from tests.harness.counting import queries
from tests.web import world as worlds


@pytest.fixture
def film_address(world):
    return reverse("film_file", args=[world.done.render.pk, "film.mp4"])


def test_a_player_gets_the_part_it_asks_for(editor, film_address):
    part = editor.get(film_address, headers={"Range": "bytes=100-199"})
    assert (part.status_code, len(part.content)) == (206, 100)
    assert part["Content-Range"] == "bytes 100-199/3000000"


def test_an_open_range_is_answered_piece_by_piece(editor, film_address):
    part = editor.get(film_address, headers={"Range": "bytes=2900000-"})
    assert part["Content-Range"] == "bytes 2900000-2999999/3000000"


@pytest.mark.parametrize("asked", ["bytes=3000000-", "bytes=5-1", "bytes=-"])
def test_outside_the_file_is_said(editor, film_address, asked):
    assert editor.get(film_address, headers={"Range": asked}).status_code == 416


def test_a_download_has_a_name_and_comes_whole(editor, film_address):
    saved = editor.get(film_address, {"save": ""})
    assert saved["Content-Disposition"] == 'attachment; filename="the-fog.mp4"'
    assert sum(map(len, saved.streaming_content)) == 3_000_000


def test_small_pictures_are_small(editor, world):
    small = editor.get(reverse("asset", args=[world.done.picture.pk]), {"w": "96"})
    assert small["Content-Type"] == "image/webp"


def test_the_certificate_is_told_in_words(editor, world):
    page = editor.get(reverse("film", args=[world.done.project.pk])).content.decode()
    assert "Checked, all in order" in page
    assert "98.4 %" in page
    assert "heard as “the frog”" in page
    assert 'data-seek="0.50" data-until="1.50"' in page


def test_the_certificate_is_drawn(editor, world):
    page = editor.get(reverse("film", args=[world.done.project.pk])).content.decode()
    assert "<polyline" in page
    assert page.count("<circle") == 2
    assert '<progress class="calm" value="61"' in page


def test_what_lies_outside_the_picture_is_drawn_at_its_edge():
    far, near = charts.offsets([[12, 9000], [6, 0]], 12, most=200)
    assert (far.x, far.y, far.off) == (300, 0, True)
    assert (near.x, near.y, near.off) == (150, 24, False)
    assert charts.curve([-90, -5]) == "0.0,48.0 300.0,0.0"


def test_versions_stand_side_by_side(world, editor):
    address = reverse("versions", args=[world.done.project.pk])
    assert editor.get(address).content.decode().count("<video") == 1
    later = Run.objects.create(
        workspace=world.workspace, project=world.done.project, status="succeeded", options={"resolution": "1080p"}
    )
    old = world.done.render
    new = Render.objects.create(
        workspace=world.workspace, project=old.project, run=later, film=old.film, files=old.files, seconds=34
    )
    page = editor.get(address).content.decode()
    assert page.count("<video") == 2
    assert page.index("0:12, 480p") < page.index("0:34, 1080p")
    assert "Not checked yet" in page and "Checked, all in order" in page
    swapped = editor.get(address, {"a": new.pk, "b": old.pk}).content.decode()
    assert swapped.index("0:34, 1080p") < swapped.index("0:12, 480p")


def test_a_link_opens_for_anybody_until_it_ends(world, editor, client):
    address = reverse("shared", args=["known"])
    assert client.get(address).status_code == 200
    editor.post(reverse("end_share", args=[world.share.pk]))
    assert client.get(address).status_code == 404
    assert client.get(reverse("shared_file", args=["known", "film.mp4"])).status_code == 404


def test_a_link_that_is_over_leads_nowhere(world, client):
    Share.objects.update(expires=timezone.now() - timedelta(seconds=1))
    assert client.get(reverse("shared", args=["known"])).status_code == 404


def test_a_link_gives_the_film_to_keep_only_when_allowed(world, client):
    address = reverse("shared_file", args=["known", "film.mp4"])
    assert client.get(address, {"save": ""}).status_code == 404
    Share.objects.update(download=True)
    saved = client.get(address, {"save": ""})
    assert saved.getvalue()


def test_a_link_shows_nothing_but_the_player_s_files(world, client):
    assert client.get(reverse("shared_file", args=["known", "certificate.json"])).status_code == 404


def test_only_the_embed_page_may_be_framed(world, client):
    embedded, page = client.get(reverse("embed", args=["known"])), client.get(reverse("shared", args=["known"]))
    assert "X-Frame-Options" not in embedded
    assert "frame-ancestors *" in embedded["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]


@pytest.mark.usefixtures("time_stands")
def test_the_list_of_films_asks_as_much_for_two_as_for_a_thousand(world, editor):
    few = queries(editor, reverse("films"))
    for _ in range(18):
        worlds.film(world.source, world.people["owner"], scenes=1)
    old = {"workspace": world.workspace, "source": world.source, "created": timezone.now() - timedelta(days=1)}
    made = Project.objects.bulk_create(Project(title=f"Film {n}", **old) for n in range(980))
    Run.objects.bulk_create(Run(workspace=world.workspace, project=project) for project in made)
    assert queries(editor, reverse("films")) == few


@pytest.mark.usefixtures("time_stands")
def test_a_run_asks_as_much_for_three_scenes_as_for_a_thousand(world, editor):
    large = worlds.film(world.source, world.people["owner"], scenes=1000)
    asked = [queries(editor, reverse("run", args=[run.pk])) for run in (world.done.run, large.run)]
    assert asked[0] == asked[1]


def test_a_long_film_is_shown_by_pages_that_follow_the_work(world, editor):
    long = worlds.film(world.source, world.people["owner"], scenes=1000, status="running")
    Step.objects.filter(run=long.run, position__lte=500).update(status="succeeded")
    address = reverse("run", args=[long.run.pk])
    page = editor.get(address).content.decode()
    assert "Scenes 481 to 528 of 1000" in page
    assert page.count('class="scene card') == 48
    assert "Scenes 1 to 48 of 1000" in editor.get(address, {"page": "1"}).content.decode()


def test_a_long_film_shows_some_of_its_scenes_under_the_player(world, editor):
    short, long = (worlds.film(world.source, world.people["owner"], scenes=n) for n in (3, 1000))
    addresses = [reverse("film", args=[made.project.pk]) for made in (short, long)]
    assert editor.get(addresses[1]).content.decode().count('id="at-') == 59
    assert queries(editor, addresses[0]) == queries(editor, addresses[1])


def test_what_is_pushed_of_a_long_film_is_small(world):
    long = worlds.film(world.source, world.people["owner"], scenes=1000, status="running")
    known = parts.versions(live.view(long.run))
    Step.objects.filter(run=long.run, position=2, stage="image_generation").update(status="running")
    html = "".join(parts.changed(live.view(long.run), known))
    assert "Drawing scene 2 of 1000" in html
    assert html.count('class="scene card') == 1


def test_the_poll_sends_only_what_the_page_lacks(world, editor):
    seen = live.view(world.going.run)
    shown = parts.versions(seen) | {"run-log": "old"}
    known = ",".join(f"{name}:{version}" for name, version in shown.items())
    html = editor.get(reverse("run_live", args=[world.going.run.pk]), {"known": known}).content.decode()
    assert 'id="run-log"' in html
    assert 'class="scene card' not in html and 'id="run-stations"' not in html


def test_books_and_chapters_ask_as_much_for_many(world, editor):
    few = queries(editor, reverse("books")), queries(editor, reverse("choose_chapters", args=[world.source.pk]))
    thick = worlds.Source.objects.get(pk=world.source.pk)
    thick.pk, thick.sha256 = None, "e" * 64
    thick.save()
    for n in range(1, 30):
        worlds.Chapter.objects.create(source=thick, number=n, title=str(n), words=9)
    assert (queries(editor, reverse("books")), queries(editor, reverse("choose_chapters", args=[thick.pk]))) == few


def test_nothing_is_sent_when_nothing_changed(world):
    seen = live.view(world.going.run)
    assert not list(parts.changed(seen, parts.versions(seen)))


def test_only_what_changed_is_sent(world):
    known = parts.versions(live.view(world.going.run))
    Step.objects.filter(run=world.going.run, stage="image_generation", position=2).update(
        status="running", started=timezone.now()
    )
    html = "".join(parts.changed(live.view(world.going.run), known))
    second, third = (f'id="scene-{scene.pk}"' for scene in world.going.scenes[1:])
    assert second in html
    assert third not in html
    assert "Drawing scene 2 of 3" in html


def test_the_poll_is_silent_until_something_happens(world, editor):
    seen = live.view(world.going.run)
    address = reverse("run_live", args=[world.going.run.pk])
    assert editor.get(address, {"seen": seen.version, "scenes": seen.scenes_version}).status_code == 204
    assert b"run-scenes" in editor.get(address).content


def test_a_stopped_run_says_what_is_kept(world, editor):
    world.going.run.status, world.going.run.error = "failed", "The voice could not be reached."
    world.going.run.save()
    page = editor.get(reverse("run", args=[world.going.run.pk])).content.decode()
    assert "The voice could not be reached." in page
    assert "Go on from here" in page
    assert "Kept: 1 pictures" in page


def test_pages_speak_german_when_asked(world, editor):
    page = editor.get(reverse("films"), headers={"Accept-Language": "de"}).content.decode()
    assert 'lang="de"' in page
    assert "Filme" in page


def test_who_asked_is_written_to_when_the_film_is_ready(world, mailoutbox, django_capture_on_commit_callbacks):
    user = world.people["owner"]
    user.notify = True
    user.save()
    run = Run.objects.get(pk=world.going.run.pk)
    with django_capture_on_commit_callbacks(execute=True):
        engine.end(run, "succeeded")
    assert [mail.to for mail in mailoutbox] == [[user.email]]
    assert reverse("film", args=[run.project_id]) in mailoutbox[0].body
