"""Moving clips take the picture's place, as long as the voice wants."""

import hashlib
from dataclasses import replace
from fractions import Fraction

import av
import pytest

from pipeline.rendering.clips import command, length, normalised
from pipeline.rendering.failures import BadMaterial
from pipeline.rendering.parts import FPS
from pipeline.rendering.pieces import pieces, render_piece
from pipeline.rendering.plan import plan
from pipeline.rendering.runner import to_file

from .samples import SMALL, part, picture


@pytest.fixture(scope="module")
def clip(tmp_path_factory):
    """Two seconds of a test picture, 25 fps, 4:3, with sound: everything that a film is not."""
    file = tmp_path_factory.mktemp("clips") / "clip.mp4"
    picture_, tone = "testsrc=s=160x120:r=25:d=2", "sine=d=2"
    to_file(["-f", "lavfi", "-i", picture_, "-f", "lavfi", "-i", tone, "-pix_fmt", "yuv420p"], file)
    return file


def test_the_command_is_what_it_was():
    graph = (
        "[0:v]setpts=(PTS-STARTPTS)*3/2[s0];[s0]fps=30[s1];[s1]scale=192:108:flags=lanczos:"
        "force_original_aspect_ratio=increase:out_color_matrix=bt709:out_range=tv[s2];[s2]crop=192:108[s3];"
        "[s3]setsar=1[s4];[s4]tpad=stop=-1:stop_mode=clone[s5];[s5]trim=end_frame=90[s6];[s6]format=yuv420p[s7]"
    )
    asked = (
        "-map [s7] -color_primaries bt709 -color_range tv -color_trc bt709 -colorspace bt709 -crf 12 "
        "-fflags +bitexact -map_metadata -1 -preset veryfast -threads 1 -vcodec libx264 -x264-params mbtree=0"
    )
    made = command("in.mp4", 90, (192, 108), Fraction(2))
    assert made == ["-an", "-dn", "-sn", "-i", "in.mp4", "-filter_complex", graph, *asked.split()]


@pytest.mark.parametrize(("frames", "slow"), [(30, "*1/1"), (60, "*1/1"), (75, "*5/4"), (900, "*3/2")])
def test_a_short_clip_is_slowed_then_held_a_long_one_trimmed(frames, slow):
    assert slow in " ".join(command("in.mp4", frames, (64, 64), Fraction(60, FPS)))


@pytest.mark.parametrize("frames", [30, 60, 140])
def test_it_brings_exactly_the_frames_asked(clip, tmp_path, frames):
    made = normalised(clip, "h", frames, (192, 108), tmp_path)
    with av.open(str(made)) as container:
        shown = list(container.decode(video=0))
        assert len(container.streams.audio) == 0
    assert [frame.pts * frame.time_base for frame in shown] == [Fraction(i, FPS) for i in range(frames)]
    assert (shown[0].width, shown[0].height, shown[0].colorspace) == (192, 108, 1)


def test_a_scene_with_a_clip_is_as_long_as_its_voice(clip, tmp_path):
    mark = hashlib.sha256(clip.read_bytes()).hexdigest()
    scene = replace(part(1, "One two.", picture(tmp_path, 1)), clip=clip, clip_hash=mark)
    timeline = plan([scene], SMALL)
    (piece,) = pieces(timeline)
    render_piece(piece, tmp_path / "a.mp4")
    with av.open(str(tmp_path / "a.mp4")) as container:
        frames = [frame.to_ndarray() for frame in container.decode(video=0)]
    assert len(frames) == timeline.frames
    assert abs(frames[0].astype(int) - frames[40]).max() > 60


def test_the_recipe_minds_the_clip(clip, tmp_path):
    still = part(1, "One two.", picture(tmp_path, 1))
    recipes = {
        pieces(plan([scene], SMALL))[0].recipe
        for scene in (still, replace(still, clip=clip, clip_hash="a"), replace(still, clip=clip, clip_hash="b"))
    }
    assert len(recipes) == 3


def test_what_is_no_clip_is_told_with_its_scene(tmp_path):
    bad = tmp_path / "bad.mp4"
    bad.write_bytes(b"nonsense")
    with pytest.raises(BadMaterial, match=r"bad\.mp4"):
        length(bad)
    scene = replace(part(4, "One."), clip=bad, clip_hash="x")
    with pytest.raises(BadMaterial, match="scene 4"):
        render_piece(pieces(plan([scene], SMALL))[0], tmp_path / "a.mp4")
