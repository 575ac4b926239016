"""The words that models are asked with, one file a task in `prompts/`."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from string import Template

HERE = Path(__file__).with_name("prompts")
VERSION = 1  # of the prompts and of what is made of their answers; part of recipes


@cache
def system() -> str:
    return (HERE / "system.txt").read_text().strip()


def of(task: str, **facts: object) -> str:
    """The prompt of a task. KeyError when a fact is missing; what stands in the facts is never read as a template."""
    return _template(task).substitute({name: str(value) for name, value in facts.items()})


@cache
def _template(task: str) -> Template:
    return Template((HERE / f"{task}.txt").read_text().strip())
