"""Unpack fetched tarballs by the project's own functions, in the environment: jobs as JSON in, outcomes as JSON out."""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path


def unpack(job: dict[str, str]) -> dict[str, str]:
    """Call `function(tarball, into)`, named "module:function": {"at": what it made} or {"why": it failed}."""
    module, _, function = job["with"].partition(":")
    into = Path(job["into"])
    try:
        made = getattr(importlib.import_module(module), function)(Path(job["tarball"]), into)
    except Exception as error:
        return {"why": f"{type(error).__name__}: {error}"}
    return {"at": str(made or into)}


if __name__ == "__main__":
    json.dump({job["name"]: unpack(job) for job in json.load(sys.stdin)}, sys.stdout)
