"""The same person everywhere, and told apart from the others."""

from __future__ import annotations

from dataclasses import replace

from pipeline.providers.base import Look
from pipeline.providers.local.drawing.figure import Figure
from pipeline.providers.local.drawing.looks import outfit
from pipeline.providers.local.drawing.poses import POSES
from pipeline.providers.local.drawing.scene import plan

from .conftest import CAST


def test_a_person_looks_the_same_in_every_scene(ask):
    briefs = ({"place": "sea", "mood": "fear"}, {"place": "kitchen", "action": "read", "framing": "close"})
    one, two = (plan(ask(i, who=("Ilse",), **b)).actors[0] for i, b in enumerate(briefs))
    assert one.outfit == two.outfit
    assert one.pose != two.pose and one.face != two.face


def test_words_of_the_text_decide():
    who = outfit(Look("Ann", "person", "woman", "female", "adult", ("long red hair", "blue dress", "spectacles")))
    assert (who.hair, who.top, who.glasses, who.head) == ("#b4532a", "#5f86b8", "glasses2", "longBangs")


def test_a_beard_is_for_those_who_have_one():
    assert outfit(CAST[1]).beard and not outfit(CAST[0]).beard


def test_hair_is_not_always_black():
    hairs = {outfit(Look(f"Person {i}", "person", sex="female", age="adult")).hair for i in range(20)}
    assert len(hairs) > 3


def test_age_shows_in_height(ask):
    child, old = (Figure(outfit(CAST[i]), POSES["stand"], "smile") for i in (0, 1))
    assert child.build.head > old.build.head and child.j.low < old.j.low


def test_a_dressed_animal_walks_upright_and_a_fox_on_four_legs(ask):
    rabbit, fox = plan(ask(who=("White Rabbit", "the fox"), action="run")).actors
    assert rabbit.face_char == "🐰" and rabbit.outfit.fur and rabbit.outfit.holds == "watch"
    assert fox.ref == "fox" and not fox.face_char


def test_the_thing_goes_into_the_hand_that_eats_it(ask):
    scene = plan(ask(who=("Ilse",), what=("cake",), action="eat"))
    assert scene.actors[0].held == "🍰" and not scene.things


def test_who_grows_is_larger(ask):
    grown, plain = (plan(ask(place="hall", who=("Ilse",), action=a)).actors[0].scale for a in ("grow", "stand"))
    assert grown > plain


def test_verbs_that_look_like_nouns_bring_nothing_along(ask):
    assert not plan(ask(who=("Ilse",), text="She saw him well, and rose to watch.")).things


def test_size_words_are_heeded(ask):
    small, plain = (
        plan(ask(what=("door",), text=f"There was {t} door in the wall.")).things[0].scale for t in ("a tiny", "a")
    )
    assert small < plain


def test_the_scene_does_not_depend_on_frame_or_style(ask):
    request = ask(place="hall", who=("Ilse",), what=("key",))
    assert plan(request) == plan(replace(request, width=1080, height=1920, style="paper"))
