"""The film's people set right on their page: every correction marks exactly the scenes that it touches."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from pipeline.desk import stale
from pipeline.desk_tools import people as shown
from projects.desk import takes
from projects.models import Character, Project, Scene
from tests.desk.film import as_filmed

PICTURE, VOICE = takes.PICTURE, takes.VOICE


@pytest.fixture
def cast(desk):
    """Wren speaks in scene 1 and is seen in 1 and 2; Ada speaks in scene 3; all of it is filmed."""
    Character.objects.all().delete()
    spoken, seen = {0: "Wren", 2: "Ada"}, {0: ["Wren"], 1: ["Wren"]}
    for place, scene in enumerate(desk.scenes):
        scene.segments[0]["speaker"] = spoken.get(place, "")
        scene.brief = scene.brief | {"who": seen.get(place, [])}
        scene.save()
    for name, lines, mentions in (("Wren", 1, 9), ("Ada", 1, 3)):
        look = {"name": name, "kind": "person", "sex": "female", "age": "child", "traits": ["red hair"]}
        Character.objects.create(project=desk.project, name=name, lines=lines, mentions=mentions, look=look)
    return as_filmed(desk)


def marked(film):
    """{scene's number: stages that an update makes}."""
    marks = stale.marks(film.run)
    return {marks.number[key]: due for key, due in marks.stale.items()}


def person(name):
    return Character.objects.get(name=name)


def send(client, address, row, /, **data):
    response = client.post(reverse(address, args=[row.pk]), data, follow=True)
    assert response.status_code == 200
    return response.content.decode()


def form(row, **changes):
    look = row.look
    given = {"name": row.name, "aliases": ", ".join(row.aliases), "traits": ", ".join(look.get("traits", ()))}
    given |= {field: look.get(field, "") for field in ("kind", "sex", "age", "noun")} | changes
    return given


def test_the_page_tells_who_they_are_and_where_they_are(cast, editor):
    html = editor.get(reverse("people", args=[cast.project.pk])).content.decode()
    assert "red hair" in html and "Wren" in html and "Ada" in html
    assert html.count(f"?at={cast.scenes[0].pk}#") == 2  # Wren speaks and is seen there
    found = {p.row.name: p for p in shown.of(cast.project, cast.run, [person("Wren"), person("Ada")])}
    assert [n for _key, n in found["Wren"].appears] == [1, 2]
    assert found["Wren"].voice and found["Wren"].voice != found["Ada"].voice


def test_nothing_is_marked_by_saving_what_is_there(cast, editor):
    assert "stays as it is" in send(editor, "person_change", person("Wren"), **form(person("Wren")))
    assert marked(cast) == {}


def test_another_voice_marks_the_scenes_they_speak_in(cast, editor):
    other = shown.choices(cast.run, "")[-1].value
    ada = shown.cast(cast.run)["Ada"]
    said = send(editor, "person_change", person("Wren"), **form(person("Wren"), voice=other))
    assert "1 scene is marked" in said
    assert marked(cast) == {1: {VOICE}}
    assert shown.cast(cast.run)["Ada"] == ada


def test_a_voice_that_is_none_is_refused(cast, editor):
    assert "no such voice" in send(editor, "person_change", person("Wren"), **form(person("Wren"), voice="nobody"))


def test_another_look_marks_the_scenes_they_are_seen_in(cast, editor):
    send(editor, "person_change", person("Wren"), **form(person("Wren"), traits="black hair, spectacles"))
    assert marked(cast) == {1: {PICTURE}, 2: {PICTURE}}
    assert person("Wren").look["traits"] == ["black hair", "spectacles"]


def test_another_name_is_taken_into_their_scenes_alone(cast, editor):
    send(editor, "person_change", person("Ada"), **form(person("Ada"), name="Ada Byron", aliases="Ada, Miss B."))
    assert Scene.objects.get(pk=cast.scenes[2].pk).segments[0]["speaker"] == "Ada Byron"
    assert person("Ada Byron").aliases == ["Ada", "Miss B."]
    assert marked(cast) == {}  # she is not seen, and sounds as before


def test_two_that_are_one(cast, editor):
    send(editor, "person_merge", person("Ada"), into=person("Wren").pk)
    assert list(Character.objects.values_list("name", flat=True)) == ["Wren"]
    assert person("Wren").aliases == ["Ada"]
    assert marked(cast) == {3: {VOICE}}


def test_one_that_is_two(cast, editor):
    before = shown.cast(cast.run)
    keys = [scene.pk for scene in cast.scenes]
    send(editor, "person_split", person("Wren"), name="Her sister", line=f"{keys[0]}-0", scene=keys[1])
    assert marked(cast) == {1: {VOICE}, 2: {PICTURE}}
    after = shown.cast(cast.run)
    assert (after["Wren"], after["Ada"]) == (before["Wren"], before["Ada"])
    assert after["Her sister"] not in (before["Wren"], before["Ada"])


def test_who_says_a_line_marks_its_scene(cast, editor):
    send(editor, "person_lines", person("Wren"), **{f"says-{cast.scenes[0].pk}-0": "Ada", "back": "one"})
    assert Scene.objects.get(pk=cast.scenes[0].pk).segments[0]["speaker"] == "Ada"
    assert marked(cast) == {1: {VOICE}}


def test_somebody_who_gets_a_line_takes_nobody_s_voice(cast, editor):
    Character.objects.create(project=cast.project, name="Aaron")
    before = shown.cast(cast.run)
    send(editor, "person_lines", person("Ada"), **{f"says-{cast.scenes[2].pk}-0": "Aaron"})
    assert marked(cast) == {3: {VOICE}}
    assert shown.cast(cast.run)["Wren"] == before["Wren"]


def test_on_the_desk_too_a_new_speaker_takes_nobody_s_voice(cast, editor):
    Character.objects.create(project=cast.project, name="Aaron")
    before = shown.cast(cast.run)
    scene = Scene.objects.get(pk=cast.scenes[1].pk)
    data = {"text-0": scene.narration, "speaker-0": "Aaron", "revision": scene.revision}
    editor.post(reverse("desk_scene", args=[scene.pk]), data)
    assert marked(cast) == {2: {VOICE}}
    assert {name: shown.cast(cast.run)[name] for name in before} == before


def test_a_locked_scene_looks_and_sounds_as_before(cast, editor):
    first = Scene.objects.get(pk=cast.scenes[0].pk)
    takes.lock(first, {name: first.digests[name] for name in (PICTURE, VOICE)}, by=None)
    send(editor, "person_change", person("Wren"), **form(person("Wren"), name="Jenny", traits="black hair"))
    assert marked(cast) == {2: {PICTURE}}
    assert Scene.objects.get(pk=first.pk).segments[0]["speaker"] == "Jenny"


def test_somebody_is_added_once(cast, editor):
    for told in ("is added", "of that name already"):
        assert told in send(editor, "person_add", cast.project, name="The harbour master")


def test_a_person_s_page_lists_lines_and_scenes(cast, editor, client_of):
    address = reverse("person", args=[person("Wren").pk])
    html = editor.get(address).content.decode()
    assert f'name="says-{cast.scenes[0].pk}-0"' in html and f'value="{cast.scenes[1].pk}"' in html
    assert "says-" not in client_of("viewer").get(address).content.decode()


@pytest.mark.usefixtures("time_stands")
def test_pages_ask_as_much_for_many_as_for_few(cast, editor, django_assert_max_num_queries):
    pages = [reverse("people", args=[cast.project.pk]), reverse("person", args=[person("Wren").pk])]
    asked = []
    for page in pages:
        with CaptureQueriesContext(connection) as queries:
            editor.get(page)
        asked.append(len(queries))
    for n in range(20):
        Character.objects.create(project=cast.project, name=f"Sailor {n}", lines=1, mentions=n)
    Scene.objects.bulk_create(
        Scene(script=cast.run.script, number=n, segments=[{"text": "Aye.", "speaker": "Wren"}], brief={"who": ["Wren"]})
        for n in range(10, 200)
    )
    for page, before in zip(pages, asked, strict=True):
        with django_assert_max_num_queries(before):
            editor.get(page)


@pytest.mark.parametrize("who", ["viewer", "reviewer", "stranger", "anonymous"])
def test_only_editors_change_anything(cast, client_of, who):
    client = client_of(who)
    for address, row in (("scene_tools", cast.scenes[0]), ("words_said", cast.project)):
        response = client.post(reverse(address, args=[row.pk]), {"do": "lock", "word": "fog", "said": "mist"})
        assert response.status_code in (302, 403, 404)
    assert not Scene.objects.filter(locked=True).exists()
    assert Project.objects.get(pk=cast.project.pk).lexicon == {}
