"""The hosted grammar says what the model says in this process."""

from __future__ import annotations

from pipeline.language.grammar import analyse
from pipeline.providers.local import host
from pipeline.providers.local.grammar import hosted

TEXTS = ["The White Rabbit took a watch out of its pocket.", "“Naïve!” said Alice."]


def test_hosted_grammar_is_the_same():
    assert hosted(TEXTS, "en") == analyse(TEXTS, "en")
    assert host.status("grammar")[0]["requests"] >= 1


def test_an_unknown_language_is_words_alone():
    assert hosted(["Ez egy ház."], "hu") == analyse(["Ez egy ház."], "hu")
