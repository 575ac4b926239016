"""The tiny workflow for worker processes of their own: its vendor is slow and writes every call to a file."""

from __future__ import annotations

import os
import time

from pipeline.providers.base import Usage
from pipeline.routing import local
from tests.engine import tiny


class Tallying:
    def draw(self, request):
        with open(os.environ["TALLY"], "a") as tally:
            tally.write(request.prompt + "\n")
        time.sleep(0.7)
        return tiny.Answer(request.prompt.encode(), Usage("fake", "tallying-1"))


local.provider = lambda capability: Tallying()  # this module is loaded in worker processes only
WORKFLOW = tiny.WORKFLOW
