"""A real film, small: rendered, assembled, opened again."""

import ctypes
from dataclasses import replace
from fractions import Fraction

import av
import numpy as np
import pytest
from PIL import Image

from pipeline.rendering.assemble import assemble
from pipeline.rendering.failures import BadMaterial, RenderError, Stopped
from pipeline.rendering.film import Workers, render_pieces
from pipeline.rendering.pieces import pieces, render_piece
from pipeline.rendering.plan import plan

from .samples import SMALL, part, picture, sound

SHORT = "Down the rabbit-hole."


@pytest.fixture(scope="module")
def film(tmp_path_factory):
    folder = tmp_path_factory.mktemp("film")
    parts = [part(i, SHORT, picture(folder, i), chapter="One" if i == 1 else "") for i in (1, 2)]
    timeline = plan(parts, replace(SMALL, cards=True, watermark="LitinkAI", transition="wipe"))
    with Workers(1) as workers:
        files, frames = render_pieces(timeline, folder / "pieces", workers=workers)
    voice = sound(timeline.samples, [(p.voice_start, p.samples) for p in timeline.scenes], folder / "sound.m4a")
    assemble(timeline, files, voice, folder / "film.mp4", tags={"comment": "made in a test"})
    return timeline, files, voice, folder / "film.mp4", frames


def test_every_frame_is_there_in_constant_time(film):
    timeline, _, _, path, _ = film
    with av.open(str(path)) as container:
        stamps = [frame.pts * frame.time_base for frame in container.decode(video=0)]
    assert stamps == [Fraction(i, 30) for i in range(timeline.frames)]


def test_streams_are_what_players_expect(film):
    timeline, _, _, path, _ = film
    with av.open(str(path)) as container:
        video, audio = container.streams.video[0].codec_context, container.streams.audio[0].codec_context
        assert (video.profile, video.pix_fmt, video.width, video.height) == ("High", "yuv420p", 192, 108)
        assert (video.colorspace, video.color_primaries, video.color_trc, video.color_range) == (1, 1, 1, 1)
        assert (audio.name, audio.sample_rate, audio.layout.name) == ("aac", 48000, "stereo")
        assert container.metadata["title"] == "Alice"
        assert container.metadata["artist"] == "Lewis Carroll"
        assert container.streams.audio[0].metadata["language"] == "eng"
        assert [c["metadata"]["title"] for c in container.chapters()] == ["Alice", "One"]


def test_voice_is_heard_where_it_was_planned(film):
    timeline, _, _, path, _ = film
    with av.open(str(path)) as container:
        pcm = np.concatenate([frame.to_ndarray()[0] for frame in container.decode(audio=0)])
    assert abs(len(pcm) - timeline.samples) <= 1024
    assert abs(int(np.argmax(np.abs(pcm) > 0.05)) - timeline.scenes[0].voice_start) < 480


def test_the_index_comes_first(film):
    data = film[3].read_bytes()
    assert 0 < data.find(b"moov") < data.find(b"mdat")


def test_rendered_again_it_is_the_same_file(film, tmp_path):
    timeline, files, voice, path, _ = film
    again = {recipe: tmp_path / file.name for recipe, file in files.items()}
    for piece in pieces(timeline):
        render_piece(piece, again[piece.recipe])
        assert again[piece.recipe].read_bytes() == files[piece.recipe].read_bytes()
    assemble(timeline, again, voice, tmp_path / "film.mp4", tags={"comment": "made in a test"})
    assert (tmp_path / "film.mp4").read_bytes() == path.read_bytes()


def test_bytes_do_not_depend_on_what_memory_held_before(film, tmp_path):
    piece = next(piece for piece in pieces(film[0]) if piece.kind == "transition" and piece.scene == 2)
    mallopt, seen = ctypes.CDLL(None).mallopt, set()
    for dirt in (3, 99, 201):
        mallopt(-6, dirt)
        dirty = [np.empty(size, np.uint8) for size in range(1000, 200_000, 1777)]
        del dirty
        render_piece(piece, tmp_path / "a.mp4")
        seen.add((tmp_path / "a.mp4").read_bytes())
    assert len(seen) == 1


def test_nothing_changed_nothing_rendered(film):
    timeline, files, _, _, frames = film
    assert frames == timeline.frames
    assert render_pieces(timeline, next(iter(files.values())).parent)[1] == 0


def test_a_missing_piece_is_named(film, tmp_path):
    timeline, files, voice, _, _ = film
    body = next(piece for piece in pieces(timeline) if piece.scene == 2 and piece.kind == "body")
    left = {recipe: path for recipe, path in files.items() if recipe != body.recipe}
    with pytest.raises(RenderError, match="scene 2"):
        assemble(timeline, left, voice, tmp_path / "film.mp4")
    assert list(tmp_path.iterdir()) == []


def test_a_piece_with_too_few_frames_fails_the_film(film, tmp_path):
    timeline, files, voice, _, _ = film
    bodies = [piece.recipe for piece in pieces(timeline) if piece.kind == "body"]
    other = next(piece.recipe for piece in pieces(timeline) if piece.kind == "transition")
    with pytest.raises(RenderError, match="instead of"):
        assemble(timeline, {**files, bodies[0]: files[other]}, voice, tmp_path / "film.mp4")


def test_stopping_leaves_nothing(film, tmp_path):
    piece = pieces(film[0])[0]
    done = []
    with pytest.raises(Stopped):
        render_piece(piece, tmp_path / "a.mp4", progress=done.append, stopping=lambda: len(done) >= 5)
    assert done == [1, 2, 3, 4, 5]
    assert not list(tmp_path.glob("a.mp4*"))


@pytest.mark.parametrize("content", [None, b"not a picture"])
def test_a_bad_picture_names_its_scene(tmp_path, content):
    file = tmp_path / "bad.png"
    if content:
        file.write_bytes(content)
    timeline = plan([part(7, SHORT, file)], SMALL)
    with pytest.raises(BadMaterial, match="scene 7.*bad.png"):
        render_piece(pieces(timeline)[0], tmp_path / "a.mp4")


@pytest.mark.parametrize("look", [{"width": 108, "height": 192}, {"width": 108, "height": 108}, {"effort": "draft"}])
def test_other_shapes_have_no_bars(tmp_path, look):
    file = tmp_path / "white.png"
    Image.new("RGB", (320, 180), "white").save(file)
    timeline = plan([part(1, SHORT, file)], replace(SMALL, captions="files", **look))
    render_piece(pieces(timeline)[0], tmp_path / "a.mp4")
    with av.open(str(tmp_path / "a.mp4")) as container:
        frame = next(container.decode(video=0))
    assert (frame.width, frame.height) == timeline.size
    assert frame.to_ndarray()[: frame.height].min() > 230
