"""Who: people, the workspaces they share, and what was done in their name."""

from __future__ import annotations

import secrets
from typing import Any

from django.contrib.auth.base_user import BaseUserManager
from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class UserManager(BaseUserManager["User"]):
    use_in_migrations = True

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> User:
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> User:
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)


class User(AbstractUser):
    """Logs in by e-mail."""

    username = None  # type: ignore[assignment]
    email = models.EmailField(_("e-mail"), unique=True)
    name = models.CharField(_("name"), max_length=120, blank=True)
    time_zone = models.CharField(max_length=64, blank=True)
    notify = models.BooleanField(_("tell me by e-mail when a film is ready"), default=False)
    delete_after = models.DateTimeField(null=True, blank=True, help_text="Set when the owner asked for deletion.")

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: list[str] = []
    objects = UserManager()  # type: ignore[assignment,misc]

    class Meta(AbstractUser.Meta):
        permissions = [("see_as", "Can see the site as a user does")]

    def __str__(self) -> str:
        return self.email

    @property
    def called(self) -> str:
        """What the pages call them."""
        return self.name or self.email.partition("@")[0]


class WorkspaceQuerySet(models.QuerySet["Workspace"]):
    def for_user(self, user: Any) -> WorkspaceQuerySet:
        return self.filter(memberships__user=user) if user.is_authenticated else self.none()


class Workspace(models.Model):
    """The tenant: every owned row hangs off one."""

    name = models.CharField(_("name"), max_length=120)
    created = models.DateTimeField(default=timezone.now)
    language = models.CharField(max_length=12, default="en")
    members = models.ManyToManyField(User, through="Membership", related_name="workspaces")
    objects = WorkspaceQuerySet.as_manager()

    def __str__(self) -> str:
        return self.name

    @property
    def email(self) -> str:
        """Where bills go (dj-stripe asks its subscriber for it)."""
        owner = self.memberships.filter(role=Role.OWNER).select_related("user").first()
        return owner.user.email if owner else ""


class Role(models.TextChoices):
    OWNER = "owner", _("owner")
    EDITOR = "editor", _("editor")
    REVIEWER = "reviewer", _("reviewer")
    VIEWER = "viewer", _("viewer")


RANK = {Role.VIEWER: 0, Role.REVIEWER: 1, Role.EDITOR: 2, Role.OWNER: 3}


class Membership(models.Model):
    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="memberships")
    user = models.ForeignKey(User, models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=10, choices=Role.choices, default=Role.VIEWER)
    created = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["workspace", "user"], name="one_membership")]

    def __str__(self) -> str:
        return f"{self.user_id} {self.role} of {self.workspace_id}"

    def at_least(self, role: str) -> bool:
        return RANK[Role(self.role)] >= RANK[Role(role)]


def token() -> str:
    return secrets.token_urlsafe(32)


class Invitation(models.Model):
    """Asks someone by e-mail to join; the token in the mail is the key, valid once and for a week."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="invitations")
    email = models.EmailField(_("e-mail"))
    role = models.CharField(max_length=10, choices=Role.choices[1:], default=Role.EDITOR)
    token = models.CharField(max_length=64, unique=True, default=token)
    invited_by = models.ForeignKey(User, models.SET_NULL, null=True)
    created = models.DateTimeField(default=timezone.now)
    expires = models.DateTimeField()
    accepted = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["workspace", "email"], condition=models.Q(accepted=None), name="one_open_invitation"
            )
        ]

    def __str__(self) -> str:
        return f"{self.email} to {self.workspace_id}"


class ApiKey(models.Model):
    """A workspace's key to the API: only its hash is kept; the key is shown once."""

    workspace = models.ForeignKey(Workspace, models.CASCADE, related_name="api_keys")
    name = models.CharField(max_length=80)
    prefix = models.CharField(max_length=12)
    digest = models.CharField(max_length=64, unique=True)
    created_by = models.ForeignKey(User, models.SET_NULL, null=True)
    created = models.DateTimeField(default=timezone.now)
    last_used = models.DateTimeField(null=True, blank=True)
    revoked = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.prefix}… of {self.workspace_id}"


class Audit(models.Model):
    """Who did what to what, when and why. Written once, never changed; outlives its subjects."""

    at = models.DateTimeField(default=timezone.now, db_index=True)
    actor = models.ForeignKey(User, models.SET_NULL, null=True, related_name="+")
    actor_email = models.EmailField(blank=True)
    workspace = models.ForeignKey(Workspace, models.SET_NULL, null=True, related_name="+")
    action = models.CharField(max_length=60)
    subject = models.CharField(max_length=120, blank=True)
    reason = models.CharField(max_length=300, blank=True)
    facts = models.JSONField(default=dict, blank=True)

    class Meta:
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.at:%F %T} {self.actor_email} {self.action} {self.subject}"
