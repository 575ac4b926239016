"""All that an account is and owns, as one zip."""

from __future__ import annotations

import json
import shutil
import tempfile
import zipfile
from typing import IO, Any

from django.core.serializers.json import DjangoJSONEncoder

from accounts import rooms
from accounts.models import Audit, Role, User, Workspace


def as_json(data: Any) -> bytes:
    return json.dumps(data, cls=DjangoJSONEncoder, ensure_ascii=False, indent=1).encode()


def account(user: User) -> dict[str, Any]:
    """The rows that are about the person."""
    return {
        "email": user.email,
        "name": user.name,
        "time_zone": user.time_zone,
        "joined": user.date_joined,
        "last_login": user.last_login,
        "workspaces": list(user.memberships.values("workspace__name", "role", "created")),
        "records": list(Audit.objects.filter(actor=user).values("at", "action", "subject", "facts")),
    }


def archive(user: User) -> IO[bytes]:
    """A temporary file at its start: account.json, then every workspace the user owns with books and films."""
    target = tempfile.TemporaryFile()  # noqa: SIM115  (the answer closes it)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as bundle:
        bundle.writestr("account.json", as_json(account(user)))
        for workspace in Workspace.objects.filter(memberships__user=user, memberships__role=Role.OWNER):
            _add(bundle, workspace)
    target.seek(0)
    return target


def _add(bundle: zipfile.ZipFile, workspace: Workspace) -> None:
    for path, content in rooms.export(workspace):
        name = f"workspace-{workspace.pk}/{path}"
        if isinstance(content, bytes):
            bundle.writestr(name, content)
            continue
        with content, bundle.open(name, "w", force_zip64=True) as entry:
            shutil.copyfileobj(content, entry)
