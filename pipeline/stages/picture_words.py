"""A picture's brief in words, for models that read: who is there and how they look, where, in which hand it is drawn."""

from __future__ import annotations

from pipeline.language.picture import Brief, Look

HANDS = {
    "ink": "Picture-book illustration: fine ink lines washed with soft watercolour on warm paper.",
    "paper": "Cut-paper collage: flat coloured shapes laid over each other, with soft shadows.",
    "shadow": "Shadow theatre: dark silhouettes before warm, glowing light.",
}
CLEAN = "One single picture. No text, letters, captions, watermark, frame or border."
LONGEST = 1500  # characters: every model takes as many


def scene(title: str, brief: Brief, cast: tuple[Look, ...], style: str) -> str:
    """What a scene's picture shows."""
    people = "; ".join(look(one) for one in cast)
    things = ", ".join(one for one in brief.what if one)
    where = ", ".join(filter(None, (brief.place, "indoors" if brief.indoors else "", brief.time, brief.weather)))
    parts = (
        f"{title.rstrip('.')}.",
        f"{brief.framing.capitalize()} shot.",
        f"Present: {people}." if people else "",
        f"Seen: {things}." if things else "",
        f"Place: {where}." if where else "",
        f"Mood: {brief.mood}." if brief.mood else "",
        "The people look as in the pictures given." if people else "",
    )
    return _fitted(" ".join(filter(None, parts)), style)


def portrait(one: Look, style: str) -> str:
    """One character alone, to be drawn alike ever after."""
    return _fitted(f"Character sheet of {look(one)}: the whole figure, standing, facing us, on a plain ground.", style)


def look(one: Look) -> str:
    """ "Alice (child, female, girl; fair hair, blue dress)"."""
    who = ", ".join(dict.fromkeys(filter(None, (one.age, one.sex, one.noun))))
    traits = ", ".join(one.traits)
    told = "; ".join(filter(None, (who, traits)))
    return f"{one.name} ({told})" if told else one.name


def _fitted(words: str, style: str) -> str:
    hand = f"{HANDS.get(style, HANDS['ink'])} {CLEAN}"
    return f"{words[: LONGEST - len(hand) - 1]} {hand}"
