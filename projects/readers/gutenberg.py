"""Project Gutenberg's own words around a book: licence, header, credits. They are read for facts, never narrated."""

from __future__ import annotations

import re

from projects.readers.blocks import Block

_START = re.compile(
    r"\*{0,3}\s*START OF (?:TH(?:E|IS) )?PROJECT GUTENBERG|\*END\*?\s*THE SMALL PRINT|\*\s*END\s*THE SMALL PRINT", re.I
)
_END = re.compile(
    r"\s*(?:\*{2,3}\s*END OF (?:TH(?:E|IS) )?PROJECT GUTENBERG|End of (?:the |this )?Project Gutenberg)", re.I
)
_CREDIT = re.compile(
    r"\W*(?:(?:this |the )?(?:e-?text|e-?book|text|file) (?:was )?(?:prepared|produced|transcribed|created|scanned)|produced by|prepared by|transcribed (?:from|by)|"
    r"scanned (?:and|by)|credits?:|html version by|proofread|created by|\[?(?:e-?text|e-?book) (?:prepared|#)|this html edition|updated editions?)", re.I
)  # fmt: skip
_FIELD = re.compile(r"^\s*(Title|Author|Editor|Translator|Language|Illustrator)\s*:\s*(.+)$", re.I)
_LICENCE = re.compile(r"project gutenberg", re.I)


def is_boilerplate(block: Block) -> bool:
    """Whether the file itself marks a block as Gutenberg's header or footer."""
    return bool(block.hint & {"pg-boilerplate", "pgheader", "pg-header", "pg-footer", "pgfooter"})


def strip(blocks: list[Block]) -> list[Block]:
    """The blocks between Gutenberg's marks, without credits at the top; the same list when there are no marks."""
    if not any(_LICENCE.search(b.text) for b in blocks):
        return blocks
    start = _last_start(blocks)
    end = next((i for i in range(len(blocks) - 1, start, -1) if _closing(blocks, i)), len(blocks))
    while end - 1 > start and _closing(blocks, end - 1):
        end -= 1
    kept = [b for b in blocks[start:end] if not is_boilerplate(b)]
    head = [b for b in kept[:8] if not _CREDIT.match(b.text) or len(b.text) > 1500]
    return head + kept[8:]


def _last_start(blocks: list[Block]) -> int:
    """Number of the first block after the opening mark (0 without one); it stands in the first third."""
    third = max(len(blocks) // 3, 60)
    found = [
        i
        for i, b in enumerate(blocks[:third])
        if _START.search(b.text[:400] if len(b.text) < 400 else b.text[-400:] + b.text[:400])
    ]
    return found[-1] + 1 if found else 0


def _closing(blocks: list[Block], index: int) -> bool:
    return bool(_END.match(blocks[index].text))


def facts(lines: list[str]) -> dict[str, str]:
    """Title, author and language as the header's lines give them, keys in small letters."""
    found: dict[str, str] = {}
    for number, line in enumerate(lines[:120]):
        match = _FIELD.match(line)
        if match and match.group(1).lower() not in found:
            rest = next_lines(lines, number)
            found[match.group(1).lower()] = " ".join([match.group(2).strip(), *rest])
        if _START.search(line):
            break
    return found


def next_lines(lines: list[str], number: int) -> list[str]:
    """Lines that continue a field: indented, right below it."""
    rest = []
    for line in lines[number + 1 : number + 5]:
        if not line.strip() or not line[0].isspace():
            break
        rest.append(line.strip())
    return rest
