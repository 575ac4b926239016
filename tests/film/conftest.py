from __future__ import annotations

from pathlib import Path

import pytest

from pipeline.management import filming

TALE = """The Fox and the Lamp

by Nobody

CHAPTER I. The Lamp

Once a fox found a lamp in the forest. "What a fine light," said the fox.

"It is mine," said the owl from the old tree. The night was dark and the rain fell on the leaves.

The fox gave the lamp back and went home to bed.
"""


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Three scenes' worth of tale."""
    path = tmp_path / "fox.txt"
    path.write_text(TALE)
    return path


@pytest.fixture
def workspace(transactional_db):
    return filming.local_workspace()
