"""Verbs on people and workspaces."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from accounts.models import Audit, Membership, Role, User, Workspace


@transaction.atomic
def open_workspace(user: User, *, name: str = "") -> Workspace:
    """A workspace of their own, made at sign-up."""
    workspace = Workspace.objects.create(name=name or user.called)
    Membership.objects.create(workspace=workspace, user=user, role=Role.OWNER)
    return workspace


def audit(
    actor: User | None,
    action: str,
    *,
    workspace: Workspace | None = None,
    subject: str = "",
    reason: str = "",
    **facts: Any,
) -> Audit:
    """One row of who did what."""
    return Audit.objects.create(
        actor=actor,
        actor_email=actor.email if actor else "",
        workspace=workspace,
        action=action,
        subject=subject,
        reason=reason,
        facts=facts,
    )
