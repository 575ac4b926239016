"""The desk's pages and what its buttons answer: parts as JSON to the script, pages to who has none."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from pipeline.desk import showing, stale, update
from pipeline.models import Run
from projects.desk import compare, coverage, history, order, takes, words
from projects.desk.takes import VOICE
from projects.models import Chapter, Clash, Scene
from tests.desk.film import tells_the_book
from tests.web import world as worlds


def send(client, film, place=0, *, scripted=True, **data):
    row = Scene.objects.get(pk=film.scenes[place].pk)
    data.setdefault("revision", row.revision)
    headers = {"X-Desk": "1"} if scripted else {}
    return client.post(reverse("desk_scene", args=[row.pk]), data, headers=headers)


def told(film, place=0):
    return Scene.objects.get(pk=film.scenes[place].pk).narration


def page_of(client, film, **asked):
    return client.get(reverse("desk", args=[film.project.pk]), asked).content.decode()


def test_a_save_answers_the_marks_and_the_bar_alone(filmed, editor):
    key = filmed.scenes[0].pk
    answer = send(editor, filmed, **{"text-0": "Other words."}).json()
    assert set(answer["parts"]) == {f"marks-{key}", "desk-bar", "desk-coverage"}
    assert answer["scenes"] == {str(key): Scene.objects.get(pk=key).revision}
    assert "1 scene changed" in answer["parts"]["desk-bar"]


def test_a_save_without_script_leads_back_to_the_scene(filmed, editor):
    led = send(editor, filmed, scripted=False, **{"text-0": "Other words."})
    assert led["Location"].endswith(f"#scene-{filmed.scenes[0].pk}")
    assert told(filmed) == "Other words."


def test_empty_words_are_refused_and_nothing_is_lost(filmed, editor):
    before = told(filmed)
    answer = send(editor, filmed, **{"text-0": "  "}).json()
    assert answer["wrong"] and "A scene needs words" in answer["said"]
    assert told(filmed) == before


def test_what_others_did_meanwhile_comes_with_the_next_answer(filmed, client_of):
    send(client_of("owner"), filmed, 1, **{"text-0": "The owner's."})
    answer = send(client_of("editor"), filmed, since="0", **{"text-0": "The editor's."}).json()
    assert f"scene-{filmed.scenes[1].pk}" in answer["parts"]
    assert (answer["said"], answer["news"]) == ("Saved.", "owner: Words of scene 2.")


def test_an_older_revision_is_kept_beside_and_both_are_told(filmed, client_of):
    seen = Scene.objects.get(pk=filmed.scenes[0].pk).revision
    send(client_of("owner"), filmed, **{"text-0": "The owner's."})
    answer = send(client_of("editor"), filmed, revision=seen, **{"text-0": "The editor's."}).json()
    assert answer["clash"] and told(filmed) == "The owner's."
    live = client_of("owner").get(reverse("desk_live", args=[filmed.project.pk]), {"since": "1"}).json()
    assert "The editor&#x27;s." in live["parts"][f"scene-{filmed.scenes[0].pk}"]
    assert "written by two at once" in live["news"]
    clash = Clash.objects.get(settled=None, scene=filmed.scenes[0])
    client_of("owner").post(reverse("desk_clash", args=[clash.pk]), {"take": "other"})
    assert told(filmed) == "The editor's."


def test_the_live_answer_is_silent_while_nothing_changes(filmed, editor):
    page = editor.get(reverse("desk", args=[filmed.project.pk]))
    asked = {"since": page.context["script"].revision, "state": page.context["state"]}
    assert editor.get(reverse("desk_live", args=[filmed.project.pk]), asked).status_code == 204


def test_while_a_version_is_made_only_the_marks_change(filmed, editor):
    page = editor.get(reverse("desk", args=[filmed.project.pk]))
    Run.objects.filter(pk=filmed.run.pk).update(status="running")
    asked = {"since": page.context["script"].revision, "state": f"{filmed.run.pk}-running-2"}
    parts = editor.get(reverse("desk_live", args=[filmed.project.pk]), asked).json()["parts"]
    assert set(parts) == {"desk-bar", "desk-coverage", *(f"marks-{s.pk}" for s in filmed.scenes)}
    asked["state"] = page.context["state"]
    assert "desk-board" in editor.get(reverse("desk_live", args=[filmed.project.pk]), asked).json()["parts"]


def test_words_beside_a_locked_scene_wait_until_it_is_unlocked(filmed, client_of):
    seen = Scene.objects.get(pk=filmed.scenes[0].pk).revision
    send(client_of("owner"), filmed, **{"text-0": "The owner's."})
    send(client_of("editor"), filmed, revision=seen, **{"text-0": "The editor's."})
    takes.lock(Scene.objects.get(pk=filmed.scenes[0].pk), {}, by=None)
    clash = Clash.objects.get(settled=None, scene=filmed.scenes[0])
    client_of("owner").post(reverse("desk_clash", args=[clash.pk]), {"take": "other"})
    assert Clash.objects.get(pk=clash.pk).settled is None and told(filmed) == "The owner's."


def test_buttons_of_an_older_page_say_so(filmed, editor):
    assert "Load it again" in send(editor, filmed, do="explode").json()["said"]


@pytest.mark.parametrize(("do", "more", "order"), [
    ("down", {}, [1, 0, 2]), ("up", {}, [0, 1, 2]), ("move", {"to": "3"}, [1, 2, 0]), ("move", {"to": "x"}, [0, 1, 2]),
    ("merge", {}, [0, 2]), ("delete", {}, [1, 2]),
])  # fmt: skip
def test_buttons_change_the_order(filmed, editor, do, more, order):
    send(editor, filmed, do=do, **more)
    keys = list(Scene.objects.filter(script=filmed.run.script).order_by("number").values_list("pk", flat=True))
    assert keys == [filmed.scenes[n].pk for n in order]


def test_a_deletion_can_be_taken_back_from_its_own_answer(filmed, editor):
    change = send(editor, filmed, do="delete").json()["undo"]
    send(editor, filmed, 1, **{"text-0": "Something else."})
    editor.post(reverse("desk_undo", args=[filmed.project.pk]), {"change": change})
    assert told(filmed).startswith("The fog came in")


def test_the_book_beside_lights_what_is_told_and_shades_what_is_not(filmed, editor):
    page = page_of(editor, filmed)
    assert page.count('class="told"') >= 3
    assert 'class="left"' in page
    assert "61 % of the words told" in page


def test_passages_give_every_letter_of_the_chapter_once(filmed):
    scenes = list(Scene.objects.filter(script=filmed.run.script).select_related("chapter").order_by("number"))
    found = coverage.passages(scenes, {s.pk: s.number for s in scenes}, first=True, after=None)
    text = Chapter.objects.get(pk=scenes[0].chapter_id).text
    assert "\n\n".join("".join(s.text for s in p.stretches) for p in found) == text
    marked = [(s.scene, s.number) for p in found for s in p.stretches if s.number]
    assert marked == [(s.pk, s.number) for s in scenes]


def test_a_page_shows_the_book_from_its_first_scene_to_the_next_page(filmed):
    first, middle, last = Scene.objects.filter(script=filmed.run.script).select_related("chapter").order_by("number")
    (passage,) = coverage.passages([middle], {middle.pk: 2}, first=False, after=last)
    assert "".join(s.text for s in passage.stretches) == middle.chapter.text[middle.start : last.start]
    assert not passage.opens


def test_what_another_page_tells_is_not_shown_as_left_out(filmed):
    order.move(Scene.objects.get(pk=filmed.scenes[1].pk), to=3, by=None)
    first, second, moved = Scene.objects.filter(script=filmed.run.script).select_related("chapter").order_by("number")
    found = coverage.passages(
        [first, second], {s.pk: s.number for s in (first, second, moved)}, first=True, after=moved
    )
    assert [(s.scene, s.elsewhere) for s in found[0].stretches if s.scene] == [
        (first.pk, False), (moved.pk, True), (second.pk, False)
    ]  # fmt: skip


def test_what_is_left_out_knows_where_it_could_be_told(filmed):
    board = showing.board(filmed.project, filmed.run, 1)
    left = [s for p in board.passages for s in p.stretches if not s.scene and s.after]
    assert left and {s.after for s in left} <= {s.pk for s in filmed.scenes}
    assert left[-1].after == filmed.scenes[-1].pk


def test_a_scene_that_says_the_book_does_not_differ_from_it(filmed):
    chapter = Chapter.objects.get(pk=Scene.objects.get(pk=filmed.scenes[0].pk).chapter_id)
    states = history.at(filmed.run.script, 0).listed()
    assert compare.with_book(states, {chapter.pk: chapter.text}) == []
    words.write(Scene.objects.get(pk=filmed.scenes[1].pk), [words.Line("Quite another thing.")], revision=1, by=None)
    rows = compare.with_book(history.at(filmed.run.script, 1).listed(), {chapter.pk: chapter.text})
    assert [(r.number, r.kind) for r in rows] == [(2, "changed")]
    assert "".join(p.text for p in rows[0].parts if p.kind == "new").split() == "Quite another thing.".split()


def test_the_history_tells_compares_and_restores(filmed, editor):
    before = told(filmed)
    send(editor, filmed, **{"text-0": "Other words entirely."})
    address = reverse("desk_history", args=[filmed.project.pk])
    page = editor.get(address, {"from": "0"}).content.decode()
    assert "Words of scene 1" in page and "<ins" in page and "<del" in page
    assert "<ins" in editor.get(address, {"from": "book"}).content.decode()
    editor.post(reverse("desk_restore", args=[filmed.project.pk]), {"revision": "0"})
    assert told(filmed) == before
    assert not stale.marks(filmed.run).changed


def test_a_version_that_never_was_is_not_restored(filmed, editor):
    for asked in ("99", "x", ""):
        editor.post(reverse("desk_restore", args=[filmed.project.pk]), {"revision": asked})
    assert not filmed.run.script.changes.exists()


def test_an_update_is_quoted_with_what_it_takes_and_what_stays(filmed, editor, monkeypatch):
    monkeypatch.setattr(update.quote, "each_cost", lambda tier, capability: {"speech": 3, "image": 5}[capability])
    monkeypatch.setattr(update.queue, "usual_seconds", lambda workflow: dict.fromkeys(worlds.STAGES, 8.0))
    assert update.quoted(stale.marks(filmed.run)).seconds == 0
    send(editor, filmed, **{"text-0": "Other words."})
    quoted = update.quoted(stale.marks(filmed.run))
    assert (quoted.scenes, quoted.others, quoted.cost, quoted.counts) == (1, 2, 3, False)
    assert quoted.seconds > 8


def test_what_was_made_ahead_costs_nothing_in_the_update(filmed, editor, monkeypatch):
    monkeypatch.setattr(update.quote, "each_cost", lambda tier, capability: 3)
    send(editor, filmed, **{"text-0": "Other words."})
    recipe = Scene.objects.get(pk=filmed.scenes[0].pk).digests[VOICE]
    worlds.asset(filmed.project.workspace, recipe, worlds.sound(), "v.wav", "audio/wav", rate=24000, samples=24000)
    quoted = update.quoted(stale.marks(filmed.run))
    assert (quoted.scenes, quoted.cost) == (1, 0)


def queries(client, address):
    client.get(address)  # what is looked up once a process
    with CaptureQueriesContext(connection) as seen:
        assert client.get(address).status_code == 200
    return len(seen)


def long_films(world):
    """Films of ten and of a thousand scenes; some of each are in the book, some not in the film yet."""
    for filmed, all_of_them in ((8, 10), (40, 1000)):
        film = tells_the_book(world, worlds.film(world.source, world.people["owner"], scenes=filmed))
        numbers = range(filmed + 1, all_of_them + 1)
        Scene.objects.bulk_create(
            Scene(script=film.run.script, number=n, segments=[{"text": f"Scene {n}."}]) for n in numbers
        )
        yield film


@pytest.mark.usefixtures("time_stands")
def test_the_desk_asks_as_much_for_ten_scenes_as_for_a_thousand(world, editor):
    few, many = long_films(world)
    for name, more in (("desk", 1), ("desk_history", 0)):  # one for where the next page begins
        asked = [queries(editor, reverse(name, args=[film.project.pk])) for film in (few, many)]
        assert asked[1] == asked[0] + more


@pytest.mark.usefixtures("time_stands")
def test_a_save_asks_as_much_among_ten_scenes_as_among_a_thousand(world, editor):
    counts = []
    for film in long_films(world):
        send(editor, film, **{"text-0": "Once."})
        with CaptureQueriesContext(connection) as seen:
            send(editor, film, **{"text-0": "Other words."})
        counts.append(len(seen))
    assert counts[0] == counts[1]


def test_any_page_of_a_thousand_scenes_opens_at_its_scene(world, editor):
    film = worlds.film(world.source, world.people["owner"], scenes=90)
    assert f'id="scene-{film.scenes[84].pk}"' in page_of(editor, film, scene=85)
    assert f'id="scene-{film.scenes[50].pk}"' in page_of(editor, film, at=film.scenes[50].pk)
    assert f'id="scene-{film.scenes[89].pk}"' in page_of(editor, film, page=99)


def test_who_only_looks_gets_no_field(filmed, client_of):
    for role in ("viewer", "reviewer"):
        page = page_of(client_of(role), filmed)
        assert "<textarea" not in page and "Update film" not in page


def test_the_desk_speaks_german(filmed, editor):
    with translation.override("en"):  # the page's language stays with its thread
        page = editor.get(reverse("desk", args=[filmed.project.pk]), headers={"Accept-Language": "de"})
    assert "Film aktualisieren" in page.content.decode()
