"""The support desk in Chromium: from an e-mail to the failed run in three clicks, mended, and seen to finish."""

from __future__ import annotations

import io
import json
import re

import pytest
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from playwright.sync_api import expect

from accounts.models import Audit, User
from pipeline.models import Render, Run, Step
from projects.models import Asset, Scene
from tests.browser.test_live_page import draw, picture, until
from tests.desk.film import tells_the_book
from tests.web import world as worlds

pytestmark = pytest.mark.browser
PATIENCE = 400  # seconds for what real workers make
WHY = "The picture could not be drawn."


def textured():
    """A picture whose moves are seen: the quality check takes a plain one for a frozen film."""
    data = io.BytesIO()
    Image.effect_noise((960, 540), 80).resize((96, 54)).resize((960, 540)).save(data, "PNG")
    return data.getvalue()


@pytest.fixture
def failed(world):
    """A run that stopped at its second picture, of small pictures and short voices, all else made or waiting."""
    film = tells_the_book(world, world.going)
    film.run.script.broken = True
    film.run.script.save()
    Scene.objects.filter(script=film.run.script).update(brief={"place": "harbour", "who": [], "what": ["boat"]})
    words = [["The", 0, 8000, ""], ["fog.", 8000, 20000, ""]]
    Asset.objects.filter(pk=film.voice.pk).update(meta={"rate": 24000, "samples": 24000, "words": words})
    still = worlds.asset(film.run.workspace, "fade", textured(), "t.png", "image/png", width=960, height=540)
    made = {"image_generation": still, "audio_generation": film.voice}
    for stage, asset in made.items():
        Step.objects.filter(run=film.run, stage=stage).update(status="succeeded", asset=asset)
    rows = Step.objects.filter(run=film.run, stage="image_generation", position=2)
    rows.update(status="failed", ready=True, error=WHY, asset=None, finished=timezone.now())
    planned = ["script_generation", "scene_breakdown", *made]  # what follows is planned when the run goes on
    Step.objects.filter(run=film.run).exclude(stage__in=planned).delete()
    options = film.run.options | {"resolution": "360p", "style": "shadow", "captions": "files", "transition": "cut"}
    Run.objects.filter(pk=film.run.pk).update(status="failed", error=WHY, options=options, planned=planned)
    return Run.objects.get(pk=film.run.pk)


@pytest.fixture
def staff(world):
    return User.objects.create_superuser("support@litink.example", "a long enough password")


@pytest.fixture
def desk(visit, staff):
    """The desk of support; whatever the policy of the page's content refuses is kept in `refused`."""
    page = visit(staff)
    page.refused = []
    page.on("console", lambda line: page.refused.append(line.text) if "Content Security Policy" in line.text else None)
    yield page
    assert not page.refused


def find(page, email):
    """To the run: the user among those found, the run on their page."""
    page.goto(f"{reverse('admin:accounts_user_changelist')}?q={email}")
    page.get_by_role("link", name=email, exact=True).click()
    page.get_by_role("link", name=re.compile(r"^run \d+$")).first.click()


def because(page, reason):
    page.get_by_label("Reason").fill(reason)
    page.locator(".submit-row input").click()


@pytest.mark.slow
def test_three_clicks_from_the_e_mail_and_the_run_goes_on_to_its_end(desk, failed, workers, visit, world):
    find(desk, "owner@litink.example")
    expect(desk.locator("#content")).to_contain_text(WHY)
    desk.get_by_role("link", name="Go on with").click()  # the third
    because(desk, "Ticket 31")
    assert until(lambda: Run.objects.get(pk=failed.pk).status == "pending")
    stood = Step.objects.filter(run=failed, stage="image_generation").exclude(position=2)
    kept = list(stood.order_by("pk").values_list("pk", "attempt"))
    workers()
    watched = visit(world.people["owner"])
    watched.goto(reverse("run", args=[failed.pk]))
    expect(watched.locator("#run-now")).to_have_text("The film is ready", timeout=PATIENCE * 1000)
    assert Render.objects.filter(run=failed).exists()
    assert kept == list(stood.order_by("pk").values_list("pk", "attempt"))  # what stood was not drawn again
    desk.reload()
    assert Audit.objects.get(action="run.retry").reason == "Ticket 31"


def test_the_desk_s_pages_keep_the_policy(desk, failed):
    for name in ("index", "pipeline_queue", "pipeline_run_changelist", "pipeline_step_changelist", "projects_project_changelist",
                 "accounts_workspace_changelist", "projects_asset_changelist", "billing_usage_changelist"):  # fmt: skip
        desk.goto(reverse(f"admin:{name}"))
        expect(desk.locator("#content")).to_be_visible()
    desk.goto(reverse("admin:pipeline_run_change", args=[failed.pk]))
    expect(desk.locator("#content")).to_contain_text(WHY)


def see_as(page, user):
    page.goto(reverse("admin:accounts_user_see_as", args=[user.pk]))
    because(page, "Ticket 32")
    expect(page.locator(".seeing")).to_contain_text(user.email)


SPEAK = """async ([path, words]) => {
  const socket = new WebSocket(`ws://${location.host}${path}`);
  const heard = new Promise((done) => {
    socket.onmessage = (event) => done("heard");
    socket.onclose = (event) => done(`closed ${event.code}`);
  });
  await new Promise((done) => { socket.onopen = done; socket.onerror = done; });
  for (const word of words) if (socket.readyState === WebSocket.OPEN) socket.send(word);
  const end = await Promise.race([heard, new Promise((done) => setTimeout(done, 8000, "silence"))]);
  socket.close();
  return end;
}"""


def test_a_socket_opened_while_seeing_as_a_user_tells_and_takes_nothing(desk, world):
    owner, run = world.people["owner"], world.going.run
    see_as(desk, owner)
    desk.route("**/runs/*/live/**", lambda route: route.abort())  # the socket alone tells
    desk.goto(reverse("run", args=[run.pk]))
    expect(picture(desk, 2)).to_have_count(0)
    draw(world)
    expect(picture(desk, 2)).to_be_visible()
    before = state()
    asked = [json.dumps({"do": verb, "run": run.pk}) for verb in ("cancel", "delete", "update")]
    assert desk.evaluate(SPEAK, [f"/ws/runs/{run.pk}/", asked]) == "heard"
    desk.evaluate(SPEAK, [f"/ws/script/{world.done.project.pk}/", asked])
    assert state() == before


def state():
    """All that a socket might have changed."""
    return (
        list(Run.objects.order_by("pk").values_list("pk", "status")),
        list(Step.objects.order_by("pk").values_list("pk", "status", "attempt")),
        list(Scene.objects.order_by("pk").values_list("pk", "revision", "locked")),
        Audit.objects.count(),
    )


def test_while_seeing_as_a_user_only_their_own_sockets_open(desk, world):
    see_as(desk, world.stranger)
    assert desk.evaluate(SPEAK, [f"/ws/runs/{world.going.run.pk}/", []]).startswith("closed")
