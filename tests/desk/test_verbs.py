"""Every edit of a script can be told, compared and taken back; two at once lose nothing."""

from __future__ import annotations

import pytest

from projects.desk import compare, history, order, people, takes, words
from projects.errors import BadInput, Refused
from projects.models import Change, Character, Clash, Scene, Take


def fresh(scene):
    return Scene.objects.select_related("chapter", "script").get(pk=scene.pk)


def keys(desk):
    return list(Scene.objects.filter(script=desk.run.script).order_by("number").values_list("pk", flat=True))


def write(scene, text, by=None, revision=None):
    row = fresh(scene)
    return words.write(row, [words.Line(text)], revision=revision or row.revision, by=by)


def test_words_written_in_one_breath_are_one_change(desk, world):
    owner = world.people["owner"]
    write(desk.scenes[0], "The fog came", owner)
    write(desk.scenes[0], "The fog came by day.", owner)
    assert fresh(desk.scenes[0]).narration == "The fog came by day."
    assert Change.objects.filter(kind="words").count() == 1


def test_two_at_once_lose_nothing_and_one_chooses(desk, world):
    seen = fresh(desk.scenes[0]).revision
    write(desk.scenes[0], "Anna's words.", world.people["owner"], seen)
    clash = write(desk.scenes[0], "Ben's words.", world.people["editor"], seen)
    assert (fresh(desk.scenes[0]).narration, clash.narration) == ("Anna's words.", "Ben's words.")
    assert clash.against == world.people["owner"]
    assert words.settle(Clash.objects.get(pk=clash.pk), take=True, by=world.people["editor"])
    assert not words.settle(clash, take=True, by=world.people["owner"])
    assert fresh(desk.scenes[0]).narration == "Ben's words."


def test_a_scene_needs_words(desk):
    with pytest.raises(BadInput):
        write(desk.scenes[0], "  ")


def test_split_and_merge_give_the_words_back(desk):
    before = fresh(desk.scenes[0]).narration
    new = order.split(fresh(desk.scenes[0]), segment=0, at=before.index("by"), by=None)
    assert f"{fresh(desk.scenes[0]).narration} {fresh(new).narration}" == before
    assert keys(desk)[1] == new.pk
    assert fresh(new).start == before.index("by")
    order.merge(fresh(desk.scenes[0]), by=None)
    assert fresh(desk.scenes[0]).narration == before
    assert len(keys(desk)) == 3


def test_moving_keeps_pictures_and_opens_the_chapter_with_its_first_scene(desk):
    first, title = desk.scenes[0], fresh(desk.scenes[0]).opens
    order.move(fresh(first), to=3, by=None)
    assert keys(desk)[2] == first.pk
    assert fresh(first).seed == 1
    assert [s.opens for s in Scene.objects.filter(script=desk.run.script).order_by("number")] == [title, "", ""]


def test_a_deletion_is_taken_back_even_after_other_changes(desk):
    was = keys(desk)
    coverage = desk.run.script.coverage
    order.delete(fresh(desk.scenes[1]), by=None)
    desk.run.script.refresh_from_db()
    assert desk.run.script.coverage < coverage
    gone = Change.objects.get(kind="delete")
    write(desk.scenes[2], "Something else.")
    history.undo(desk.run.script, by=None, change=gone)
    desk.run.script.refresh_from_db()
    assert (keys(desk), desk.run.script.coverage) == (was, coverage)
    assert fresh(desk.scenes[2]).narration == "Something else."


def test_restoring_makes_the_script_as_it_was_but_leaves_locked_scenes(desk):
    told = [fresh(s).narration for s in desk.scenes]
    for scene in desk.scenes:
        write(scene, "Other words.")
    takes.lock(fresh(desk.scenes[2]), {}, by=None)
    order.delete(fresh(desk.scenes[0]), by=None)
    history.restore(desk.run.script, 0, by=None)
    assert [fresh(s).narration for s in desk.scenes] == [*told[:2], "Other words."]


def test_versions_are_compared_word_by_word(desk):
    write(desk.scenes[0], "The fog came in by day. In the morning the harb")
    rows = compare.versions(history.at(desk.run.script, 0).listed(), history.at(desk.run.script, 1).listed())
    assert [(r.number, r.kind) for r in rows] == [(1, "changed")]
    assert [p.text.strip() for p in rows[0].parts if p.kind == "new"][0] == "day."


def test_a_locked_scene_refuses(desk):
    takes.lock(fresh(desk.scenes[0]), {}, by=None)
    for act in (lambda: write(desk.scenes[0], "No."), lambda: order.delete(fresh(desk.scenes[0]), by=None)):
        with pytest.raises(Refused):
            act()


def test_a_take_is_chosen_again_and_other_words_let_go_of_it(desk):
    takes.remember(desk.scenes[0], {takes.VOICE: desk.voice})
    takes.redo(fresh(desk.scenes[0]), takes.VOICE, by=None)
    takes.choose(fresh(desk.scenes[0]), Take.objects.get(), by=None)
    assert fresh(desk.scenes[0]).kept == {takes.VOICE: desk.voice.recipe}
    write(desk.scenes[0], "Other words.")
    assert fresh(desk.scenes[0]).kept == {}


def test_merging_two_who_are_one_changes_exactly_their_scenes(desk):
    one, other = (Character.objects.create(project=desk.project, name=n, lines=1) for n in ("Wren", "The Girl"))
    people.speak(fresh(desk.scenes[1]), 0, "The Girl", by=None)
    revisions = [fresh(s).revision for s in desk.scenes]
    people.merge(other, one, by=None)
    assert fresh(desk.scenes[1]).segments[0]["speaker"] == "Wren"
    assert [fresh(s).revision - r for s, r in zip(desk.scenes, revisions)] == [0, 1, 0]


def test_splitting_one_who_is_two_moves_the_chosen_lines(desk):
    wren = Character.objects.create(project=desk.project, name="Wren", lines=2)
    for scene in desk.scenes[:2]:
        people.speak(fresh(scene), 0, "Wren", by=None)
    people.split(wren, name="Her sister", lines=[(desk.scenes[1].pk, 0)], scenes=[], by=None)
    assert [fresh(s).segments[0]["speaker"] for s in desk.scenes] == ["Wren", "Her sister", ""]
