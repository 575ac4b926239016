"""Stops runs; what they made is kept."""

from __future__ import annotations

from pipeline.management.asked import RunsCommand


class Command(RunsCommand):
    help = "Cancels open runs. What they made is kept, and the film is given back to the month."
    verb = "cancel"
