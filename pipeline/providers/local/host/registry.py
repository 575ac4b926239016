"""Which models live in processes of their own, one line each: the factory gives a callable (request, bytes) -> same."""

from __future__ import annotations

import hashlib
import os
import sys
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Protocol

MOST_SLOTS = 8


class Model(Protocol):
    def __call__(self, request: dict[str, Any], blob: bytes) -> tuple[dict[str, Any], bytes]: ...


@dataclass(frozen=True, slots=True)
class Spec:
    """`factory` is "module:callable". A process that grew past `memory_mb` ends after its answer; a new one follows."""

    name: str
    factory: str
    threads: int = 1
    pooled: bool = False  # one process a core instead of one for the machine
    memory_mb: int = 1500

    @property
    def module(self) -> str:
        return self.factory.partition(":")[0]


SPEECH = "pipeline.providers.local.speech"
SPECS = (
    Spec("kokoro", f"{SPEECH}.kokoro:Engine", pooled=True, memory_mb=1600),
    Spec("piper", f"{SPEECH}.piper:Engine", memory_mb=900),
    Spec("pico", f"{SPEECH}.pico:Engine", memory_mb=300),
    Spec("espeak", f"{SPEECH}.espeak_voice:Engine", memory_mb=300),
    Spec("whisper", f"{SPEECH}.whisper:Engine", memory_mb=1500),
)
MODELS = {spec.name: spec for spec in SPECS}


def spec_of(name: str) -> Spec:
    """A registered model. LITINK_HOST_EXTRA can name one more, "name=module:callable@MB" (tests, experiments)."""
    if name in MODELS:
        return MODELS[name]
    extra, _, rest = os.environ.get("LITINK_HOST_EXTRA", "").partition("=")
    factory, _, memory_mb = rest.partition("@")
    if name != extra:
        raise LookupError(f"no model named {name!r}; there are {', '.join(sorted(MODELS))}")
    return Spec(name, factory, memory_mb=int(memory_mb or 500))


def cores() -> int:
    return len(os.sched_getaffinity(0))


def slots(name: str) -> int:
    """How many processes of this model the machine may have: by cores, and by what fits into half its memory."""
    spec = spec_of(name)
    if not spec.pooled:
        return 1
    memory_mb = os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") >> 20
    return max(1, min(cores(), MOST_SLOTS, memory_mb // 2 // spec.memory_mb))


def load(name: str) -> Model:
    """Make the model. Runs inside the process of its own."""
    module, _, attribute = spec_of(name).factory.partition(":")
    return getattr(import_module(module), attribute)()


@cache
def fingerprint(name: str) -> str:
    """Hash of the code and of where models are looked for, so that a redeploy never meets yesterday's process."""
    found = find_spec(spec_of(name).module)
    sources = sorted(Path(found.origin).parent.glob("*.py")) if found and found.origin else []
    sources += sorted(Path(__file__).parent.glob("*.py"))
    digest = hashlib.sha256(f"{sys.executable}\0{os.environ.get('LITINK_MODELS_DIR', '')}".encode())
    for source in sources:
        digest.update(source.read_bytes())
    return digest.hexdigest()[:8]
