"""Keys: ours from the environment, a workspace's own from its rows, encrypted. Nothing here is ever logged or shown."""

from __future__ import annotations

import base64
import hashlib
import os
from dataclasses import dataclass, field
from functools import cache

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils import timezone

from accounts.models import User, Workspace
from pipeline.models import OwnKey
from pipeline.providers.vendors import VENDORS


@dataclass(frozen=True, slots=True)
class Key:
    """A vendor's key. `account` names whose limits and circuit it shares; `own`: the workspace's, so it costs us nothing."""

    vendor: str
    secret: str = field(repr=False)
    base_url: str = ""
    own: bool = False
    account: str = ""


def ours() -> dict[str, Key]:
    """{vendor: key} of every vendor that the environment configures; a server of one's own needs an address only."""
    found = {}
    for vendor in VENDORS.values():
        secret, url = os.environ.get(vendor.env_key, ""), os.environ.get(vendor.env_url, "")
        if secret or (url and vendor.key == "openai"):
            found[vendor.key] = Key(vendor.key, secret, url, account=vendor.key)
    return found


def of_workspace(workspace_id: int) -> dict[str, Key]:
    """{vendor: key} that the workspace brought. A key that can't be read any more is as none."""
    found = {}
    for row in OwnKey.objects.filter(workspace_id=workspace_id):
        secret = decrypt(row.secret)
        if secret and row.vendor in VENDORS:
            account = f"{row.vendor}:workspace-{workspace_id}"
            found[row.vendor] = Key(row.vendor, secret, own=True, account=account)
    return found


def keep(workspace: Workspace, vendor: str, secret: str, *, by: User | None) -> OwnKey:
    """Store a key, in place of the one before it."""
    row, _ = OwnKey.objects.update_or_create(
        workspace=workspace,
        vendor=vendor,
        defaults={
            "secret": encrypt(secret),
            "hint": secret[-4:] if len(secret) >= 12 else "",
            "tested": timezone.now(),
            "created": timezone.now(),
            "created_by": by,
        },
    )
    return row


def encrypt(secret: str) -> str:
    return _cipher().encrypt(secret.encode()).decode()


def decrypt(stored: str) -> str:
    """The secret, or "" when none of our secrets opens it."""
    try:
        return _cipher().decrypt(stored.encode()).decode()
    except InvalidToken:
        return ""


def rotate() -> int:
    """Encrypt every key anew under the newest secret. How many."""
    done = 0
    for row in OwnKey.objects.all():
        try:
            fresh = _cipher().rotate(row.secret.encode()).decode()
        except InvalidToken:
            continue
        done += OwnKey.objects.filter(pk=row.pk, secret=row.secret).update(secret=fresh)
    return done


def _cipher() -> MultiFernet:
    """PROVIDER_KEY_SECRETS, newest first; without it one that is derived from SECRET_KEY."""
    return _made(tuple(getattr(settings, "PROVIDER_KEY_SECRETS", ()) or (settings.SECRET_KEY,)))


@cache
def _made(secrets: tuple[str, ...]) -> MultiFernet:
    return MultiFernet(
        [Fernet(base64.urlsafe_b64encode(hashlib.sha256(f"own keys:{s}".encode()).digest())) for s in secrets]
    )
