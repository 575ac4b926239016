"""Runs, and what was planned of them."""

from __future__ import annotations

from pipeline.rendering.certificate.stretches import longest, runs, without


def test_marks_join_into_runs():
    assert runs([(0, True), (5, True), (10, False), (15, True)], 5) == [(0, 10), (15, 20)]


def test_what_was_planned_is_taken_away():
    assert without((0, 100), [(20, 40), (90, 120)]) == [(0, 20), (40, 90)]
    assert without((0, 100), [(0, 100)]) == []
    assert without((10, 20), [(30, 40)]) == [(10, 20)]


def test_the_longest_is_found_first_among_equals():
    assert longest([(0, 10), (20, 30)]) == (0, 10)
    assert longest([]) == (0, 0)
