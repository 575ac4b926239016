"""Camera, planes, transitions, overlays: the arithmetic of the picture."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from pipeline.rendering import planes
from pipeline.rendering.moves import MOVES, ease, keys, path
from pipeline.rendering.overlay import blend, make
from pipeline.rendering.place import captions_on_top
from pipeline.rendering.shots import Shot
from pipeline.rendering.transitions import TRANSITIONS
from pipeline.rendering.warp import Frame, blank, warp

FRAMES = st.sampled_from([(1920, 1080), (1080, 1920), (1080, 1080)])


@given(
    st.sampled_from([*MOVES, "card"]), st.integers(40, 2000), FRAMES,
    st.tuples(st.integers(64, 4000), st.integers(64, 4000)), st.tuples(st.floats(0, 1), st.floats(0, 1)),
)  # fmt: skip
@settings(max_examples=150, deadline=None)
def test_the_camera_never_leaves_the_picture(move, frames, frame, picture, focus):
    ends = keys(move, frames, picture, frame, focus)
    for number in (-8, 0, frames // 3, frames + 7):
        view = path(*ends, number, frames, 8)
        assert view.x >= -1e-6 and view.y >= -1e-6
        assert view.x + view.w <= picture[0] + 1e-6 and view.y + view.h <= picture[1] + 1e-6
        assert view.w / view.h == pytest.approx(frame[0] / frame[1])


@pytest.mark.parametrize("move", MOVES)
def test_every_move_moves_even_towards_a_corner(move):
    start, end = keys(move, 240, (2560, 1440), (1920, 1080), (0.95, 0.95))
    assert max(abs(start.x - end.x), abs(start.y - end.y), abs(start.w - end.w)) > 20


@given(st.floats(0, 1), st.floats(0.05, 0.4))
def test_easing_runs_both_ways_alike(u, ramp):
    assert ease(u, ramp) + ease(1 - u, ramp) == pytest.approx(1)


def test_a_focus_is_kept_in_a_narrow_frame():
    start, end = keys("push", 240, (2560, 1440), (1080, 1920), (0.8, 0.5))
    for view in (start, end):
        assert view.x < 0.8 * 2560 < view.x + view.w


def test_grey_stays_grey_and_white_stays_white():
    y, u, v = planes.to_yuv(np.full((8, 8, 3), 255, np.uint8))
    assert (y.max(), y.min(), u.max(), v.min()) == (235, 235, 128, 128)


def test_pure_red_is_bt709():
    y, u, v = planes.to_yuv(np.tile(np.uint8([255, 0, 0]), (4, 4, 1)))
    assert (int(y[0, 0]), int(u[0, 0]), int(v[0, 0])) == (63, 102, 240)


def test_a_still_lands_where_the_view_says(tmp_path):
    """A dot at a known place of the picture is drawn at its place in the frame to a hundredth of a pixel."""
    y, x = np.mgrid[:360, :640]
    light = 200 * np.exp(-((x - 320.5) ** 2 + (y - 150.25) ** 2) / 200)
    image = Image.fromarray(np.repeat(light.astype(np.uint8)[..., None], 3, 2))
    start, end = keys("right", 240, image.size, (320, 180), (0.5, 0.5))
    work = planes.working(lambda: image, image.size, start, end, (320, 180), tmp_path / "p.yuv")
    view, frame = path(start, end, 120, 240, 8), blank(320, 180)
    warp(work, view, frame)
    shown = np.clip(frame.y.astype(float) - 20, 0, None)
    rows, columns = np.mgrid[:180, :320]
    found = (shown * columns).sum() / shown.sum(), (shown * rows).sum() / shown.sum()
    source = np.clip(np.floor(light) * 219 / 255 - 4, 0, None)
    true = (source * x).sum() / source.sum(), (source * y).sum() / source.sum()
    assert found[0] == pytest.approx((true[0] + 0.5 - view.x) * 320 / view.w - 0.5, abs=0.02)
    assert found[1] == pytest.approx((true[1] + 0.5 - view.y) * 180 / view.h - 0.5, abs=0.02)


def grey(level):
    frame = blank(64, 32)
    for plane, value in zip(frame.planes, (level, 100, 150), strict=True):
        plane[:] = value
    return frame


@pytest.mark.parametrize("name", TRANSITIONS)
@pytest.mark.parametrize("rtl", [False, True])
def test_a_transition_starts_old_and_ends_new(name, rtl):
    old, new, out = grey(40), grey(200), blank(64, 32)
    for k, level in ((0.0, 40), (1.0, 200)):
        TRANSITIONS[name](old, new, out, k, rtl=rtl)
        assert abs(out.y.astype(int) - level).max() <= 1
        assert abs(out.u.astype(int) - 100).max() <= 1


@pytest.mark.parametrize("name", ["wipe", "slide"])
def test_reading_direction_turns_a_transition_round(name):
    left, right = blank(64, 32), blank(64, 32)
    TRANSITIONS[name](grey(40), grey(200), left, 0.4, rtl=False)
    TRANSITIONS[name](grey(40), grey(200), right, 0.4, rtl=True)
    assert np.array_equal(left.y, right.y[:, ::-1])
    assert not np.array_equal(left.y, right.y)


def test_an_overlay_covers_as_much_as_its_alpha_says():
    frame = Frame(*(plane.copy() for plane in grey(40).planes))
    rgba = np.zeros((8, 8, 4), np.uint8)
    rgba[:, :4] = 255
    blend(frame, make(rgba, 8, 8))
    assert frame.y[8:16, 8:12].min() >= 234
    assert (frame.y[8:16, 12:16] == 40).all()
    assert (frame.y[:8] == 40).all()


@pytest.mark.parametrize(("face", "top"), [((0.3, 0.7, 0.3, 0.3), True), ((0.3, 0.0, 0.3, 0.3), False), (None, False)])
def test_captions_keep_off_faces(face, top):
    shot = Shot(240, 8, "push", picture_hash="0", faces=(face,) if face else ())
    assert captions_on_top(shot, (1920, 1080), (1280, 720)) is top
