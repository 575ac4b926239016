"""Workflows: ordered graphs of stages, by key. Another workflow is another tuple over the same engine."""

from __future__ import annotations

from django.conf import settings
from django.utils.module_loading import import_string

from pipeline.errors import BadInput
from pipeline.stages import audio_generation as audio
from pipeline.stages import image_generation as image
from pipeline.stages import lip_sync as lips
from pipeline.stages import post_processing as post
from pipeline.stages import quality_check as quality
from pipeline.stages import scene_breakdown as scenes
from pipeline.stages import script_generation as script
from pipeline.stages import video_generation as video
from pipeline.stages.base import Stage

WORKFLOWS: dict[str, tuple[Stage, ...]] = {
    "film": (
        script.ScriptGeneration(),
        scenes.SceneBreakdown(),
        image.ImageGeneration(),
        audio.AudioGeneration(),
        video.VideoGeneration(),
        lips.LipSync(),
        post.PostProcessing(),
        quality.QualityCheck(),
    ),
}


def stages(workflow: str) -> tuple[Stage, ...]:
    """The stages of a workflow in order. BadInput for a key that is none."""
    if workflow not in WORKFLOWS and workflow in settings.EXTRA_WORKFLOWS:
        WORKFLOWS[workflow] = import_string(settings.EXTRA_WORKFLOWS[workflow])
    if workflow not in WORKFLOWS:
        raise BadInput("workflow.unknown", f"There is no workflow “{workflow}”; there is {', '.join(WORKFLOWS)}.")
    return WORKFLOWS[workflow]


def stage(workflow: str, name: str) -> Stage:
    """One stage of a workflow by its name."""
    for candidate in stages(workflow):
        if candidate.name == name:
            return candidate
    known = ", ".join(s.name for s in stages(workflow))
    raise BadInput("stage.unknown", f"There is no stage “{name}”; there is {known}.")
