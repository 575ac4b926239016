"""Unpack fetched tarballs by the project's own functions, in the environment: jobs as JSON in, troubles as JSON out."""

from __future__ import annotations

import importlib
import json
import sys
from pathlib import Path


def unpack(job: dict[str, str]) -> str:
    """Call `function(tarball, into)`, named "module:function"; "" or why it failed."""
    module, _, function = job["with"].partition(":")
    try:
        getattr(importlib.import_module(module), function)(Path(job["tarball"]), Path(job["into"]))
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    return ""


if __name__ == "__main__":
    troubles = {job["name"]: unpack(job) for job in json.load(sys.stdin)}
    json.dump({name: why for name, why in troubles.items() if why}, sys.stdout)
