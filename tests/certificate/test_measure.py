"""A good film passes every gate; each fault fails its own."""

from __future__ import annotations

from pipeline.rendering.certificate import measure


def test_a_good_film_passes(film):
    certificate = measure(film.path, film.timeline, cues=film.cues)
    assert not certificate.failed, certificate.lines()
