"""EPUB 2 and 3: the package's order, its table of contents (nav or NCX), pages as blocks, pictures in place."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag, urljoin

from lxml import etree

from projects.errors import BadInput
from projects.readers import guard
from projects.readers.assemble import bind
from projects.readers.blocks import Block, Draft, Entry, tidy
from projects.readers.book import Book, Picture
from projects.readers.linked import from_links
from projects.readers.messages import bad
from projects.readers.sniff import Sample
from projects.readers.tree import Walker

NAME, SUFFIXES, CALLED = "epub", (".epub",), "an EPUB"
_FONTS = {"http://www.idpf.org/2008/embedding", "http://ns.adobe.com/pdf/enc#RC"}
_PAGES = {"application/xhtml+xml", "text/html", "application/x-dtbook+xml", "text/x-oeb1-document"}


def claims(sample: Sample) -> bool:
    return "META-INF/container.xml" in sample.members or (
        sample.members[:1] == ("mimetype",) and b"epub+zip" in sample.head
    )


@dataclass(frozen=True, slots=True)
class _Item:
    place: str
    type: str
    properties: frozenset[str]


def read(path: Path, name: str = "") -> Book:
    """The Book of an EPUB; raises BadInput of the catalogue."""
    archive = guard.Archive(path, "EPUB")
    try:
        return bind(_draft(archive, name or path.name))
    finally:
        archive.close()


def _draft(archive: guard.Archive, name: str) -> Draft:
    _refuse_locked(archive)
    opf = _opf(archive)
    package = guard.xml(archive.read(opf), "EPUB")
    manifest = _manifest(package, opf, archive)
    spine = _spine(package, manifest)
    if not spine:
        raise bad("broken", format="EPUB")
    about: dict[str, Any] = _about(package)
    draft = Draft("epub", [], name=name, **about)
    links: list[tuple[str, str, int]] = []
    _read_pages(archive, spine, manifest, draft, links)
    draft.cover = _cover(archive, package, manifest)
    draft.contents = _contents(archive, package, manifest, draft)
    if len(draft.contents) < 2:
        draft.contents = from_links(draft.blocks, links) or draft.contents
    return draft


def _refuse_locked(archive: guard.Archive) -> None:
    """Fonts may be obscured; a book whose pages are encrypted is under DRM."""
    for place, scheme in (("META-INF/license.lcpl", "LCP"), ("META-INF/sinf.xml", "Apple FairPlay")):
        if archive.find(place):
            raise bad("drm", scheme=scheme)
    if not archive.find("META-INF/encryption.xml"):
        return
    root = guard.xml(archive.read(archive.find("META-INF/encryption.xml")), "EPUB")
    methods = [
        e.get("Algorithm", "")
        for data in root.iter()
        if _is(data, "EncryptedData")
        for e in data
        if _is(e, "EncryptionMethod")
    ]
    if any(m not in _FONTS for m in methods):
        raise bad("drm", scheme="Adobe ADEPT" if archive.find("META-INF/rights.xml") else "encryption")


def _opf(archive: guard.Archive) -> str:
    container = archive.find("META-INF/container.xml")
    if container:
        root = guard.xml(archive.read(container), "EPUB")
        places = [unquote(e.get("full-path", "")) for e in root.iter() if _is(e, "rootfile")]
        found = next((archive.find(p) for p in places if archive.find(p)), "")
        if found:
            return found
    found = next((n for n in archive.names if n.lower().endswith(".opf")), "")
    if not found:
        raise bad("broken", format="EPUB")
    return found


def _is(element: etree._Element, *names: str) -> bool:
    return isinstance(element.tag, str) and element.tag.rpartition("}")[2] in names


def _manifest(package: etree._Element, opf: str, archive: guard.Archive) -> dict[str, _Item]:
    found = {}
    for item in (e for e in package.iter() if _is(e, "item")):
        place = archive.find(_join(opf, item.get("href", "")))
        if place:
            found[item.get("id", "")] = _Item(
                place, item.get("media-type", ""), frozenset(item.get("properties", "").split())
            )
    return found


def _join(base: str, href: str) -> str:
    try:
        return unquote(urldefrag(urljoin(base, href.strip()))[0])
    except ValueError:
        return href


def _spine(package: etree._Element, manifest: dict[str, _Item]) -> list[_Item]:
    refs = [e for e in package.iter() if _is(e, "itemref")]
    found = [manifest[r.get("idref", "")] for r in refs if r.get("idref", "") in manifest]
    return found or [i for i in manifest.values() if i.type in _PAGES and "nav" not in i.properties]


def _about(package: etree._Element) -> dict[str, object]:
    """Title (the main one), authors (creators that are no illustrators or translators), language."""
    meta = [e for e in package.iter() if _is(e, "meta")]
    refined = {(e.get("refines", "").lstrip("#"), e.get("property", "")): tidy(e.text or "") for e in meta}
    dc = [(e.tag.rpartition("}")[2], e) for e in package.iter() if isinstance(e.tag, str) and "purl.org/dc" in e.tag]
    titles = [e for n, e in dc if n == "title" and tidy(e.text or "")]
    main = next(
        (e for e in titles if refined.get((e.get("id", ""), "title-type")) == "main"), titles[0] if titles else None
    )
    authors = []
    for creator in (e for n, e in dc if n == "creator"):
        role = refined.get((creator.get("id", ""), "role")) or creator.get("{http://www.idpf.org/2007/opf}role", "aut")
        if role in ("aut", "", "author") and tidy(creator.text or ""):
            authors.append(tidy(creator.text or ""))
    language = next((tidy(e.text or "") for n, e in dc if n == "language"), "")
    return {
        "title": tidy(main.text or "") if main is not None else "",
        "authors": tuple(dict.fromkeys(authors)),
        "language": language,
    }


def _read_pages(
    archive: guard.Archive,
    spine: list[_Item],
    manifest: dict[str, _Item],
    draft: Draft,
    links: list[tuple[str, str, int]],
) -> None:
    types = {i.place: i.type for i in manifest.values()}
    cache: dict[str, tuple[bytes, str] | None] = {}

    def fetch(place: str) -> tuple[bytes, str] | None:
        if place not in cache:
            cache[place] = _picture(archive, place, types)
        return cache[place]

    left: list[str] = []
    for item in spine:
        if "nav" in item.properties and item.type in _PAGES and _only_nav(archive, item):
            continue
        if item.type.startswith("image/"):
            found = fetch(item.place)
            draft.blocks += (
                [Block(picture=Picture(item.place.rpartition("/")[2], *found), anchors=(item.place,))] if found else []
            )
            continue
        root = guard.page(archive.read(item.place))
        if root is None:
            continue
        walker = Walker(item.place, fetch)
        walker._anchors += left
        blocks = walker.read(root)
        left = walker.left
        links += [(target, text, n + len(draft.blocks)) for target, text, n in walker.links]
        draft.blocks += blocks


def _only_nav(archive: guard.Archive, item: _Item) -> bool:
    """A navigation page inside the reading order says nothing that the table of contents does not say."""
    root = guard.page(archive.read(item.place))
    return root is None or any(_is(e, "nav") for e in root.iter())


def _picture(archive: guard.Archive, place: str, types: dict[str, str]) -> tuple[bytes, str] | None:
    found = archive.find(place)
    if not found:
        return None
    suffix = found.rpartition(".")[2].lower()
    media = types.get(found) or {"jpg": "image/jpeg", "svg": "image/svg+xml"}.get(suffix, f"image/{suffix}")
    data = _spared(archive, found) if media.startswith("image/") else b""
    return (data, media) if data else None


def _spared(archive: guard.Archive, place: str) -> bytes:
    """A part that a book can do without: nothing when it is damaged."""
    try:
        return archive.read(place)
    except BadInput:
        return b""


def _cover(archive: guard.Archive, package: etree._Element, manifest: dict[str, _Item]) -> Picture | None:
    named = next((e.get("content", "") for e in package.iter() if _is(e, "meta") and e.get("name") == "cover"), "")
    item = next((i for i in manifest.values() if "cover-image" in i.properties), None) or manifest.get(named)
    if item is None or not item.type.startswith("image/"):
        item = next((i for k, i in manifest.items() if i.type.startswith("image/") and "cover" in k.lower()), None)
    if item is None:
        return None
    data = _spared(archive, item.place)
    return Picture(item.place.rpartition("/")[2], data, item.type) if data else None


def _contents(archive: guard.Archive, package: etree._Element, manifest: dict[str, _Item], draft: Draft) -> list[Entry]:
    """The navigation document, else the NCX; also notes where the body begins."""
    nav = next((i for i in manifest.values() if "nav" in i.properties), None)
    found: list[Entry] = []
    if nav:
        root = guard.page(_spared(archive, nav.place))
        if root is not None:
            found = list(_nav(root, nav.place))
            draft.body_starts = _landmark(root, nav.place)
    ncx = next((i for i in manifest.values() if i.type == "application/x-dtbncx+xml"), None)
    if not found and ncx and (data := _spared(archive, ncx.place)):
        root = guard.xml(data, "EPUB")
        found = list(_ncx(next((e for e in root.iter() if _is(e, "navMap")), root), ncx.place, 0))
    return [Entry(e.title, _spelt(archive, e.target), e.depth) for e in found]


def _spelt(archive: guard.Archive, target: str) -> str:
    """A place with its file spelt as in the archive."""
    path, mark, fragment = target.partition("#")
    return (archive.find(path) or path) + mark + fragment


def _place(base: str, href: str) -> str:
    path, _, fragment = href.strip().partition("#")
    place = _join(base, path) if path else base
    return f"{place}#{unquote(fragment)}" if fragment else place


def _navs(root: etree._Element) -> Iterator[tuple[str, etree._Element]]:
    for element in root.iter():
        if _is(element, "nav"):
            yield (
                element.get("{http://www.idpf.org/2007/ops}type")
                or element.get("epub:type")
                or element.get("role")
                or "toc",
                element,
            )


def _nav(root: etree._Element, base: str) -> Iterator[Entry]:
    for kind, element in _navs(root):
        if "toc" in kind.split() or "doc-toc" in kind:
            yield from _list(element, base, -1)
            return


def _list(element: etree._Element, base: str, depth: int) -> Iterator[Entry]:
    for child in element:
        if _is(child, "ol", "ul"):
            yield from _list(child, base, depth + 1)
        elif _is(child, "a", "span") and depth >= 0:
            title = tidy("".join(child.itertext()))
            yield Entry(title, _place(base, child.get("href") or "") if child.get("href") else "", depth)
        elif isinstance(child.tag, str) and not _is(child, "h1", "h2", "h3", "h4", "h5", "h6"):
            yield from _list(child, base, depth)


def _landmark(root: etree._Element, base: str) -> str:
    for kind, element in _navs(root):
        if "landmarks" in kind:
            for link in element.iter():
                words = (
                    (link.get("{http://www.idpf.org/2007/ops}type") or "").split() if isinstance(link.tag, str) else []
                )
                if "bodymatter" in words and link.get("href"):
                    return _place(base, link.get("href") or "")
    return ""


def _ncx(element: etree._Element, base: str, depth: int) -> Iterator[Entry]:
    for point in (e for e in element if _is(e, "navPoint")):
        label = next((tidy("".join(e.itertext())) for e in point if _is(e, "navLabel")), "")
        source = next((e.get("src", "") for e in point if _is(e, "content")), "")
        yield Entry(label, _place(base, source) if source else "", depth)
        yield from _ncx(point, base, depth + 1)
