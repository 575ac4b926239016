"""Front matter, body or back matter: by the file's own words, then by title, then by place."""

from __future__ import annotations

from projects.readers import headings
from projects.readers.book import Kind

_FRONT_WORDS = {
    "frontmatter", "titlepage", "halftitlepage", "halftitle", "imprint", "copyright-page", "dedication", "epigraph", "foreword", "preface",
    "toc", "cover", "z3998:frontispiece", "frontispiece", "seriespage", "contributors", "other-credits", "doc-foreword", "doc-preface", "doc-toc", "doc-dedication",
}  # fmt: skip
_BACK_WORDS = {
    "backmatter", "appendix", "colophon", "endnotes", "footnotes", "rearnotes", "glossary", "bibliography", "index", "copyright-notice", "errata", "afterword", "doc-appendix",
    "doc-endnotes", "doc-glossary", "doc-bibliography", "doc-index", "doc-colophon", "doc-afterword", "loi", "lot", "uncopyright", "about-the-author",
}  # fmt: skip
_BODY_WORDS = {
    "bodymatter",
    "chapter",
    "part",
    "prologue",
    "epilogue",
    "volume",
    "division",
    "doc-chapter",
    "doc-part",
    "doc-prologue",
    "doc-epilogue",
    "z3998:fiction",
}
_NAME = {headings.FRONT: Kind.FRONT, headings.BACK: Kind.BACK, headings.BODY: Kind.BODY}


def by_words(words: frozenset[str]) -> Kind | None:
    """What the file's own words (epub:type, role, class) say; outer matter words win over the inner part's."""
    for matter, kind in (("frontmatter", Kind.FRONT), ("backmatter", Kind.BACK), ("bodymatter", Kind.BODY)):
        if matter in words:
            return kind
    for known, kind in ((_FRONT_WORDS, Kind.FRONT), (_BACK_WORDS, Kind.BACK), (_BODY_WORDS, Kind.BODY)):
        if words & known:
            return kind
    return None


def by_title(title: str) -> Kind | str | None:
    """Kind for a title that everybody knows, "either" when its place decides, None for any other."""
    found = headings.recognise(title)
    if found and found.number is not None and found.title and headings.named(found.title):
        return None  # "I. Introduction" is a chapter
    name = headings.named(title)
    return _NAME.get(name) or (headings.EITHER if name == headings.EITHER else None)


def settle(hints: list[Kind | str | None]) -> list[Kind]:
    """One kind each: undecided ones before the first sure body chapter stay body, "either" goes by its place."""
    body = [i for i, hint in enumerate(hints) if hint in (None, Kind.BODY)]
    first, last = (body[0], body[-1]) if body else (len(hints), -1)
    kinds = []
    for index, hint in enumerate(hints):
        if hint == headings.EITHER:
            kinds.append(Kind.FRONT if index < first else Kind.BACK)
        elif hint is Kind.BACK and index < first:
            kinds.append(Kind.FRONT)
        elif hint is Kind.FRONT and index > last and body:
            kinds.append(Kind.BACK)
        else:
            kinds.append(hint if isinstance(hint, Kind) else Kind.BODY)
    return kinds
