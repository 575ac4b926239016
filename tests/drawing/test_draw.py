"""Pictures through the public door."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
from PIL import Image

from pipeline.providers.base import Look, ProviderRefusal
from pipeline.providers.local.drawing import LocalIllustrator, styles

SCENE = {"place": "forest", "who": ("Ilse", "the fox"), "what": ("lantern",), "action": "run", "mood": "fear"}


def pixels(result):
    return Image.open(io.BytesIO(result.data)).convert("RGB")


def test_same_request_same_bytes(ask):
    one, two = (LocalIllustrator().draw(ask(**SCENE)) for _ in range(2))
    assert one.data == two.data


def test_another_seed_another_picture(ask):
    one, two = (LocalIllustrator().draw(ask(seed, **SCENE)) for seed in (1, 2))
    assert one.data != two.data


@pytest.mark.parametrize("size", [(640, 360), (360, 640), (400, 400)])
def test_the_size_is_the_requests(ask, size):
    result = LocalIllustrator().draw(ask(size=size, **SCENE))
    assert (result.width, result.height) == size == pixels(result).size


def test_another_frame_shows_the_same_things(ask):
    wide, tall = (LocalIllustrator().draw(ask(size=s, **SCENE)) for s in ((320, 180), (180, 320)))
    assert wide.alt == tall.alt


@pytest.mark.parametrize("style", [s[0] for s in styles()])
def test_every_style_draws_its_own(ask, style):
    result = LocalIllustrator().draw(ask(style=style, **SCENE))
    assert len(set(pixels(result).resize((40, 22)).tobytes())) > 40  # not a bare card


def test_styles_differ(ask):
    assert len({LocalIllustrator().draw(ask(style=s[0], **SCENE)).data for s in styles()}) == len(styles())


def test_faces_and_focus_lie_in_the_frame(ask):
    result = LocalIllustrator().draw(ask(place="street", who=("Ilse", "Marten"), action="talk"))
    assert len(result.faces) == 2
    assert all(x >= 0 and y >= 0 and x + w <= 1 and y + h <= 1 and w > 0 and h > 0 for x, y, w, h in result.faces)
    assert all(0 < v < 1 for v in result.focus)


def test_focus_rests_on_the_face_of_who_comes_first(ask):
    result = LocalIllustrator().draw(ask(place="meadow", who=("Ilse",), framing="close"))
    x, y, w, h = result.faces[0]
    assert x <= result.focus[0] <= x + w and y <= result.focus[1] <= y + h


def test_the_glow_of_night_is_darker_than_day(ask):
    day, night = (pixels(LocalIllustrator().draw(ask(place="meadow", time=t))).convert("L") for t in ("day", "night"))
    mean = lambda p: sum(p.tobytes()) / (p.width * p.height)  # noqa: E731
    assert mean(night) < mean(day) - 30


def test_alt_tells_who_does_what_where(ask):
    result = LocalIllustrator().draw(ask(place="harbour", who=("Marten",), what=("net",), action="pull", time="night"))
    assert result.alt == "Marten pulling, with a net; harbour at night."


def test_sources_are_named(ask):
    licence = LocalIllustrator().draw(ask()).usage.licence
    assert "OFL" in licence and "CC0" in licence


def test_an_impossible_size_is_refused(ask):
    with pytest.raises(ProviderRefusal):
        LocalIllustrator().draw(ask(size=(9000, 9000)))


def test_an_empty_brief_is_drawn(ask):
    result = LocalIllustrator().draw(ask())
    assert len(set(pixels(result).resize((40, 22)).tobytes())) > 40 and result.alt


def test_a_place_without_people_or_things_shows_what_stands_for_it(ask):
    assert LocalIllustrator().draw(ask(place="forest")).alt == "An owl; forest."


def test_an_animal_has_its_own_colour(ask):
    def brightness(*traits):
        goat = Look("Admiral", "animal", "goat", traits=traits)
        result = LocalIllustrator().draw(replace(ask(place="meadow", who=("Admiral",)), cast=(goat,)))
        x, y, w, h = (
            part * side for part, side in zip(result.faces[0], (result.width, result.height) * 2, strict=True)
        )
        face = pixels(result).convert("L").crop((round(x), round(y), round(x + w), round(y + h)))
        return sum(face.tobytes()) / (face.width * face.height)

    assert brightness("black fur") + 10 < brightness() < brightness("white fur") - 10
