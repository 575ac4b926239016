"""Gemini against its fake."""

from __future__ import annotations

import json

import pytest

from pipeline.providers.base import Brief, ImageRequest, ProviderFault, ProviderRefusal
from pipeline.providers.gemini import GeminiIllustrator
from tests.fakes import media
from tests.fakes.gemini import FakeGemini


@pytest.fixture
def vendor(start):
    return start(FakeGemini)


@pytest.fixture
def draw(vendor):
    def drawn(model="gemini-3.1-flash-image", key=vendor.key, **options):
        client = GeminiIllustrator(key=key, model=model, base_url=vendor.url, allow_private=True)
        return client.draw(
            ImageRequest("an empty room as a reading nook", Brief(), **{"width": 1280, "height": 720, **options})
        )

    return drawn


def test_the_key_goes_into_its_header_and_the_picture_is_as_asked(draw, vendor):
    result = draw(references=(media.picture(64, 48, form="jpeg"),))
    assert (result.width, result.height) == (1280, 720) and result.usage.vendor_id == vendor.bill.rows[0].vendor_id
    asked = json.loads(vendor.requests[-1].body)
    assert asked["contents"][0]["parts"][1]["inlineData"]["mimeType"] == "image/jpeg"
    assert asked["generationConfig"]["imageConfig"] == {"aspectRatio": "16:9", "imageSize": "1K"}
    assert vendor.key not in vendor.requests[-1].path + str(vendor.requests[-1].query)


def test_older_models_take_no_size(draw):
    assert draw(model="gemini-2.5-flash-image").width == 1280


def test_a_block_is_a_refusal_that_cost_nothing(draw, vendor):
    vendor.faults.next("refused")
    with pytest.raises(ProviderRefusal, match="PROHIBITED_CONTENT") as refusal:
        draw()
    assert refusal.value.kind == "moderation" and refusal.value.usage.units == 0 == len(vendor.bill.rows)


@pytest.mark.parametrize("kind", ["no_image", "error_in_200", "truncated_media", "wrong_media"])
def test_a_200_without_a_good_picture_is_a_fault(draw, vendor, kind):
    vendor.faults.next(kind)
    with pytest.raises(ProviderFault) as fault:
        draw()
    assert fault.value.kind == "garbage" and fault.value.usage.units == len(vendor.bill.rows)


def test_a_wrong_key_is_told_by_a_400(draw):
    with pytest.raises(ProviderFault) as fault:
        draw(key="AIzaWrong")
    assert fault.value.kind == "key"


def test_how_long_to_wait_stands_in_the_body(draw, vendor):
    vendor.faults.next("429", retry_after=21)
    with pytest.raises(ProviderFault) as fault:
        draw()
    assert (fault.value.kind, fault.value.retry_after) == ("limit", 21.0)


def test_an_unknown_model_is_missing(draw):
    with pytest.raises(ProviderFault) as fault:
        draw(model="gemini-9-image")
    assert fault.value.kind == "missing"
