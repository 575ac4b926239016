"""Plain texts of the shapes that old and new books have, small and made by hand: (name, text, chapter titles)."""

from __future__ import annotations

PROSE = (
    "The rain had not stopped since Thursday, and nobody in the house believed any longer that it would. Water stood in\n"
    "the lane, water ran along the sill, and the old dog slept through all of it with his nose beneath the stove. He had\n"
    "seen worse, or so my uncle said, and my uncle had been at sea.\n\n"
    "“You will want your coat,” she told me at the door. I took it, and the lamp, and went out to look for the boat.\n"
    "It lay where we had left it, half full, and turning slowly on its rope like a thing that means to be gone.\n\n"
    "I do not remember how long I stood there. The tide was coming in.\n"
)


def body(number: int) -> str:
    """Three paragraphs that differ from chapter to chapter."""
    return PROSE.replace("Thursday", f"the {number}th of the month").replace(
        "uncle", ["uncle", "aunt", "cousin"][number % 3]
    )


def book(*heads: str, front: str = "A TALE OF RAIN\n\nby Somebody\n\n\n", gap: str = "\n\n\n\n") -> str:
    return front + "".join(f"{gap}{head}\n\n{body(n)}" for n, head in enumerate(heads, 1))


_ROMANS = "I II III IV V VI VII VIII".split()
_NAMES = ["The Lane", "A Boat", "What the Dog Knew", "My Uncle at Sea", "Of Tides", "The Door"]
CAPS = [n.upper() for n in _NAMES]


def _contents(lines: list[str], head: str = "CONTENTS") -> str:
    return f"A TALE OF RAIN\n\nby Somebody\n\n\n\n{head}\n\n" + "\n".join(f"  {line}" for line in lines) + "\n\n\n"


SHAPES: dict[str, tuple[str, list[str]]] = {
    "chapter-dash-title": (
        book(*[f"CHAPTER {r}.—{n}" for r, n in zip(_ROMANS, _NAMES)]),
        [f"CHAPTER {r}.—{n}" for r, n in zip(_ROMANS, _NAMES)],
    ),
    "number-then-title": (
        book(*[f"CHAPTER {r}\n\n{n}" for r, n in zip(_ROMANS, CAPS)]),
        [f"CHAPTER {r}: {n}" for r, n in zip(_ROMANS, CAPS)],
    ),
    "number-and-title-in-one-stanza": (
        book(*[f"Chapter {n}\n{t}" for n, t in enumerate(_NAMES, 1)]),
        [f"Chapter {n}: {t}" for n, t in enumerate(_NAMES, 1)],
    ),
    "number-alone-no-title": (
        book(*[f"Chapter {w}" for w in "One Two Three Four Five".split()]),
        [f"Chapter {w}" for w in "One Two Three Four Five".split()],
    ),
    "romans-alone": (book(*_ROMANS), _ROMANS),
    "romans-with-dots-and-titles": (
        book(*[f"{r}. {n}" for r, n in zip(_ROMANS, CAPS)]),
        [f"{r}. {n}" for r, n in zip(_ROMANS, CAPS)],
    ),
    "digits-alone": (book("1", "2", "3", "4", "5"), ["1", "2", "3", "4", "5"]),
    "digits-with-titles": (
        book(*[f"{n}. {t}" for n, t in enumerate(_NAMES, 1)]),
        [f"{n}. {t}" for n, t in enumerate(_NAMES, 1)],
    ),
    "years": (book("1914", "1916", "1919", "1984"), ["1914", "1916", "1919", "1984"]),
    "caps-only": (book(*CAPS), CAPS),
    "contents-then-chapters": (
        _contents([f"CHAPTER {r}. {n}" for r, n in zip(_ROMANS, _NAMES)])
        + book(*[f"CHAPTER {r}. {n}" for r, n in zip(_ROMANS, _NAMES)], front=""),
        [f"CHAPTER {r}. {n}" for r, n in zip(_ROMANS, _NAMES)],
    ),
    "contents-with-pages-and-plain-titles": (
        _contents([f"{n} {'.' * 20} {p * 12}" for p, n in enumerate(_NAMES, 1)]) + book(*_NAMES, front=""),
        _NAMES,
    ),
    "contents-spread-by-empty-lines": (
        "A TALE OF RAIN\n\n\nCONTENTS\n\n"
        + "\n\n".join(f"CHAPTER {r}" for r in _ROMANS[:5])
        + "\n\n\n"
        + book(*[f"CHAPTER {r}" for r in _ROMANS[:5]], front=""),
        [f"CHAPTER {r}" for r in _ROMANS[:5]],
    ),
    "contents-without-its-name": (
        "A TALE OF RAIN\n\n\n"
        + "\n\n".join(f"CHAPTER {r}. {n}" for r, n in zip(_ROMANS, _NAMES))
        + "\n\n\n"
        + book(*[f"CHAPTER {r}. {n}" for r, n in zip(_ROMANS, _NAMES)], front=""),
        [f"CHAPTER {r}. {n}" for r, n in zip(_ROMANS, _NAMES)],
    ),
    "parts-and-chapters": (
        book("PART ONE\n\n\nCHAPTER 1", "CHAPTER 2", "PART TWO\n\n\nCHAPTER 1", "CHAPTER 2", "CHAPTER 3"),
        ["CHAPTER 1", "CHAPTER 2", "CHAPTER 1", "CHAPTER 2", "CHAPTER 3"],
    ),
    "books-and-romans": (
        book("BOOK THE FIRST\n\n\nI", "II", "III", "BOOK THE SECOND\n\n\nI", "II"),
        ["I", "II", "III", "I", "II"],
    ),
    "volumes": (
        book("VOLUME I\n\n\nCHAPTER I", "CHAPTER II", "VOLUME II\n\n\nCHAPTER I", "CHAPTER II"),
        ["CHAPTER I", "CHAPTER II", "CHAPTER I", "CHAPTER II"],
    ),
    "letters-then-chapters": (
        book("Letter 1", "Letter 2", "Chapter 1", "Chapter 2", "Chapter 3"),
        ["Letter 1", "Letter 2", "Chapter 1", "Chapter 2", "Chapter 3"],
    ),
    "staves": (
        book("STAVE ONE.\n\nMARLEY’S GHOST.", "STAVE TWO.\n\nTHE FIRST OF THE SPIRITS.", "STAVE THREE.\n\nTHE SECOND OF THE SPIRITS."),
        ["STAVE ONE. MARLEY’S GHOST.", "STAVE TWO. THE FIRST OF THE SPIRITS.", "STAVE THREE. THE SECOND OF THE SPIRITS."],
    ),
    "prologue-and-epilogue": (
        book("PROLOGUE", "CHAPTER 1", "CHAPTER 2", "CHAPTER 3", "EPILOGUE"),
        ["PROLOGUE", "CHAPTER 1", "CHAPTER 2", "CHAPTER 3", "EPILOGUE"],
    ),
    "sections-inside-chapters": (
        book("CHAPTER I", "CHAPTER II\n\n" + body(9) + "\n\nI\n\n" + body(8) + "\n\nII", "CHAPTER III", "CHAPTER IV"),
        ["CHAPTER I", "CHAPTER II", "CHAPTER III", "CHAPTER IV"],
    ),
    "stories-with-sections": (
        book("I. A SCANDAL AT SEA\n\nI.", "II.", "III.", "II. THE RED LANE", "III. A CASE OF DOGS", "IV. THE FIVE BOATS", "V. THE LAST TIDE", "VI. THE DOOR"),
        ["I. A SCANDAL AT SEA", "II. THE RED LANE", "III. A CASE OF DOGS", "IV. THE FIVE BOATS", "V. THE LAST TIDE", "VI. THE DOOR"],
    ),
    "acts-and-scenes": (
        book("ACT I\n\nSCENE I. A heath.", "SCENE II. A camp.", "ACT II\n\nSCENE I. A castle.", "SCENE II. The same."),
        ["SCENE I. A heath.", "SCENE II. A camp.", "SCENE I. A castle.", "SCENE II. The same."],
    ),
    "french": (
        book("Chapitre premier", "Chapitre II", "Chapitre III", "Chapitre IV"),
        ["Chapitre premier", "Chapitre II", "Chapitre III", "Chapitre IV"],
    ),
    "german": (
        book("Erstes Kapitel", "Zweites Kapitel", "Drittes Kapitel"),
        ["Erstes Kapitel", "Zweites Kapitel", "Drittes Kapitel"],
    ),
    "russian": (book("Глава 1", "Глава 2", "Глава 3"), ["Глава 1", "Глава 2", "Глава 3"]),
    "chinese": (
        "雨的故事\n\n\n" + "".join(f"\n\n第{c}章 {t}\n\n雨从星期四起就没有停过，屋里再也没有人相信它会停。水漫进了小巷，老狗在炉子下面睡着了。\n\n“你要穿上外套。”她在门口对我说。我拿了外套和灯，出去找那条船。\n\n" for c, t in zip("一二三四", ["小巷", "船", "狗", "海"])),
        ["第一章 小巷", "第二章 船", "第三章 狗", "第四章 海"],
    ),
    "english-i-is-no-number": (
        book("CHAPTER 1\n\nI\n\nwas born on a wet day, and I have been wet ever since; so at least it is told in our family.", "CHAPTER 2", "CHAPTER 3"),
        ["CHAPTER 1", "CHAPTER 2", "CHAPTER 3"],
    ),
    "underscored": (
        book(*[f"_Chapter {r}_\n\n_{n}_" for r, n in zip(_ROMANS, _NAMES)]),
        [f"Chapter {r}: {n}" for r, n in zip(_ROMANS, _NAMES)],
    ),
    "glued-to-its-text": (
        book("CHAPTER 1", "CHAPTER 2", "CHAPTER 3").replace("CHAPTER 1\n\n", "CHAPTER 1\n").replace("CHAPTER 2\n\n", "CHAPTER 2\n").replace("CHAPTER 3\n\n", "CHAPTER 3\n"),
        ["CHAPTER 1", "CHAPTER 2", "CHAPTER 3"],
    ),
    "mentions-of-chapters-in-prose": (
        book("Chapter 1", "Chapter 2\n\nIn chapter one of my life there was no rain at all.\n\nPart of the reason was the wind.", "Chapter 3"),
        ["Chapter 1", "Chapter 2", "Chapter 3"],
    ),
    "end-words-are-no-chapters": (
        book("CHAPTER I", "CHAPTER II", "CHAPTER III") + "\n\n\nTHE END\n",
        ["CHAPTER I", "CHAPTER II", "CHAPTER III"],
    ),
    "indented-and-centred": (
        book(*[f"{' ' * 28}CHAPTER {r}.\n\n{' ' * 30}{n}." for r, n in zip(_ROMANS, CAPS)]),
        [f"CHAPTER {r}. {n}." for r, n in zip(_ROMANS, CAPS)],
    ),
    "synopsis-below": (
        book(*[f"CHAPTER {r}\n\nIn which it rains, and somebody goes out of doors to look for a thing that he has lost" for r in _ROMANS[:4]]),
        [f"CHAPTER {r}: In which it rains, and somebody goes out of doors to look for a thing that he has lost" for r in _ROMANS[:4]],
    ),
    "diary": (
        book("CHAPTER I\n\nJONATHAN’S JOURNAL\n\n(_Kept in shorthand._)\n\n_3 May. Bistritz._--Left at 8:35.", "CHAPTER II\n\nJONATHAN’S JOURNAL--_continued_", "CHAPTER III\n\nLETTERS"),
        ["CHAPTER I: JONATHAN’S JOURNAL", "CHAPTER II: JONATHAN’S JOURNAL--continued", "CHAPTER III: LETTERS"],
    ),
}  # fmt: skip
