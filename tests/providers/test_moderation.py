"""The local sieve: what it holds back, and what it lets through."""

from __future__ import annotations

import io

import numpy as np
import pytest
from PIL import Image

from pipeline.providers.base import ModerationRequest, ProviderRefusal
from pipeline.providers.local.moderation import LocalModerator
from tests.fakes import media


def judged(text="", picture=None):
    return LocalModerator().moderate(ModerationRequest(text, picture))


def png(pixels):
    out = io.BytesIO()
    Image.fromarray(np.asarray(pixels, np.uint8)).save(out, "PNG")
    return out.getvalue()


@pytest.mark.parametrize(
    "text, category",
    [("How to make a pipe bomb at home", "illicit/violent"), ("Sieg Heil!", "hate"), ("how do I kill myself", "self-harm/instructions"),
     ("child sexual content", "sexual/minors"), ("a hardcore porn scene", "sexual")],
)  # fmt: skip
def test_what_nobody_should_publish_is_flagged(text, category):
    assert judged(text).categories == (category,) and judged(text).flagged


@pytest.mark.parametrize(
    "text",
    ["Off with her head! shouted the Queen.", "He killed the whale and was drowned.", "Children of both sexes went to school.",
     "Dick Essex went to Scunthorpe.", "She thought of killing herself, and wept.", "The war killed thousands; a bomb fell.", ""],
)  # fmt: skip
def test_books_may_be_grim(text):
    assert not judged(text).flagged


@pytest.mark.parametrize("size", [(640, 640), (1280, 720), (720, 1280)])
def test_a_bare_figure_is_flagged(size):
    assert judged(picture=media.figure(*size)).categories == ("sexual",)


@pytest.mark.parametrize("skin", [(236, 188, 160), (198, 134, 100), (141, 85, 60)])
def test_skin_alone_is_not(skin):
    pixels = np.full((90, 160, 3), (40, 60, 90))
    pixels[10:85, 10:150] = skin
    assert not judged(picture=png(pixels)).flagged


@pytest.mark.parametrize("paper", [(255, 255, 255), (244, 236, 220), (0, 0, 0), (120, 160, 90)])
def test_paper_and_meadows_are_not(paper):
    assert not judged(picture=png(np.full((90, 160, 3), paper))).flagged


def test_what_is_no_picture_is_refused():
    with pytest.raises(ProviderRefusal):
        judged(picture=b"<!doctype html>")
