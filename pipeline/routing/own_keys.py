"""A workspace's own keys: tried when they come, kept encrypted, never shown again."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import User, Workspace
from accounts.services import audit
from billing import entitlements
from pipeline.errors import BadInput, Refused
from pipeline.models import OwnKey
from pipeline.providers import addresses, probing
from pipeline.providers.base import ProviderFault, ProviderRefusal
from pipeline.providers.vendors import VENDORS
from pipeline.routing import keys

LONGEST = 500  # characters
_KEY = re.compile(r"[\x21-\x7e]{8,}")


def bring(workspace: Workspace, vendor: str, secret: str, *, base_url: str = "", by: User | None) -> OwnKey:
    """Try a key, then keep it in place of the one before. BadInput says what is wrong with it."""
    if not entitlements.limit(workspace, "own_keys"):
        raise Refused("tier.own_keys", _("This plan uses our keys. Own keys come with a larger plan."))
    secret, base_url = secret.strip(), base_url.strip().rstrip("/")
    if vendor not in VENDORS:
        raise BadInput("key.vendor", _("Choose whose key it is."))
    if not _KEY.fullmatch(secret) or len(secret) > LONGEST:
        raise BadInput("key.form", _("This does not look like a key: copy all of it, without spaces."))
    if base_url:
        _check_address(vendor, base_url)
    _try(workspace, vendor, secret, base_url)
    with transaction.atomic():
        again = OwnKey.objects.filter(workspace=workspace, vendor=vendor).exists()
        row = keys.keep(workspace, vendor, secret, by=by, base_url=base_url)
        action = "key.rotated" if again else "key.added"
        audit(by, action, workspace=workspace, subject=f"key of {vendor}", hint=row.hint, base_url=base_url)
    return row


@transaction.atomic
def drop(row: OwnKey, *, by: User | None) -> None:
    """Films go on with our keys."""
    audit(by, "key.deleted", workspace=row.workspace, subject=f"key of {row.vendor}", hint=row.hint)
    row.delete()


def _check_address(vendor: str, base_url: str) -> None:
    """A compatible server must be out in the open: what only we can reach is not the workspace's."""
    if vendor != keys.COMPATIBLE:
        raise BadInput("key.address", _("Only a server that speaks OpenAI’s language has an address of its own."))
    try:
        parts = urlsplit(base_url)
        odd = parts.scheme != "https" or not parts.hostname or parts.username or parts.port not in (None, 443)
        found = [] if odd else addresses.resolve(parts.hostname or "", 443)
    except (OSError, ValueError):
        raise BadInput("key.address", _("This address leads nowhere. It begins with https:// and often ends with /v1."))
    if odd or parts.query or parts.fragment:
        raise BadInput(
            "key.address", _("The address begins with https:// and names a server and a path, nothing else.")
        )
    if not found or not all(map(addresses.public, found)):
        raise BadInput("key.address", _("This address is not public: the server must be reachable from the internet."))


def _try(workspace: Workspace, vendor: str, secret: str, base_url: str) -> None:
    """BadInput unless the vendor takes it."""
    name, key = VENDORS[vendor].name, keys.brought(workspace.pk, vendor, secret, base_url)
    capability = next(iter(VENDORS[vendor].capabilities))
    try:
        probing.probe(vendor, secret, lambda: key.build(capability, ""))
    except ProviderRefusal:
        raise BadInput("key.refused", _("%(vendor)s does not take this key.") % {"vendor": name}) from None
    except ProviderFault as fault:
        if fault.kind == "key":
            raise BadInput("key.refused", _("%(vendor)s does not take this key.") % {"vendor": name}) from None
        message = _("%(vendor)s does not answer just now, so the key could not be tried. Try again in a while.")
        raise BadInput("key.untried", message % {"vendor": name}) from None
