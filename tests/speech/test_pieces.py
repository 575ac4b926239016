"""The small parts under the voices: phonemes by word, runs that fit, silence, loudness, the clock."""

from __future__ import annotations

import io
import tarfile

import numpy as np
import pytest

from pipeline.providers.local.speech import kokoro_parts
from pipeline.providers.local.speech.assembly import RATE, Piece, joined, piece, resampled
from pipeline.providers.local.speech.kokoro_phonemes import kokoro_spelling
from pipeline.providers.local.speech.neural import Phrase, laid_out, phrases_of, runs
from pipeline.providers.local.speech.phonemes import by_word
from pipeline.providers.local.speech.sentences import breaths
from pipeline.providers.local.speech.trimming import pauses, spread, trim

ALONE = {"out": "ˈaʊt", "of": "ʌv", "the": "ðə", "way": "wˈeɪ", "ice-cream": "ˈaɪs kɹˈiːm"}


def speaks(clause: str, tokens: str):
    """A phonemiser that says `clause` as `tokens`, and words alone as ALONE."""
    return lambda text: (tokens if text == clause else ALONE[text]).split()


def test_a_joined_token_is_cut_where_its_words_meet():
    said = by_word(["out", "of", "the", "way"], speaks("out of the way", "ˌaʊɾəv ðə wˈeɪ"))
    assert said == ["ˌaʊɾ", "əv", "ðə", "wˈeɪ"]


def test_two_tokens_of_one_word_go_together():
    said = by_word(["the", "ice-cream", "way"], speaks("the ice-cream way", "ðə ˈaɪs kɹˈiːm wˈeɪ"))
    assert said == ["ðə", "ˈaɪskɹˈiːm", "wˈeɪ"]


def test_no_phoneme_is_lost_or_added():
    tokens = "ˌaʊɾəvðə wˈeɪ ˈaɪs kɹˈiːm ʌvðə"
    words = ["out", "of", "the", "way", "ice-cream", "of", "the"]
    assert "".join(by_word(words, speaks(" ".join(words), tokens))) == tokens.replace(" ", "")


@pytest.mark.parametrize(
    ("ipa", "language", "symbols"),
    [("ɡˈo^ʊ", "en-us", "ɡˈO"), ("ɡˈə^ʊ", "en-gb", "ɡˈQ"), ("bˈɜːd", "en-us", "bˈɜɹd"), ("t^ʃˈe^ɪn", "fr-fr", "ʧˈAn")],
)
def test_kokoro_reads_its_own_symbols(ipa, language, symbols):
    assert kokoro_spelling(ipa, language) == symbols


def test_runs_fit_the_model_and_keep_every_word():
    phrases = [Phrase(((1,) * 9,) * size, (7,)) for size in (3, 100, 1, 20)]
    made = list(runs(phrases, 120))
    assert all(sum(one.size for one in run) <= 120 for run in made)
    assert sum(len(one.words) for run in made for one in run) == 124
    assert sum(one.mark == (7,) for run in made for one in run) == 4


def test_spans_point_at_their_words():
    tokens, spans = laid_out([Phrase(((1, 2), (3,)), (9,)), Phrase(((4,),), ())], space=0)
    assert tokens == [1, 2, 0, 3, 9, 0, 4] and spans == [(0, 2), (3, 4), (6, 7)]


def test_phrases_end_at_marks():
    assert phrases_of("so, he went away — no".replace(" —", "—").split()) == [["so,"], ["he", "went", "away—"], ["no"]]


def test_trimming_moves_the_times_along():
    audio = np.zeros(24_000, np.float32)
    audio[6_000:12_000] = 0.5
    kept, times = trim(audio, [(6_000, 9_000), (9_000, 12_400)], 24_000)
    assert times == [(720, 3_720), (3_720, 7_120)] and len(kept) == 720 + 6_000 + 1_440


def test_words_end_with_their_last_sound():
    audio = np.zeros(1_000, np.float32)
    audio[100:300] = audio[500:600] = 0.5
    assert spread(audio, [100, 450]) == [(100, 300), (450, 600)]
    assert pauses(audio, 1, rate=1_000) == (100, 600, [(300, 500)])


@pytest.mark.parametrize("rate", [16_000, 22_050])
def test_resampling_keeps_pitch_and_time(rate):
    second = np.sin(2 * np.pi * 440 * np.arange(rate) / rate) * np.hanning(rate)
    wanted = np.sin(2 * np.pi * 440 * np.arange(RATE) / RATE) * np.hanning(RATE)
    assert np.max(np.abs(resampled(second, rate) - wanted)) < 0.002


def test_times_are_moved_to_the_common_clock():
    made = piece(bytes(2 * 1_600), 16_000, [(0, 800), (800, 1_600)], pause=0.1)
    assert made.words == ((0, 1_200), (1_200, 2_400)) and (len(made.pcm), made.silence) == (4_800, 2_400)


def test_pieces_follow_each_other():
    pcm, times = joined([Piece(bytes(20), ((0, 10),), 5), Piece(bytes(8), ((1, 4),))])
    assert len(pcm) == 38 and times == [(0, 10), (16, 19)]


def test_breaths_are_sentences_and_short_ones_go_along():
    said = breaths(
        "Oh! I shall be late for the tea. Where is it now, dear Alice?\nOn the other side of the hill.\n\nEnd"
    )
    assert [" ".join(one.words) for one in said] == [
        "Oh! I shall be late for the tea.", "Where is it now, dear Alice?", "On the other side of the hill.", "End",
    ]  # fmt: skip
    assert [one.pause for one in said] == [0.38, 0.4, 0.6, 0.0]


def test_voices_come_from_the_tarball(tmp_path):
    def add(archive, name, data):
        member = tarfile.TarInfo(name)
        member.size = len(data)
        archive.addfile(member, io.BytesIO(data))

    style = np.arange(510 * 256, dtype="<f4").tobytes()
    with tarfile.open(tmp_path / "kokoro.tgz", "w:gz") as archive:
        add(archive, "package/voices/bf_two.bin", style)
        add(archive, "package/voices/af_one.bin", style)
        add(archive, "package/voices/broken.bin", b"12")
        add(archive, "package/README.md", b"hello")
    made = np.load(kokoro_parts.install_voices(tmp_path / "kokoro.tgz", tmp_path / "models"))
    assert sorted(made.files) == ["af_one", "bf_two"] and made["bf_two"].shape == (510, 1, 256)[::2]


def test_another_tarball_is_refused(tmp_path):
    with tarfile.open(tmp_path / "other.tgz", "w:gz"):
        pass
    with pytest.raises(ValueError, match="kokoro-js"):
        kokoro_parts.install_voices(tmp_path / "other.tgz", tmp_path)
