"""What `manage.py check` says of the routes, and workers when they start: models that have ended, or will soon."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.core.checks import CheckMessage, Info, Warning
from django.utils import timezone

SOON = timedelta(days=30)


def models_in_use(app_configs: Any = None, **kwargs: Any) -> list[CheckMessage]:
    """A warning for each model of a route that is past its last day, for vendors that are configured."""
    from pipeline.routing import catalogue, routes  # the engine's imports are slow, and most commands need none

    today = timezone.now().date()
    over, soon = routes.ended(today), routes.ended(today + SOON)
    found: list[CheckMessage] = [
        Warning(
            f"{model} ({capability}) ended on {catalogue.current().model(model).ends}; it is skipped.",
            hint=f"{instead} takes its place." if instead else "Nothing takes its place: name another in routes.toml.",
            id="pipeline.W001",
        )
        for capability, model, instead in over
    ]
    known = {(capability, model) for capability, model, _ in over}
    return found + [
        Info(
            f"{model} ({capability}) ends on {catalogue.current().model(model).ends}.",
            hint="Name another in routes.toml before then.",
            id="pipeline.I001",
        )
        for capability, model, _ in soon
        if (capability, model) not in known
    ]
