"""The project's own pronunciations, laid over the run of text before any rule."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pipeline.language.spoken_atoms import Atom

Lexicon = Sequence[tuple[str, str]]  # (written, said as): "her-MY-oh-nee", "/hɜːˈmaɪəni/" or other words
RESPELT = re.compile(r"[A-Za-z']+(?:-[A-Za-z']+)+")


def replaced(run: Sequence[Atom], lexicon: Lexicon) -> dict[int, list[str]]:
    """Places of `run` whose words the lexicon fixes. Longer entries go first; a possessive keeps its 's."""
    found: dict[int, list[str]] = {}
    entries = sorted(((written.replace("’", "'").split(), said) for written, said in lexicon), key=lambda e: -len(e[0]))
    for at in range(len(run)):
        for written, said in entries:
            places = range(at, at + len(written))
            if written and at not in found and _matches(run, places, written):
                possessive = run[places[-1]].core.endswith("'s") and not written[-1].endswith("'s")
                found |= _shared(places, _words(said, possessive))
                _drop_points(run, places, written)
    return found


def _drop_points(run: Sequence[Atom], places: range, written: Sequence[str]) -> None:
    """The entry's own points ("Mr. X") end no sentence."""
    for place, word in zip(places, written, strict=True):
        if word.endswith("."):
            run[place].drop_point()


def _matches(run: Sequence[Atom], places: range, written: Sequence[str]) -> bool:
    """As written, in capitals throughout, or with the capital of a sentence's first word."""
    if places.stop > len(run):
        return False
    cores = [run[place].core for place in places]
    cores[-1] = cores[-1] if written[-1].endswith("'s") else cores[-1].removesuffix("'s")
    bare = [word.strip(".,;:!?") for word in written]
    opened = [bare[0][:1].upper() + bare[0][1:], *bare[1:]]
    return cores in (bare, opened) or (all(map(str.isupper, cores)) and cores == [word.upper() for word in bare])


def _words(said: str, possessive: bool) -> list[str]:
    """A respelling is put between slashes, like IPA; "her-MY-oh-nee" has a stressed part in capitals."""
    said = said.strip()
    if RESPELT.fullmatch(said) and any(part.isupper() for part in said.split("-")) and not said.isupper():
        said = f"/{said}/"
    words = [said] if said.startswith("/") and said.endswith("/") else said.split()
    words = [word.replace(" ", "") for word in words] if len(words) == 1 else words
    return words[:-1] + [words[-1] + "'s"] if possessive and words else words


def _shared(places: range, words: list[str]) -> dict[int, list[str]]:
    """One word each, the rest to the last place."""
    shares = {place: words[number : number + 1] for number, place in enumerate(places)}
    shares[places[-1]] = words[len(places) - 1 :]
    return shares
