"""Keys: ours from the environment, a workspace's own from its rows, encrypted. Nothing here is ever logged or shown."""

from __future__ import annotations

import base64
import hashlib
import os
from dataclasses import dataclass, field
from functools import cache
from typing import Any

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from django.conf import settings
from django.utils import timezone

from accounts.models import User, Workspace
from pipeline.models import OwnKey
from pipeline.providers import vendors
from pipeline.providers.http import PublicOnly
from pipeline.providers.vendors import VENDORS

COMPATIBLE = "openai"  # the vendor that may be any server of its kind


@dataclass(frozen=True, slots=True)
class Key:
    """A vendor's key. `account` names whose limits and circuit it shares; `own`: the workspace's, so it costs us nothing.

    `base_url` is the operator's, and may be private; or the workspace's (`theirs`), and then it is public.
    """

    vendor: str
    secret: str = field(repr=False)
    base_url: str = ""
    own: bool = False
    account: str = ""
    theirs: bool = False

    def build(self, capability: str, model: str) -> Any:
        """The provider: a Protocol of providers/base.py."""
        return vendors.build(
            self.vendor, capability, key=self.secret, model=model, base_url=self.base_url,
            transport=PublicOnly() if self.theirs else None, allow_private=bool(self.base_url) and not self.theirs,
        )  # fmt: skip


def ours() -> dict[str, Key]:
    """{vendor: key} of every vendor that the environment configures; a server of one's own needs an address only."""
    found = {}
    for vendor in VENDORS.values():
        secret, url = os.environ.get(vendor.env_key, ""), os.environ.get(vendor.env_url, "")
        if secret or (url and vendor.key == COMPATIBLE):
            found[vendor.key] = Key(vendor.key, secret, url, account=vendor.key)
    return found


def of_workspace(workspace_id: int) -> dict[str, Key]:
    """{vendor: key} that the workspace brought. A key that can't be read any more is as none."""
    found = {}
    for row in OwnKey.objects.filter(workspace_id=workspace_id):
        secret = decrypt(row.secret)
        if secret and row.vendor in VENDORS:
            found[row.vendor] = brought(workspace_id, row.vendor, secret, row.base_url)
    return found


def brought(workspace_id: int, vendor: str, secret: str, base_url: str = "") -> Key:
    """A workspace's own key. It goes where the operator sends that vendor's calls; to a server of ours it never goes."""
    url = os.environ.get(VENDORS[vendor].env_url, "") if vendor != COMPATIBLE else base_url
    account = f"{vendor}:workspace-{workspace_id}"
    return Key(vendor, secret, url, own=True, account=account, theirs=vendor == COMPATIBLE and bool(base_url))


def keep(workspace: Workspace, vendor: str, secret: str, *, by: User | None, base_url: str = "") -> OwnKey:
    """Store a key, in place of the one before it."""
    row, _ = OwnKey.objects.update_or_create(
        workspace=workspace,
        vendor=vendor,
        defaults={
            "secret": encrypt(secret),
            "base_url": base_url,
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


def rotate() -> tuple[int, int]:
    """Encrypt every key anew under the newest secret: (how many, how many that no secret opens)."""
    done = lost = 0
    for row in OwnKey.objects.all():
        try:
            fresh = _cipher().rotate(row.secret.encode()).decode()
        except InvalidToken:
            lost += 1
            continue
        done += OwnKey.objects.filter(pk=row.pk, secret=row.secret).update(secret=fresh)
    return done, lost


def _cipher() -> MultiFernet:
    """PROVIDER_KEY_SECRETS, newest first; last what is derived from SECRET_KEY, under which keys were kept without any."""
    return _made((*settings.PROVIDER_KEY_SECRETS, settings.SECRET_KEY))


@cache
def _made(secrets: tuple[str, ...]) -> MultiFernet:
    return MultiFernet(
        [Fernet(base64.urlsafe_b64encode(hashlib.sha256(f"own keys:{s}".encode()).digest())) for s in secrets]
    )
