from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.apps import AppConfig
from django.core import checks

from pipeline.checks import models_in_use

if TYPE_CHECKING:
    from accounts.models import Workspace
    from accounts.rooms import Part


class PipelineConfig(AppConfig):
    name = "pipeline"

    def ready(self) -> None:
        from accounts.rooms import Room, register

        register(Room("pipeline", _wipe, _export))
        checks.register(models_in_use)


# Wiping needs the engine with all its stages; a command that deletes nothing should not wait for their imports.
def _wipe(workspace: Workspace) -> None:
    from pipeline.wiping import wipe

    wipe(workspace)


def _export(workspace: Workspace) -> Iterable[Part]:
    from pipeline.wiping import export

    return export(workspace)
