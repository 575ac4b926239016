"""No reader fails with a traceback: what a library throws at a broken file becomes a message of the catalogue."""

from __future__ import annotations

import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager

from projects.errors import BadInput
from projects.readers.messages import bad


@contextmanager
def faults(format: str) -> Iterator[None]:
    """Maps what reading a file can throw; BadInput passes."""
    try:
        yield
    except BadInput:
        raise
    except MemoryError as error:
        raise bad("too_heavy") from error
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError) as error:
        raise bad("truncated", format=format) from error
    except Exception as error:
        # Any fault of a parser on a damaged file: the owner can only bring a sound one.
        raise bad("broken", format=format) from error
