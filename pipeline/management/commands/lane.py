"""One lane's django-q2 cluster, whose processes all die with the one that started them."""

from __future__ import annotations

import os
from typing import Any

from django_q.management.commands.qcluster import Command as Cluster

from pipeline.processes import dies_with_parent


class Command(Cluster):
    help = "Starts the workers of the lane named by Q_CLUSTER_NAME; `manage.py work` starts and watches them all."
    requires_system_checks = ()  # `manage.py check` holds them; here they only cost a second

    def handle(self, *args: Any, **options: Any) -> None:
        # A killed supervisor must leave no orphan behind that goes on taking bells.
        os.register_at_fork(after_in_child=dies_with_parent)
        super().handle(*args, **options)
