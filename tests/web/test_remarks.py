"""Remarks at a time of the film: who may, what is kept, what other versions and the script desk tell of them."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from pipeline import remarks
from pipeline.models import Remark, Render, Run, Step
from pipeline.wiping import wipe, wipe_project
from projects.models import Asset
from tests.harness.counting import queries

HTMX = {"HX-Request": "true"}


def add(client, render, text="Too dark here.", at="0:02", **more):
    return client.post(reverse("remark_add", args=[render.pk]), {"text": text, "at": at, **more})


def page_of(client, project, **asked):
    return client.get(reverse("film", args=[project.pk]), asked).content.decode()


def said(world):
    """What there is beside the world's own."""
    return Remark.objects.exclude(pk=world.remark.pk)


def another_version(world, order):
    """A newer version that shows the scenes in this order, one second each, after a second of title."""
    old = world.done.render
    film = Asset.objects.get(pk=old.film_id)
    film.pk, film.recipe, film.meta = None, "9" * 64, {"scenes": [[n, 30 * n] for n in range(1, len(order) + 1)]}
    film.save()
    run = Run.objects.create(workspace=world.workspace, project=old.project, status="succeeded", script=old.run.script)
    for place, index in enumerate(order, 1):
        key = world.done.scenes[index].pk
        Step.objects.create(run=run, stage="image_generation", subject=key, position=place, status="succeeded")
    later = old.created + timedelta(minutes=1)
    return Render.objects.create(
        workspace=world.workspace, project=old.project, run=run, film=film, seconds=12, created=later
    )


@pytest.mark.parametrize(("who", "status"), [("viewer", 403), ("stranger", 404), ("reviewer", 302), ("editor", 302)])
def test_reviewers_make_remarks_and_viewers_read(world, client_of, who, status):
    answer = add(client_of(who), world.done.render)
    assert answer.status_code == status
    assert said(world).count() == (status == 302)
    if status == 403:
        assert "Your role does not allow this" in answer.content.decode()


def test_a_viewer_sees_remarks_and_no_form(world, client_of):
    page = page_of(client_of("viewer"), world.done.project)
    assert "The boat is missing." in page
    assert 'id="remark-form"' not in page
    assert reverse("remark_settle", args=[world.remark.pk]) not in page
    assert reverse("remark_delete", args=[world.remark.pk]) not in page


def test_a_remark_leads_to_its_time_and_its_scene(world, editor):
    page = page_of(editor, world.done.project)
    key = world.done.scenes[1].pk
    assert 'data-seek="1.50"><span class="unseen">Show the film at </span>0:01' in page
    assert f"{reverse('desk', args=[world.done.project.pk])}?at={key}#scene-{key}" in page
    assert "reviewer" in page


def test_without_script_the_answer_is_the_page_at_the_remark(world, client_of):
    answer = add(client_of("reviewer"), world.done.render)
    row = said(world).get()
    assert answer["Location"].endswith(f"?version={world.done.render.pk}#remark-{row.pk}")


def test_with_script_the_parts_that_changed_are_sent(world, client_of):
    address = reverse("remark_add", args=[world.done.render.pk])
    answer = client_of("reviewer").post(address, {"text": "Brighter.", "at": "0:05"}, headers=HTMX).content.decode()
    assert "<html" not in answer
    assert '<div id="remarks-list" hx-swap-oob="true">' in answer and "Brighter." in answer
    assert "Your remark is there." in answer
    assert ">Brighter.</textarea>" not in answer


@pytest.mark.parametrize(
    ("seconds", "place"), [(0.0, 0), (0.99, 1), (1.0, 1), (2.4, 2), (11.9, 2)]
)  # a player that was sent to a beginning stands a hair before it
def test_the_scene_is_what_the_film_shows_then(world, seconds, place):
    assert remarks.scene_at(world.done.render, seconds) == world.done.scenes[place].pk


def test_before_the_first_scene_there_is_none(world, client_of):
    render = another_version(world, [0, 1])
    add(client_of("reviewer"), render, at="0:00")
    assert said(world).get().scene is None


def test_the_player_s_own_second_is_kept_while_the_clock_shows_it(world, client_of):
    reviewer = client_of("reviewer")
    add(reviewer, world.done.render, at="0:01", exact="1.83")
    add(reviewer, world.done.render, at="0:07", exact="1.83")
    assert list(said(world).values_list("seconds", flat=True)) == [1.83, 7.0]


@pytest.mark.parametrize(
    ("text", "at", "told"),
    [
        ("", "0:02", "Write what should change."),
        ("   \n ", "0:02", "Write what should change."),
        ("x" * 2001, "0:02", "at most 2000 characters"),
        ("Kept.", "soon", "Write the time as minutes and seconds"),
        ("Kept.", "", "Write the time as minutes and seconds"),
        ("Kept.", "0:13", "The film ends at 0:12."),
    ],
)
@pytest.mark.parametrize("headers", [{}, HTMX])
def test_what_can_t_be_taken_is_said_and_stays_typed(world, client_of, text, at, told, headers):
    address = reverse("remark_add", args=[world.done.render.pk])
    answer = client_of("reviewer").post(address, {"text": text, "at": at}, headers=headers)
    page = answer.content.decode()
    assert (answer.status_code, said(world).count()) == (422, 0)
    assert told in page
    assert text.strip() in page and f'value="{at}"' in page or not at


def test_two_thousand_letters_are_counted_as_the_browser_does(world, client_of):
    add(client_of("reviewer"), world.done.render, text="a\r\n" * 999 + "bc")
    assert said(world).get().text == "a\n" * 999 + "bc"


def test_html_is_shown_as_it_was_written_and_lines_stay(world, client_of):
    add(client_of("reviewer"), world.done.render, text="<script>alert(1)</script>\n<b>two</b>")
    page = page_of(client_of("viewer"), world.done.project)
    assert "&lt;script&gt;alert(1)&lt;/script&gt;<br>&lt;b&gt;two&lt;/b&gt;" in page
    assert "<script>alert" not in page


@pytest.mark.parametrize(("who", "status"), [("owner", 302), ("editor", 302), ("reviewer", 403), ("viewer", 403)])
def test_editors_settle_and_open_again(world, client_of, who, status):
    address = reverse("remark_settle", args=[world.remark.pk])
    assert client_of(who).post(address).status_code == status
    world.remark.refresh_from_db()
    assert bool(world.remark.settled) == (status == 302)
    client_of("editor").post(address, {"again": "1"})
    world.remark.refresh_from_db()
    assert (world.remark.settled, world.remark.settled_by) == (None, None)


def test_who_was_first_has_done_it(world, client_of):
    address = reverse("remark_settle", args=[world.remark.pk])
    client_of("editor").post(address)
    client_of("owner").post(address)
    assert Remark.objects.get(pk=world.remark.pk).settled_by == world.people["editor"]


def test_what_is_done_is_folded(world, editor):
    editor.post(reverse("remark_settle", args=[world.remark.pk]))
    page = page_of(editor, world.done.project)
    assert page.index("<details") < page.index("1 remark is done") < page.index("The boat is missing.")
    assert "Nothing is open." in page and "Open again" in page and "done by editor" in page


@pytest.mark.parametrize(
    ("who", "gone"), [("owner", True), ("reviewer", True), ("editor", False), ("viewer", False), ("stranger", False)]
)
def test_one_s_own_is_deleted_and_by_the_owner_anybody_s(world, client_of, who, gone):
    client_of(who).post(reverse("remark_delete", args=[world.remark.pk]))
    assert Remark.objects.exists() != gone


def test_a_reviewer_who_became_a_viewer_only_reads(world, client_of):
    world.workspace.memberships.filter(role="reviewer").update(role="viewer")
    assert client_of("reviewer").post(reverse("remark_delete", args=[world.remark.pk])).status_code == 403


def test_the_answer_is_of_the_version_that_is_looked_at(world, editor):
    new = another_version(world, [1, 0])
    answer = editor.post(reverse("remark_settle", args=[world.remark.pk]), {"version": new.pk})
    assert f"?version={new.pk}#" in answer["Location"]
    foreign = editor.post(reverse("remark_settle", args=[world.remark.pk]), {"version": "999999"})
    assert f"?version={world.done.render.pk}#" in foreign["Location"]


def test_another_version_tells_it_where_its_scene_is_now(world, editor):
    new = another_version(world, [0, 2, 1])  # a title of a second; the remark's scene comes third, at 3 s
    told = remarks.shown(new, [new, world.done.render]).open
    assert [(s.at, s.scene, s.version, s.linked) for s in told] == [(3.5, 3, 1, True)]
    page = page_of(editor, world.done.project)
    assert "said of version 1" in page and 'data-seek="3.50"' in page
    assert "said of version" not in page_of(editor, world.done.project, version=world.done.render.pk)


def test_a_version_without_the_scene_does_not_tell_it(world, editor):
    another_version(world, [0, 2])
    assert "The boat is missing." not in page_of(editor, world.done.project)
    assert "The boat is missing." in page_of(editor, world.done.project, version=world.done.render.pk)


def test_a_scene_that_the_script_lost_is_named_without_a_link(world, editor):
    key = world.done.scenes[1].pk
    world.done.scenes[1].delete()
    page = page_of(editor, world.done.project)
    assert "scene 2" in page and f"?at={key}" not in page


def test_remarks_come_in_the_order_of_the_film(world, client_of):
    for at in ("0:09", "0:00", "0:04"):
        add(client_of("reviewer"), world.done.render, text=f"at {at}", at=at)
    told = remarks.shown(world.done.render, [world.done.render]).open
    assert [s.at for s in told] == [0, 1.5, 4, 9]


def many(world, n, **more):
    Remark.objects.bulk_create(
        Remark(
            workspace=world.workspace, project=world.done.project, render=world.done.render, text=f"No. {i}",
            seconds=i % 12, scene=world.done.scenes[i % 3].pk, by=world.people["reviewer"], **more,
        )
        for i in range(n)
    )  # fmt: skip


@pytest.mark.usefixtures("time_stands")
@pytest.mark.parametrize("name", ["film", "desk"])
def test_pages_ask_as_much_for_many_remarks_as_for_one(world, editor, name):
    address = reverse(name, args=[world.done.project.pk])
    few = queries(editor, address)
    many(world, 60)
    many(world, 60, settled=timezone.now(), settled_by=world.people["editor"])
    assert queries(editor, address) <= few


def test_two_hundred_are_shown_and_it_is_said(world, editor):
    many(world, 199)
    assert "More than 200" not in page_of(editor, world.done.project)
    many(world, 1)
    page = page_of(editor, world.done.project)
    assert "More than 200 remarks are open." in page
    assert page.count('class="remark"') == 200


def test_the_desk_marks_scenes_with_open_remarks(world, editor):
    desk = reverse("desk", args=[world.done.project.pk])
    link = f"?version={world.done.render.pk}#remark-{world.remark.pk}"
    page = editor.get(desk).content.decode()
    assert page.count("data-remarks") == 1 and link in page and ">1 remark<" in page
    remarks.add(world.done.render, by=world.people["editor"], text="Again.", seconds=1.2)
    assert ">2 remarks<" in editor.get(desk).content.decode()
    Remark.objects.update(settled=timezone.now())
    assert "data-remarks" not in editor.get(desk).content.decode()


def test_whoever_has_the_link_sees_no_remarks(world, client):
    assert "The boat is missing." not in client.get(reverse("shared", args=["known"])).content.decode()


def test_the_export_holds_them(world, owner):
    bundle = zipfile.ZipFile(io.BytesIO(b"".join(owner.post(reverse("export")).streaming_content)))
    name = next(name for name in bundle.namelist() if name.endswith("remarks.json"))
    rows = json.loads(bundle.read(name))
    assert [(r["text"], r["seconds"], r["by__email"]) for r in rows] == [
        ("The boat is missing.", 1.5, "reviewer@litink.example")
    ]


@pytest.mark.parametrize("end", [lambda w: wipe(w.workspace), lambda w: wipe_project(w.done.project)])
def test_a_deleted_film_takes_its_remarks_along(world, end):
    end(world)
    assert not Remark.objects.exists()


def test_a_remark_outlives_the_account_of_a_member(world, editor):
    world.people["reviewer"].delete()
    assert "somebody who has left" in page_of(editor, world.done.project)


def test_the_team_page_tells_what_a_reviewer_does(world, owner):
    assert "a reviewer watches and makes remarks" in owner.get(reverse("team")).content.decode()
