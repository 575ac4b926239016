"""The entrance, looks, and what is said when something is wrong."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse


@pytest.mark.django_db
def test_the_prices_are_the_catalogue_s(client):
    page = client.get(reverse("home")).content.decode()
    assert all(price in page for price in ("$0", "$19", "$49", "$99", "$299"))


def test_the_theme_is_kept_in_a_cookie(client):
    response = client.post(reverse("theme"), {"theme": "dark", "next": "https://elsewhere.example/"})
    assert (response.cookies["theme"].value, response["Location"]) == ("dark", "/")


def test_a_text_that_is_far_too_large_is_told_so(editor, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 100
    page = editor.post(reverse("paste"), {"text": "x" * 1000})
    assert page.status_code == 413
    assert "too large" in page.content.decode()


@pytest.mark.django_db
def test_a_page_that_breaks_says_what_is_kept(monkeypatch):
    monkeypatch.setattr("litink.views.finders.find", lambda name: 1 / 0)
    page = Client(raise_request_exception=False).get(reverse("home"))
    assert page.status_code == 500
    assert "are kept" in page.content.decode()


@pytest.mark.django_db
def test_a_page_that_breaks_speaks_the_reader_s_language(monkeypatch):
    monkeypatch.setattr("litink.views.finders.find", lambda name: 1 / 0)
    page = Client(raise_request_exception=False).get(reverse("home"), headers={"Accept-Language": "de"})
    assert 'lang="de"' in page.content.decode() and "sind sicher" in page.content.decode()


@pytest.mark.django_db
def test_no_page_carries_script_or_style_of_its_own(client):
    page = client.get(reverse("home"))
    assert "unsafe-inline" not in page["Content-Security-Policy"]
    assert " style=" not in page.content.decode()


@pytest.mark.django_db
def test_a_form_without_its_token_says_what_to_do():
    answer = Client(enforce_csrf_checks=True).post("/theme/", {"theme": "dark"})
    assert answer.status_code == 403
    assert "what you typed is still there" in answer.content.decode()
