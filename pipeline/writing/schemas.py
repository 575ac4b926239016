"""What answers look like: closed objects whose fields are all required, as strict output asks for."""

from __future__ import annotations

from typing import Any

Schema = dict[str, Any]
WORD: Schema = {"type": "string"}
NUMBER: Schema = {"type": "integer"}


def obj(**fields: Schema) -> Schema:
    return {"type": "object", "properties": fields, "required": list(fields), "additionalProperties": False}


def many(items: Schema) -> Schema:
    return {"type": "array", "items": items}


def one_of(*words: str) -> Schema:
    return {"type": "string", "enum": list(words)}


KINDS = ("person", "animal", "thing")
SEXES = ("female", "male", "")
AGES = ("child", "adult", "old", "")
TIMES = ("dawn", "day", "dusk", "night", "")
WEATHERS = ("clear", "rain", "snow", "storm", "fog", "")
MOODS = ("calm", "joy", "fear", "sadness", "anger", "wonder")
FRAMINGS = ("wide", "medium", "close")

BIBLE = obj(
    people=many(
        obj(
            name=WORD, also=many(WORD), kind=one_of(*KINDS), noun=WORD, sex=one_of(*SEXES), age=one_of(*AGES),
            traits=many(WORD),
        )
    ),
    places=many(obj(name=WORD, looks=WORD)),
    tone=WORD,
)  # fmt: skip
ABRIDGE = obj(keep=many(NUMBER))
SUMMARY = obj(sentences=many(obj(**{"text": WORD, "from": NUMBER, "to": NUMBER, "begins": WORD})))
SCENES = obj(
    scenes=many(
        obj(
            first=NUMBER, last=NUMBER, begins=WORD, title=WORD, place=WORD, indoors={"type": "boolean"},
            time=one_of(*TIMES), weather=one_of(*WEATHERS), who=many(WORD), what=many(WORD), action=WORD,
            mood=one_of(*MOODS), framing=one_of(*FRAMINGS),
        )
    )
)  # fmt: skip
