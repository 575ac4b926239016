"""Every fault of every vendor's capability, seeded: does each film end well, and is our ledger what was billed? `make bench-faults`.

Real clients, router, stages and ledger against the fakes on loopback; one fault kind strikes one vendor a run, once to four
times, and another model stands behind it. Most runs end after the stage under test, or are one call of a capability
(moderation, sounds, music, transcription, video, lips): a render says nothing about a vendor. The last runs are whole
films at 360p on all vendors with a share of all requests failing. Waiting is not slept: the rows' clocks are put forward.

SEED, RUNS, FILMS and JOBS (processes) may be set in the environment; ONLY (as modelslab:video) does a part again.
"""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from bench import scratch
from bench.campaign import CENT, TALE, Meter, Outcome, Plan, plans
from tests.fakes import faults as faulty
from tests.fakes import vendors
from tests.fakes.server import Fake

SEED, RUNS, FILMS = (int(os.environ.get(name, usual)) for name, usual in (("SEED", 1), ("RUNS", 540), ("FILMS", 8)))
JOBS = int(os.environ.get("JOBS", 0)) or min(4, os.cpu_count() or 1)
ONLY = os.environ.get("ONLY", "")
STAGED = ("text", "image", "speech", "moderation", "sound", "music", "transcription", "video", "lipsync")
WORKFLOWS = ",".join(f"{name}=bench.faulty.{name.upper()}" for name in STAGED)
HELD = 0.15  # seconds that a time-out holds the line
FILM_RATE, FILM_KINDS = 0.12, (*faulty.GENERIC, *faulty.MEDIA, *faulty.TEXTS, *faulty.JOBS)
GOALS: dict[str, Any] = {"runs": 500, "unclear": 0, "off_the_bill": 0, "paid_twice": 0, "endless": 0, "whole_films": 5}


class Campaign:
    """`outcomes` of the runs so far."""

    def __init__(self, fakes: dict[str, Fake]) -> None:
        self.fakes, self.meter, self.outcomes = fakes, Meter(fakes), list[Outcome]()

    def run(self, plan: Plan) -> Outcome:
        from pipeline.models import Allowance, Circuit, RouteOverride, Slot

        for model in (Allowance, Circuit, RouteOverride, Slot):
            model.objects.all().delete()
        run = self._begin(plan)
        self._strike(plan)
        outcome = Outcome(plan, *self._driven(plan, run))
        outcome.struck = sum(len(one.faults.done) for one in self.fakes.values())
        outcome.billed, outcome.twice = self.meter.read()
        self._count(outcome, run)
        self.outcomes.append(outcome)
        return outcome

    def _begin(self, plan: Plan) -> Any:
        from accounts.models import User
        from accounts.services import open_workspace
        from billing.models import Plan as Paid
        from pipeline import services
        from projects.options import FilmOptions
        from projects.services import add_source, body_chapters, new_project

        user = User.objects.create(email=f"run-{plan.number}@litink.example")
        workspace = open_workspace(user)
        Paid.objects.update_or_create(workspace=workspace, defaults={"tier": "enterprise"})
        source = add_source(workspace, self.book)
        modes = ("verbatim", "abridged", "summary") if plan.capability in ("text", "film") else ("verbatim", "abridged")
        options = FilmOptions(
            chapters=tuple(body_chapters(source)), mode=modes[plan.number % len(modes)], minutes=0.25, resolution="360p",
            music="",
        )  # fmt: skip
        project = new_project(source, options=options)
        project.workflow = plan.capability
        project.save(update_fields=["workflow"])
        if not plan.film:
            self._route(plan)
        return services.start(project)

    book = Path()

    def _route(self, plan: Plan) -> None:
        """The vendor under test first, another behind it; the rest of the film by this machine."""
        from pipeline.models import RouteOverride
        from pipeline.routing import routes

        offered = [
            one for one in routes.offered(plan.capability) if not one.startswith("openrouter:") or "free" not in one
        ]
        own = [one for one in offered if one.startswith(f"{plan.vendor}:")]
        other = [one for one in offered if not one.startswith(f"{plan.vendor}:")]
        for name in STAGED:
            wanted = [*own[:1], *other[:1]] if name == plan.capability else []
            RouteOverride.objects.create(capability=name, route=wanted, reason="bench")

    def _strike(self, plan: Plan) -> None:
        if plan.film:
            for place, one in enumerate(self.fakes.values()):
                one.faults.plan(
                    SEED * 1000 + plan.number * 10 + place, rate=FILM_RATE, kinds=FILM_KINDS, most=2, seconds=HELD
                )
            return
        more = {"seconds": HELD, "retry_after": plan.retry_after if plan.fault in ("429", "503") else None}
        self.fakes[plan.vendor].faults.next(plan.fault, times=plan.times, **more)

    def _driven(self, plan: Plan, run: Any) -> tuple[str, str]:
        from tests.fakes.driving import drive, hearing

        self.fakes["deepgram"].hears = hearing(run) if plan.film else None  # type: ignore[attr-defined]
        self.fakes["openai"].hears = hearing(run) if plan.film else None  # type: ignore[attr-defined]
        try:
            drive(run)
        except AssertionError:
            return "endless", "it never ended"
        return str(run.status), run.error

    def _count(self, outcome: Outcome, run: Any) -> None:
        from billing.models import Usage

        known: dict[str, Decimal] = defaultdict(Decimal)
        for row in Usage.objects.filter(run=run.pk).exclude(provider="local"):
            known[row.provider] += row.cost_usd
            outcome.unsure[row.provider] += row.outcome in ("ambiguous", "sent")
            outcome.garbage[row.provider] += row.outcome == "garbage"
        outcome.known = dict(known)


def figures(outcomes: Sequence[Outcome], seconds: float) -> dict[str, Any]:
    billed = sum((sum(one.billed.values(), Decimal(0)) for one in outcomes), Decimal(0))
    known = sum((sum(one.known.values(), Decimal(0)) for one in outcomes), Decimal(0))
    unseen = sum((one.off(v) for one in outcomes for v in one.billed if one.unsure[v]), Decimal(0))
    return {
        "runs": len(outcomes),
        "struck": sum(bool(one.struck) for one in outcomes),
        "faults": sum(one.struck for one in outcomes),
        "whole_films": sum(one.plan.film for one in outcomes),
        "succeeded": sum(one.status == "succeeded" for one in outcomes),
        "failed_clearly": sum(one.status == "failed" and one.clear for one in outcomes),
        "unclear": sum(not one.clear for one in outcomes),
        "endless": sum(one.status == "endless" for one in outcomes),
        "billed_usd": f"{billed:.4f}",
        "ledger_usd": f"{known:.4f}",
        "ambiguous_usd": f"{unseen:.4f}",
        "ambiguous_calls": sum(sum(one.unsure.values()) for one in outcomes),
        "off_the_bill": sum(len(one.wrong) for one in outcomes),
        "to_the_cent": abs(billed - known - unseen) < CENT / 2,
        "paid_again_after_bad_answers": sum(min(one.twice[v], one.garbage[v]) for one in outcomes for v in one.twice),
        "paid_twice": sum(len(one.paid_twice) for one in outcomes),
        "seconds": round(seconds),
    }


def table(outcomes: Sequence[Outcome]) -> None:
    """By capability and vendor; then what was ambiguous, and all that is not as it should be."""
    rows: dict[str, Counter[str]] = defaultdict(Counter)
    for one in outcomes:
        row = rows[f"{one.plan.capability:<14}{one.plan.vendor}"]
        row.update(
            runs=1,
            struck=one.struck,
            ok=one.status == "succeeded",
            failed=one.status == "failed",
            unsure=sum(one.unsure.values()),
        )
    print(f"{'capability':<14}{'vendor':<12}{'runs':>6}{'faults':>8}{'films':>7}{'failed':>8}{'ambiguous':>11}")
    for name, row in sorted(rows.items()):
        print(f"{name:<26}{row['runs']:>6}{row['struck']:>8}{row['ok']:>7}{row['failed']:>8}{row['unsure']:>11}")
    print("\nwhy films failed")
    for why, many in Counter(one.error for one in outcomes if one.status == "failed").most_common():
        print(f"{many:>6}  {why}")
    print("\nambiguous calls that the vendor billed and did not say so (run, vendor, capability, fault: USD)")
    for one in outcomes:
        for vendor in sorted(v for v in one.billed if one.unsure[v] and abs(one.off(v)) >= CENT / 100):
            print(f"  {one.plan}: {vendor} {one.off(vendor):.4f}")
    for one in outcomes:
        for what, bad in (("unclear", not one.clear), ("off the bill", one.wrong), ("paid twice", one.paid_twice)):
            if bad:
                print(
                    f"! {what}: run {one.plan} (seed {SEED}), {one.status} {one.error!r} {bad} {one.billed} {one.known}"
                )


def _hasten() -> None:
    """This database is thrown away: no commit waits for the disk."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(f"ALTER DATABASE {scratch.NAME} SET synchronous_commit = off")
    connection.close()


def part(number: int, out: Path) -> None:
    """Every JOBS-th run, on a database and fakes of its own."""
    scratch.NAME = f"litink_bench_faults_{os.getpid()}"  # other benches may go at the same time
    with vendors.running() as fakes, tempfile.TemporaryDirectory() as folder:
        os.environ.update(vendors.settings_of(fakes, Path(folder)))
        Campaign.book = Path(folder) / "fox.txt"
        Campaign.book.write_text(TALE)
        with scratch.database(EXTRA_WORKFLOWS=WORKFLOWS):
            _hasten()
            campaign = Campaign(fakes)
            for plan in plans(SEED, RUNS, FILMS):
                if plan.number % JOBS == number and ONLY in f"{plan.vendor}:{plan.capability}:{plan.fault}":
                    campaign.run(plan)
                    out.write_bytes(pickle.dumps(campaign.outcomes))
                if plan.number % 50 == 0:
                    print(f"# job {number}: at run {plan.number}", file=sys.stderr, flush=True)


def together() -> list[Outcome]:
    """All parts side by side, each in a process of its own; their outcomes in order."""
    with tempfile.TemporaryDirectory() as folder:
        outs = [Path(folder) / str(number) for number in range(JOBS)]
        command = [sys.executable, "-m", "bench.faults"]
        jobs = [subprocess.Popen(command, env=os.environ | {"PART": f"{n}:{out}"}) for n, out in enumerate(outs)]
        for job in jobs:
            job.wait()
        found = [one for out in outs if out.exists() for one in pickle.loads(out.read_bytes())]
    return sorted(found, key=lambda one: one.plan.number)


def main() -> int:
    if "PART" in os.environ:
        number, _, out = os.environ["PART"].partition(":")
        part(int(number), Path(out))
        return 0
    began = time.monotonic()
    outcomes = together()
    table(outcomes)
    found = figures(outcomes, time.monotonic() - began)
    print()
    for name, value in found.items():
        print(f"{name:>28}  {value}")
    ok = all(found[n] >= goal if n in ("runs", "whole_films") else found[n] <= goal for n, goal in GOALS.items())
    ok = ok and found["to_the_cent"]
    print(json.dumps({"figures": found, "goals": GOALS, "ok": ok}))
    return 0 if ok else 1


if __name__ == "__main__":
    sys.exit(main())
