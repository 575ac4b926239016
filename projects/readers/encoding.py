"""Bytes of unknown encoding become text, or a message."""

from __future__ import annotations

import re
import unicodedata

from projects.readers.language import guess
from projects.readers.messages import bad

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\x00\x00", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_SAID = re.compile(rb"Character set encoding:\s*([\w-]+)", re.I)
_UNWANTED = dict.fromkeys((0, 2, 3, 0x1A))
_CONTROL = bytes(set(range(32)) - {9, 10, 12, 13, 26, 27, 0x0E, 0x0F})  # escape and shift occur in ISO-2022-JP


def decode(data: bytes) -> tuple[str, list[str]]:
    """Text with "\\n" lines, and warnings; raises `empty`, `binary_text` or `unknown_encoding`."""
    if not data.strip(b"\x00 \t\r\n"):
        raise bad("empty")
    text, warnings = _text(data)
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\x0c", "\n\n").translate(_UNWANTED)
    if sum(
        not (c.isprintable() or c.isspace() or c in "\u00ad\u200b\u200c\u200d\ufeff") for c in text[:20000]
    ) > 0.05 * len(text[:20000]):
        raise bad("binary_text")
    return text, warnings


def _text(data: bytes) -> tuple[str, list[str]]:
    for mark, name in _BOMS:
        if data.startswith(mark):
            return _mended(data, name)
    if b"\x00" in data[:20000]:
        return _wide(data)
    if _is_binary(data):
        raise bad("binary_text")
    try:
        return data.decode("utf-8"), []
    except UnicodeDecodeError as error:
        if _mostly_utf8(data):
            return _mended(data, "utf-8")
        return _guessed(data, error)


def _is_binary(data: bytes) -> bool:
    head = data[:65536]
    return len(head) - len(head.translate(None, _CONTROL)) > 0.01 * len(head)


def _wide(data: bytes) -> tuple[str, list[str]]:
    """UTF-16 without its mark: every other byte of Latin text is zero."""
    head = data[:20000]
    even, odd = head[::2].count(0), head[1::2].count(0)
    name = (
        "utf-16-le"
        if odd > 0.3 * len(head) / 2 and odd > 5 * even
        else "utf-16-be"
        if even > 0.3 * len(head) / 2 and even > 5 * odd
        else ""
    )
    if not name:
        raise bad("binary_text")
    return _mended(data, name)


def _mostly_utf8(data: bytes) -> bool:
    """Whether bytes that are no UTF-8 are rare beside those that are: a damaged file, not another encoding."""
    text = data.decode("utf-8", "replace")
    wrong, right = text.count("\ufffd"), sum(c > "\x7f" and c != "\ufffd" for c in text)
    return right > 4 * wrong


def _mended(data: bytes, name: str) -> tuple[str, list[str]]:
    text = data.decode(name, "replace")
    lost = text.count("\ufffd")
    if lost > 0.1 * len(text):
        raise bad("unknown_encoding")
    return text, [f"{lost} damaged characters could not be read."] if lost else []


def _guessed(data: bytes, error: UnicodeDecodeError) -> tuple[str, list[str]]:
    """As the file's header says, else as its letters suggest."""
    said = _SAID.search(data[:8000])
    names = [said.group(1).decode("ascii").lower()] if said else []
    names = [
        "cp1252" if n in ("iso-8859-1", "iso-latin-1", "latin-1", "latin1") else n
        for n in names
        if "utf" not in n and "ascii" not in n
    ]
    for name in [*names, _guess(data)]:
        try:
            text = data.decode(name)
        except (UnicodeDecodeError, LookupError):
            continue
        if _plausible(text):
            return text, []
    rest = data.decode("utf-8", "replace")
    if rest.count("\ufffd") <= 0.01 * len(rest):
        return _mended(data, "utf-8")
    raise bad("unknown_encoding") from error


def _plausible(text: str) -> bool:
    """Whether foreign words look like words: no signs inside, no Latin letters mixed with another script's."""
    words = [w for w in text[:100_000].split() if not w.isascii()][:2000]
    return sum(map(_odd, words)) <= 0.3 * len(words)


def _odd(word: str) -> bool:
    inside = word.strip("“”‘’«»„…–—¿¡.,;:!?()[]\"'*_-")
    signs = any(unicodedata.category(c) in ("Cc", "Cn", "Co", "So", "Sm", "Sk") for c in inside)
    foreign = "".join(
        "x" if c.isascii() else "?" if "LATIN" in unicodedata.name(c, "LATIN") else "o" for c in inside if c.isalpha()
    )
    return (
        signs or "xox" in re.sub("o+", "o", foreign) or ("x" in foreign and "o" in foreign and max(inside) < "\u3040")
    )


def _guess(data: bytes) -> str:
    """A Western or Central European code page when foreign letters stand single among ASCII ones, else by sample."""
    sample = data[:400_000]
    runs = [len(run) for run in re.findall(rb"[\xc0-\xff]+", sample)]
    signs = len(re.findall(rb"[\x80-\x9f]", sample))
    unused = re.search(rb"[\x81\x8d\x8f\x90\x9d]", sample)
    if sum(n > 2 for n in runs) <= 0.03 * len(runs) and signs < 0.01 * len(sample) + 2 * len(runs) and not unused:
        return "cp1250" if guess(sample[:40_000].decode("cp1250", "replace")) in ("pl", "cs", "hu") else "cp1252"
    japanese = _japanese(sample)
    if japanese:
        return japanese
    from charset_normalizer import from_bytes

    first = next((i for i, b in enumerate(data) if b > 127), 0)
    best = from_bytes(data[max(0, first - 2000) : first + 30_000]).best()
    return best.encoding if best else "unknown"


def _japanese(sample: bytes) -> str:
    """Two Japanese encodings look like others to statistics; a fifth of kana is proof."""
    for name in ("cp932", "euc_jp"):
        text = sample.decode(name, "ignore")
        foreign = [c for c in text if c > "\x7f"]
        if sum("\u3040" <= c <= "\u30ff" for c in foreign) > 0.2 * len(foreign) and len(text.encode(name)) > 0.98 * len(
            sample
        ):
            return name
    return ""
