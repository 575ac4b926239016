"""Deletes books for good, with every file; gives them out for one's own keeping."""

from __future__ import annotations

from collections.abc import Iterable

from accounts.archive import as_json
from accounts.models import Workspace
from accounts.rooms import Part
from projects.models import Asset, ChapterPicture, Project, Script, Source


def wipe(workspace: Workspace) -> None:
    """Every book, project and stored output of a workspace; what was made of them went before."""
    Project.objects.for_workspace(workspace).delete()
    ChapterPicture.objects.filter(chapter__source__workspace=workspace).delete()
    for source in Source.objects.for_workspace(workspace):
        source.file.storage.delete(source.file.name)
    Source.objects.for_workspace(workspace).delete()
    for asset in Asset.objects.for_workspace(workspace).iterator():
        if asset.file:
            asset.file.storage.delete(asset.file.name)
    Asset.objects.for_workspace(workspace).delete()


def export(workspace: Workspace) -> Iterable[Part]:
    """Books as uploaded; projects and their scripts as JSON."""
    for source in Source.objects.for_workspace(workspace):
        if source.file.storage.exists(source.file.name):
            yield f"books/{source.pk}-{source.name}", source.file.open("rb")
    projects = Project.objects.for_workspace(workspace).values("id", "title", "options", "lexicon", "created")
    yield "projects.json", as_json(list(projects))
    for script in Script.objects.for_workspace(workspace):
        scenes = script.scenes.values("number", "title", "segments", "brief", "cast")
        facts = {"project": script.project_id, "mode": script.mode, "language": script.language, "scenes": list(scenes)}
        yield f"scripts/{script.pk}.json", as_json(facts)
