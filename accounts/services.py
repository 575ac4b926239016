"""Verbs on people and workspaces."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.core.mail import send_mail
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts import rooms
from accounts.models import RANK, Audit, Invitation, Membership, Role, User, Workspace, token

INVITED_FOR = timedelta(days=7)


class Refused(Exception):
    """What was asked can't be done; the text says why and what to do."""


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


# -- members --------------------------------------------------------------------------------------
def has_seat(workspace: Workspace) -> bool:
    """Whether its plan lets one more in, those invited counted."""
    allowed = rooms.seats(workspace)
    waiting = workspace.invitations.filter(accepted=None, expires__gt=timezone.now()).count()
    return allowed is None or workspace.memberships.count() + waiting < allowed


@transaction.atomic
def invite(workspace: Workspace, *, email: str, role: str, by: User) -> Invitation:
    """Ask someone by e-mail to join. Asking again sends a fresh link and the new role."""
    email = email.lower()
    if workspace.memberships.filter(user__email__iexact=email).exists():
        raise Refused(_("%(email)s is a member already.") % {"email": email})
    again = workspace.invitations.filter(email=email, accepted=None).exists()
    if not again and not has_seat(workspace):
        raise Refused(_("Your plan has no free place for another member. A larger plan has more."))
    invitation, _new = Invitation.objects.update_or_create(
        workspace=workspace,
        email=email,
        accepted=None,
        defaults={"role": role, "invited_by": by, "expires": timezone.now() + INVITED_FOR, "token": token()},
    )
    audit(by, "member.invited", workspace=workspace, subject=email, role=role)
    transaction.on_commit(lambda: _mail_invitation(invitation))
    return invitation


def _mail_invitation(invitation: Invitation) -> None:
    link = settings.SITE_URL + reverse("join", args=[invitation.token])
    text = render_to_string("accounts/mail/invitation.txt", {"invitation": invitation, "link": link})
    subject = _("%(who)s invites you to %(workspace)s") % {
        "who": invitation.invited_by.called if invitation.invited_by else "Litink",
        "workspace": invitation.workspace.name,
    }
    send_mail(subject, text, None, [invitation.email])


@transaction.atomic
def accept(invitation: Invitation, user: User) -> Membership:
    """Join by an invitation: once, and only by whom it was sent to. The second of two gets Refused."""
    if invitation.email.lower() != user.email.lower():
        raise Refused(_("This invitation was sent to another address than the one you are logged in with."))
    now = timezone.now()
    if not Invitation.objects.filter(pk=invitation.pk, accepted=None, expires__gt=now).update(accepted=now):
        raise Refused(_("This invitation is used up or too old. Ask for a new one."))
    membership, _new = Membership.objects.get_or_create(
        workspace=invitation.workspace, user=user, defaults={"role": invitation.role}
    )
    audit(user, "member.joined", workspace=invitation.workspace, role=membership.role)
    return membership


def _locked(membership: Membership) -> Membership:
    """The membership again, its workspace locked, so that two changes at once can't leave it without an owner."""
    Workspace.objects.select_for_update().get(pk=membership.workspace_id)
    return Membership.objects.select_related("workspace", "user").get(pk=membership.pk)


def _keeps_an_owner(membership: Membership) -> None:
    others = membership.workspace.memberships.filter(role=Role.OWNER).exclude(pk=membership.pk)
    if membership.role == Role.OWNER and not others.exists():
        raise Refused(_("A workspace needs an owner. Hand it over to another member first."))


@transaction.atomic
def set_role(membership: Membership, role: str, *, by: User) -> None:
    membership = _locked(membership)
    if role != Role.OWNER:
        _keeps_an_owner(membership)
    Membership.objects.filter(pk=membership.pk).update(role=role)
    audit(by, "member.role", workspace=membership.workspace, subject=membership.user.email, role=role)


@transaction.atomic
def remove(membership: Membership, *, by: User) -> None:
    """End a membership: by an owner, or by oneself (leaving)."""
    membership = _locked(membership)
    _keeps_an_owner(membership)
    audit(by, "member.removed", workspace=membership.workspace, subject=membership.user.email)
    membership.delete()


@transaction.atomic
def hand_over(mine: Membership, to: Membership) -> None:
    """Make `to` the owner and oneself an editor."""
    mine, to = _locked(mine), _locked(to)
    if mine.workspace_id != to.workspace_id or mine.pk == to.pk or mine.role != Role.OWNER:
        raise Refused(_("A workspace is handed over by its owner to another of its members."))
    Membership.objects.filter(pk=to.pk).update(role=Role.OWNER)
    Membership.objects.filter(pk=mine.pk).update(role=Role.EDITOR)
    audit(mine.user, "workspace.handed_over", workspace=mine.workspace, subject=to.user.email)


# -- the end of an account ------------------------------------------------------------------------
def stranded(user: User) -> list[Workspace]:
    """Workspaces that others work in and only this user owns."""
    mine = Workspace.objects.filter(memberships__user=user, memberships__role=Role.OWNER)
    shared = mine.filter(memberships__in=Membership.objects.exclude(user=user)).distinct()
    return [w for w in shared if not w.memberships.filter(~Q(user=user), role=Role.OWNER).exists()]


@transaction.atomic
def ask_deletion(user: User) -> None:
    """Mark the account for deletion after the grace period; Refused while others depend on its ownership."""
    left = stranded(user)
    if left:
        names = ", ".join(w.name for w in left)
        raise Refused(_("Others work in %(names)s. Hand it over to one of them first.") % {"names": names})
    user.delete_after = timezone.now() + timedelta(days=settings.DELETION_GRACE_DAYS)
    user.save(update_fields=["delete_after"])
    audit(user, "account.deletion_asked", until=user.delete_after.isoformat())


def keep_account(user: User) -> None:
    """Take the deletion back."""
    User.objects.filter(pk=user.pk).update(delete_after=None)
    audit(user, "account.deletion_taken_back")


@transaction.atomic
def purge(user: User) -> dict[str, int]:
    """Delete an account for good: what only it owned with all files, its memberships, its name in the records."""
    for workspace in stranded(user):
        heir = max(workspace.memberships.exclude(user=user), key=lambda m: (RANK[Role(m.role)], -m.pk))
        Membership.objects.filter(pk=heir.pk).update(role=Role.OWNER)
    alone = [w for w in Workspace.objects.for_user(user) if w.memberships.count() == 1]
    for workspace in alone:
        rooms.wipe(workspace)
        workspace.memberships.all().delete()
        workspace.invitations.all().delete()
        workspace.api_keys.all().delete()
        Workspace.objects.filter(pk=workspace.pk).update(name=_("deleted"))
    key = user.pk
    Audit.objects.filter(actor=user).update(actor_email="")
    Audit.objects.filter(subject=user.email).update(subject="")
    Invitation.objects.filter(email__iexact=user.email).delete()
    user.delete()
    audit(None, "account.deleted", subject=f"user {key}", workspaces=len(alone))
    return {"workspaces": len(alone)}


def purge_due() -> int:
    """Delete every account whose grace period is over; how many."""
    due, deleted = User.objects.filter(delete_after__lte=timezone.now()), 0
    for key in list(due.values_list("pk", flat=True)):
        with transaction.atomic():  # two that purge at once share the work
            user = due.select_for_update(skip_locked=True).filter(pk=key).first()
            if user is not None:
                purge(user)
                deleted += 1
    return deleted
