"""The tests' own ground: strangers refused, a site that answers, a browser that sees it."""

from __future__ import annotations

import socket
import threading

import pytest

from tests.harness.network import Stranger, is_here


@pytest.mark.parametrize("host", ["127.0.0.1", "::1", "localhost", None, b"127.0.0.1", "127.9.9.9"])
def test_this_machine_is_here(host):
    assert is_here(host)


@pytest.mark.parametrize("host", ["192.0.2.1", "example.org", "10.0.0.1", "2001:db8::1", "169.254.169.254"])
def test_others_are_not(host):
    assert not is_here(host)


def test_a_connection_to_a_stranger_is_refused(_no_network):
    with socket.socket() as plug, pytest.raises(Stranger):
        plug.connect(("192.0.2.1", 80))
    assert _no_network == ["192.0.2.1"]
    _no_network.clear()


def test_a_stranger_s_name_is_not_asked_for(_no_network):
    with pytest.raises(Stranger):
        socket.getaddrinfo("example.org", 80)
    assert _no_network.pop() == "example.org"


def test_datagrams_to_strangers_are_refused(_no_network):
    with socket.socket(type=socket.SOCK_DGRAM) as plug, pytest.raises(Stranger):
        plug.sendto(b"?", ("192.0.2.1", 53))
    assert _no_network.pop() == "192.0.2.1"


def test_loopback_answers():
    with socket.create_server(("127.0.0.1", 0)) as server:
        waiter = threading.Thread(target=lambda: server.accept()[0].close())
        waiter.start()
        socket.create_connection(server.getsockname()).close()
        waiter.join()


def test_uploads_go_into_the_test_s_own_folder(own_files, settings):
    assert settings.MEDIA_ROOT.parent == settings.WORK_ROOT.parent == own_files


@pytest.mark.browser
def test_the_browser_reaches_the_site(page):
    assert page.goto("/healthz").text() == "ok"


@pytest.mark.browser
def test_the_browser_reaches_nobody_else(page):
    with pytest.raises(Exception, match="ERR_NAME_NOT_RESOLVED"):
        page.goto("http://litink.example/")
