"""What calls are thought to cost before they are sent, and what they did cost after."""

from __future__ import annotations

from decimal import Decimal

import pytest

from pipeline.providers.base import SpeechRequest, TextRequest, Usage, Utterance
from pipeline.routing import estimate
from pipeline.routing.catalogue import Model

TEXT = Model("v:t", tokens_in=Decimal(1), tokens_out=Decimal(4))
APIECE, LETTERS = Model("v:i", price=Decimal("0.04")), Model("v:s", unit="characters", price=Decimal("0.00004"))
TIMED = Model("v:m", unit="seconds", price=Decimal("0.01"))


@pytest.mark.parametrize(
    ("model", "used", "cost"),
    [
        (TEXT, Usage("v", "t", tokens_in=1000, tokens_out=500, priced=False), "0.003"),
        (TEXT, Usage("v", "t", cost_usd=Decimal("0.5"), tokens_in=1000), "0.5"),
        (APIECE, Usage("v", "i", "images", Decimal(2), tokens_out=1290, priced=False), "0.08"),
        (APIECE, Usage("v", "i", "images", Decimal(0), priced=False), "0"),
        (LETTERS, Usage("v", "s", "characters", Decimal(500), seconds=30.0, priced=False), "0.02"),
        (TIMED, Usage("v", "m", "seconds", Decimal(10), seconds=10.025, priced=False), "0.1"),
        (TIMED, Usage("v", "m", "calls", Decimal(1), seconds=5.0, priced=False), "0.05"),
    ],
)
def test_what_a_call_cost(model, used, cost):
    assert estimate.priced(model, used).cost_usd == Decimal(cost)


def test_what_a_call_will_cost_at_most():
    text = TextRequest("t", "word " * 720, max_tokens=1000)
    assert estimate.cost(TEXT, text, "text") == Decimal("0.005002")
    speech = SpeechRequest((Utterance("x" * 100, "y" * 250, "v"),))
    assert estimate.cost(LETTERS, speech, "speech") == Decimal("0.01")


def test_signs_without_spaces_are_tokens():
    assert estimate.tokens("狐狸找到一盏灯") == 8
    assert 14 <= estimate.tokens("Once a fox found a lamp in the dark forest behind the old mill.") < 25
