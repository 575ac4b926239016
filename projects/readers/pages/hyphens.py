"""Words broken at line ends are healed; hyphens that belong to the word stay."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from projects.readers.pages.line import BROKEN

_WORD = re.compile(r"[^\W\d_]+(?:[-‐‑’'][^\W\d_]+)*")


class Healer:
    """Knows the words of the whole work, and decides each break by them."""

    def __init__(self, lines: Iterable[str]) -> None:
        self.words: Counter[str] = Counter()
        for line in lines:
            inside = line.rsplit(None, 1)[0] if line.endswith(("-", "‐", BROKEN)) and " " in line else line
            self.words.update(w.casefold() for w in _WORD.findall(inside))
            self.words.update(p.casefold() for w in _WORD.findall(inside) if "-" in w for p in w.split("-"))

    def join(self, lines: Iterable[str]) -> str:
        """The lines as one text."""
        text = ""
        for line in lines:
            text = self._pair(text, line) if text else line
        return self._inner(text)

    def _pair(self, text: str, line: str) -> str:
        if not text.endswith(("-", "‐", "‑", BROKEN)) or text.endswith(("--", " -")):
            return f"{text}{'' if text.endswith(('—', '―')) or line.startswith('—') else ' '}{line}"
        head, tail = re.search(r"(\S*?)[-‐‑\x1f]+$", text), re.match(r"[^\W_]+(?:[’'-][^\W_]+)*", line)
        if not head or not tail:
            return text.rstrip(BROKEN) + line
        return text[: head.start(1)] + self._whole(head.group(1), tail.group(), text[-1]) + line[tail.end() :]

    def _inner(self, text: str) -> str:
        """Breaks that the file itself already closed up (pdfium's sign for them stands inside)."""
        return re.sub(
            rf"([^\s{BROKEN}]*){BROKEN}+\s*([^\W_]+)?",
            lambda m: self._whole(m.group(1), m.group(2) or "", BROKEN),
            text,
        )

    def _whole(self, head: str, tail: str, sign: str) -> str:
        """One word, or a compound with its hyphen: as the work itself writes it elsewhere."""
        first = re.search(r"[^\W\d_]*$", head)
        start = first.group().casefold() if first else ""
        last = re.split(r"[-’']", tail)[0].casefold()
        joined, parted = self.words[start + last], self.words[f"{start}-{last}"]
        if joined != parted:
            return head + tail if joined > parted else f"{head}-{tail}"
        if tail[:1].isupper() or tail[:1].isdigit() or not start:
            return f"{head}-{tail}"
        both = self.words[start] > 1 and self.words[last] > 1 and len(start) > 2 and len(last) > 2
        return f"{head}-{tail}" if both and sign != BROKEN else head + tail
