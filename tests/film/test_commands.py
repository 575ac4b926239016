from __future__ import annotations

import pytest
from django.core.management import call_command

from pipeline import services
from pipeline.models import Run, Status
from projects.errors import BadInput, Refused
from projects.models import Source
from projects.options import FilmOptions, chapter_numbers
from projects.services import add_source, new_project

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def run(workspace, book):
    source = add_source(workspace, book)
    return services.start(new_project(source, options=FilmOptions(chapters=(1,))))


def refused(capsys, *words):
    """The one line a command ends with, exit 2."""
    with pytest.raises(SystemExit) as end:
        call_command(*words)
    assert end.value.code == 2
    line = capsys.readouterr().err.strip()
    assert "Traceback" not in line
    assert line.count("\n") == 0
    return line


def test_a_file_that_is_not_there(workspace, capsys, tmp_path):
    assert "no file" in refused(capsys, "makefilm", str(tmp_path / "none.epub"), "--out", str(tmp_path))


def test_a_chapter_that_is_not_there(workspace, capsys, book, tmp_path):
    assert "There is no chapter 9" in refused(capsys, "makefilm", str(book), "--out", str(tmp_path), "--chapters", "9")


def test_runs_lists_them(run, capsys):
    call_command("runs")
    assert f"{run.pk}  pending" in capsys.readouterr().out


def test_cancelrun(run, capsys):
    call_command("cancelrun", str(run.pk))
    assert Run.objects.get(pk=run.pk).status == Status.CANCELLED
    assert "nothing to cancel" in refused(capsys, "cancelrun", str(run.pk))


def test_reprocess_of_no_run(workspace, capsys):
    assert "There is no run 404" in refused(capsys, "reprocess", "404")


def test_reprocess_of_no_stage(run, capsys):
    services.cancel(run)
    assert "There is no stage" in refused(capsys, "reprocess", str(run.pk), "--stage", "nonsense")


def test_the_same_file_is_the_same_source(workspace, book):
    assert add_source(workspace, book) == add_source(workspace, book)
    assert Source.objects.get().chapters.filter(kind="body").count() == 1


def test_the_tier_decides_the_resolution(workspace, book):
    workspace.plan.delete()
    project = new_project(add_source(workspace, book), options=FilmOptions(chapters=(1,), resolution="1080p"))
    with pytest.raises(Refused, match="up to 480p"):
        services.start(project)
    assert Run.objects.count() == 0


def test_the_tier_decides_the_length(workspace, tmp_path):
    workspace.plan.delete()
    long = tmp_path / "long.txt"
    long.write_text("CHAPTER I. The Rain\n\n" + "It rained on the hill and on the mill and on the old men. " * 200)
    project = new_project(add_source(workspace, long), options=FilmOptions(chapters=(1,), resolution="480p"))
    with pytest.raises(Refused, match="up to 3 minutes"):
        services.start(project)
    assert services.start(project, options=FilmOptions(chapters=(1,), resolution="480p", mode="abridged", minutes=2))


@pytest.mark.parametrize(
    ("asked", "got"), [("1", (1,)), ("1,3-4", (1, 3, 4)), ("all", (1, 2, 3, 4)), ("3,3", (3,)), (" 2 ", (2,))]
)
def test_chapter_numbers(asked, got):
    assert chapter_numbers(asked, (1, 2, 3, 4)) == got


@pytest.mark.parametrize("asked", ["x", "0", "2-9", "1-", "-1"])
def test_chapters_that_are_none(asked):
    with pytest.raises(BadInput):
        chapter_numbers(asked, (1, 2, 3, 4))
