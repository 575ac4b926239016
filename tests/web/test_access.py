"""Every address × every kind of visitor. An address that is missing from the table fails."""

from __future__ import annotations

import pytest
from django.db import transaction
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLPattern

WHO = ("anonymous", "owner", "editor", "reviewer", "viewer", "stranger")
# What each kind of visitor gets, in the order of WHO: 2 the page, 3 led on, 4 not found, 5 not allowed, 8 refused as given.
OPEN, LOGIN = "222222", "322222"
MEMBERS = "322224"  # of one's own workspace; to a stranger it is not there
EDITORS = "322554"
MINE = "322222"  # any logged-in visitor's own page
EDITORS_HERE = "322552"  # a page of the workspace one works in
OWNERS_POST = "335553"
POST = "post"
NUMBERS = {"pk": 1}
TABLE = {
    "home": ("get", OPEN), "credits": ("get", OPEN), "offline": ("get", OPEN), "service_worker": ("get", OPEN),
    "alive": ("get", OPEN), "ready": ("get", OPEN), "theme": (POST, "333333"), "set_language": (POST, "333333"),
    "profile": ("get", MINE), "data": ("get", MINE), "export": (POST, MINE), "delete_account": (POST, MINE),
    "end_session": (POST, "344444"), "keep_account": (POST, "333333"), "workspaces": ("get", MINE), "open_workspace": (POST, "333333"),
    "switch_workspace": (POST, "333334"), "team": ("get", MINE), "plan": ("get", MINE), "voices": ("get", MINE),
    "rename_workspace": (POST, "335553"), "invite": (POST, "325552"), "withdraw_invitation": (POST, "335554"),
    "set_role": (POST, "335554"), "remove_member": (POST, "335554"), "hand_over": (POST, "335553"),
    "leave_workspace": (POST, "333333"), "join": ("get", "322222"), "stop_seeing_as": (POST, "344444"),
    "films": ("get", MINE), "books": ("get", MINE), "new_film": ("get", EDITORS_HERE),
    "upload": (POST, "388558"), "paste": (POST, "388558"), "sample": (POST, "388558"),
    "choose_chapters": ("get", EDITORS), "how": ("get", EDITORS), "start": (POST, "333554"),
    "delete_book": (POST, "333554"), "chapter": ("get", MEMBERS), "rename_chapter": (POST, "333554"),
    "merge_chapter": (POST, "333554"), "split_chapter": (POST, "333554"), "asset": ("get", MEMBERS),
    "film": ("get", MEMBERS), "versions": ("get", MEMBERS), "make_again": (POST, "333554"), "delete_film": (POST, "333554"),
    "share": (POST, "333554"), "film_file": ("get", MEMBERS), "run": ("get", MEMBERS), "run_live": ("get", MEMBERS),
    "cancel_run": (POST, "333554"), "retry_run": (POST, "333554"), "tell_me": (POST, "333334"),
    "end_share": (POST, "333554"), "shared": ("get", OPEN), "shared_file": ("get", OPEN), "embed": ("get", OPEN),
    "remark_add": (POST, "388854"), "remark_settle": (POST, "333554"), "remark_delete": (POST, "335354"),
    "desk": ("get", MEMBERS), "desk_live": ("get", MEMBERS), "desk_undo": (POST, "333554"),
    "desk_update": (POST, "333554"), "desk_scene": (POST, "333554"), "desk_ask": ("get", EDITORS),
    "scene_tools": ("get", MEMBERS), "scene_play": (POST, "333554"), "words_said": ("get", MEMBERS), "say": (POST, "333554"),
    "people": ("get", MEMBERS), "person": ("get", MEMBERS), "person_add": (POST, "333554"),
    "person_change": (POST, "333554"), "person_merge": (POST, "333554"), "person_split": (POST, "333554"),
    "person_lines": (POST, "333554"),
    "desk_clash": (POST, "333554"), "desk_history": ("get", MEMBERS), "desk_restore": (POST, "333554"),
    "voice_sample": ("get", "344444"), "style_sample": ("get", "344444"),
    "vendor_webhook": (POST, "444444"),
    "cloned_voices": ("get", "322552"), "clone_voice": (POST, "388558"), "drop_voice": (POST, "344554"),
    "film_limit": (POST, "333554"), "own_keys": ("get", "325552"), "bring_key": (POST, "385558"), "drop_key": (POST, "345554"),
}  # fmt: skip
FOREIGN = ("account_", "mfa_", "usersessions_", "socialaccount_")  # allauth's own, guarded and tested there
MEANING = {200: "2", 204: "2", 302: "3", 404: "4", 403: "5", 405: "6", 413: "8", 422: "8"}


def names(patterns=None):
    """Every name of the site's own addresses."""
    for pattern in patterns if patterns is not None else get_resolver().url_patterns:
        if isinstance(pattern, URLPattern):
            if pattern.name and not pattern.name.startswith(FOREIGN):
                yield pattern.name
        elif pattern.app_name not in ("admin",) and pattern.namespace != "api":
            yield from names(pattern.url_patterns)


def test_every_address_is_in_the_table():
    assert set(names()) == set(TABLE)


def arguments(name, world):
    return {
        "switch_workspace": [world.workspace.pk],
        "withdraw_invitation": [world.invitation.pk],
        "set_role": [world.workspace.memberships.get(role="viewer").pk],
        "remove_member": [world.workspace.memberships.get(role="viewer").pk],
        "join": [world.invitation.token],
        "shared": [world.share.token], "embed": [world.share.token], "shared_file": [world.share.token, "film.vtt"],
        "end_share": [world.share.pk], "asset": [world.done.picture.pk],
        "film_file": [world.done.render.pk if world.done.render else 0, "film.vtt"],
        **dict.fromkeys(("choose_chapters", "how", "start", "delete_book"), [world.source.pk]),
        **dict.fromkeys(("chapter", "rename_chapter", "merge_chapter", "split_chapter"), [world.source.chapters.first().pk]),
        **dict.fromkeys(("film", "versions", "make_again", "delete_film", "share"), [world.done.project.pk]),
        **dict.fromkeys(("run", "run_live", "cancel_run", "tell_me"), [world.going.run.pk]),
        **dict.fromkeys(("desk", "desk_live", "desk_undo", "desk_update", "desk_history", "desk_restore"), [world.done.project.pk]),
        "desk_scene": [world.done.scenes[0].pk], "desk_ask": [world.done.scenes[0].pk, "picture"],
        "desk_clash": [world.clash.pk], "remark_add": [world.done.render.pk],
        **dict.fromkeys(("remark_settle", "remark_delete"), [world.remark.pk]),
        **dict.fromkeys(("scene_tools", "scene_play"), [world.done.scenes[0].pk]),
        **dict.fromkeys(("people", "person_add", "words_said", "say"), [world.done.project.pk]),
        **dict.fromkeys(("person", "person_change", "person_merge", "person_split", "person_lines"), [world.person.pk]),
        "retry_run": [world.done.run.pk],
        "end_session": [0],
        "voice_sample": ["nobody"],
        "style_sample": ["none"],
        "vendor_webhook": ["nobody"],
        "drop_key": [0], "drop_voice": [0], "film_limit": [world.done.project.pk],
    }.get(name, [])  # fmt: skip


@pytest.mark.parametrize("name", sorted(TABLE))
def test_who_may(name, world, client_of):
    method, expected = TABLE[name]
    address = reverse(name, args=arguments(name, world))
    clients = {who: client_of(who) for who in WHO}
    got = "".join(answer(clients[who], method, address) for who in WHO)
    assert got == expected


def answer(client, method, address):
    """What the visitor gets; whatever it did is undone."""
    with transaction.atomic():
        response = getattr(client, method)(address)
        getattr(response, "getvalue", bytes)()  # a stream is closed when it has been read
        transaction.set_rollback(True)
    return MEANING.get(response.status_code, str(response.status_code))


def test_strangers_are_led_to_the_login(world, client_of):
    led = client_of("anonymous").get(reverse("run", args=[world.going.run.pk]))
    assert led["Location"].startswith(reverse("account_login"))
