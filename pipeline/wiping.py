"""Deletes films for good, with every file that nothing else uses; gives them out for one's own keeping."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from accounts.archive import as_json
from accounts.models import Workspace
from accounts.rooms import Part
from pipeline import remarks, services
from pipeline.models import OPEN, Remark, Render, Run, Share
from pipeline.routing import cloning
from projects.models import Project


def _stop(runs: Iterable[Run]) -> None:
    for run in runs:
        services.cancel(run)


@transaction.atomic
def wipe_project(project: Project) -> None:
    """One film with its versions, scripts and links. Assets stay: another film may be made of them."""
    _stop(Run.objects.filter(project=project, status__in=OPEN))
    Share.objects.filter(project=project).delete()
    Render.objects.filter(project=project).delete()
    Run.objects.filter(project=project).delete()
    project.delete()


def wipe(workspace: Workspace) -> None:
    """Every run, film, link and cloned voice of a workspace; its books and assets go after."""
    cloning.drop_all(workspace)
    _stop(Run.objects.for_workspace(workspace).filter(status__in=OPEN))
    Share.objects.for_workspace(workspace).delete()
    Render.objects.for_workspace(workspace).delete()
    Run.objects.for_workspace(workspace).delete()


def export(workspace: Workspace) -> Iterable[Part]:
    """Every delivered film with its side files; what was said of them as JSON."""
    from projects.models import Asset

    for render in Render.objects.for_workspace(workspace).select_related("project"):
        assets = Asset.objects.in_bulk(list(render.files.values()))
        for name, key in render.files.items():
            asset = assets.get(key)
            if asset is not None and asset.exists:
                yield f"films/{render.project_id}-version-{render.pk}/{name}", asset.file.open("rb")
    yield "remarks.json", as_json(remarks.exported(Remark.objects.for_workspace(workspace)))
