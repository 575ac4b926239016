"""What is stale, and an update that redoes exactly that."""

from __future__ import annotations

import pytest

from pipeline import services
from pipeline.desk import stale
from pipeline.errors import BadInput
from pipeline.models import Run, Status, Step
from projects.desk import order, takes, words
from projects.models import Scene

PICTURE, VOICE, CLIP = takes.PICTURE, takes.VOICE, takes.CLIP


def edit(film, place, text):
    scene = Scene.objects.get(pk=film.scenes[place].pk)
    words.write(scene, [words.Line(text)], revision=scene.revision, by=None)
    stale.refresh(film.run, [scene.pk])


def pending(run, stage):
    return list(Step.objects.filter(run=run, stage=stage).exclude(status=Status.SUCCEEDED).values_list("position", flat=True).order_by("position"))  # fmt: skip


def test_nothing_is_stale_until_somebody_writes(filmed):
    assert not stale.marks(filmed.run).changed
    with pytest.raises(BadInput):
        services.update(filmed.project)


def test_other_words_mark_the_voice_alone_and_the_old_ones_unmark_it(filmed):
    old = Scene.objects.get(pk=filmed.scenes[1].pk).narration
    edit(filmed, 1, "Other words.")
    assert stale.marks(filmed.run).stale == {filmed.scenes[1].pk: {VOICE}}
    edit(filmed, 1, old)
    assert not stale.marks(filmed.run).changed


def test_an_update_does_exactly_what_is_stale(filmed):
    edit(filmed, 2, "Other words.")
    run = services.update(filmed.project)
    assert (run.script_id, Run.objects.filter(project=filmed.project).count()) == (filmed.run.script_id, 2)
    assert (pending(run, PICTURE), pending(run, VOICE)) == ([], [3])
    assert pending(run, CLIP) == [2, 3]
    with pytest.raises(BadInput):
        services.update(filmed.project)


def test_another_order_draws_and_reads_nothing_anew(filmed):
    order.move(Scene.objects.get(pk=filmed.scenes[0].pk), to=3, by=None)
    stale.refresh(filmed.run, [s.pk for s in filmed.scenes])
    marks = stale.marks(filmed.run)
    assert (marks.moved, marks.stale) == (True, {})
    run = services.update(filmed.project)
    assert (pending(run, PICTURE), pending(run, VOICE)) == ([], [])
    assert pending(run, "post_processing") == [0]


def test_a_new_scene_is_made_whole(filmed):
    new = order.add(Scene.objects.get(pk=filmed.scenes[0].pk), text="A bell rang.", by=None)
    stale.refresh(filmed.run, [new.pk])
    run = services.update(filmed.project)
    assert pending(run, PICTURE) == pending(run, VOICE) == [2]


def test_another_pronunciation_marks_only_scenes_with_the_word(filmed):
    edit(filmed, 0, "Hermione came.")
    Step.objects.filter(run=filmed.run, stage=VOICE, subject=filmed.scenes[0].pk).update(
        recipe=Scene.objects.get(pk=filmed.scenes[0].pk).digests[VOICE]
    )
    filmed.project.lexicon = {"Hermione": "her-MY-oh-nee"}
    filmed.project.save()
    stale.refresh(filmed.run, [s.pk for s in filmed.scenes])
    assert stale.marks(filmed.run).stale == {filmed.scenes[0].pk: {VOICE}}


def test_a_locked_scene_is_left_by_everything(filmed):
    steps = Step.objects.filter(run=filmed.run, subject=filmed.scenes[0].pk, stage__in=(PICTURE, VOICE))
    takes.lock(filmed.scenes[0], dict(steps.values_list("stage", "recipe")), by=None)
    filmed.project.lexicon = {"fog": "mist"}
    filmed.project.save()
    stale.refresh(filmed.run, [s.pk for s in filmed.scenes])
    assert filmed.scenes[0].pk not in stale.marks(filmed.run).stale
    services.reprocess(filmed.run, stage=VOICE, scene=1, fresh=True)
    assert Scene.objects.get(pk=filmed.scenes[0].pk).takes == {}


def test_marks_take_as_many_queries_for_many_scenes(filmed, django_assert_num_queries):
    Scene.objects.bulk_create(Scene(script=filmed.run.script, number=n, seed=n) for n in range(10, 200))
    with django_assert_num_queries(2):
        stale.marks(filmed.run)
