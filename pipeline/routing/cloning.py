"""Cloned voices: made of a checked sample with recorded consent, for one workspace, gone everywhere when deleted."""

from __future__ import annotations

import hashlib
import logging
import time
from decimal import Decimal

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import User, Workspace
from accounts.services import audit
from billing import entitlements
from billing.models import Usage
from pipeline.errors import BadInput, Refused
from pipeline.models import ClonedVoice
from pipeline.providers import voice_sample
from pipeline.providers.base import CloneRequest, CloneResult, ProviderFault, ProviderRefusal, Voice
from pipeline.providers.vendors import VENDORS
from pipeline.routing import routes
from pipeline.routing.keys import Key

log = logging.getLogger("litink.voices")
LARGEST = 20 * 2**20  # bytes of a sample
MOST = 10  # voices of a workspace


def consent_words() -> str:
    """What is agreed to, as it is shown and kept."""
    return _(
        "The person named above is the one who speaks in this recording, and has agreed that their voice be cloned and used "
        "in the films of this workspace. I can prove it. They may withdraw at any time; the voice is deleted then."
    )


def vendor_of(workspace: Workspace) -> Key | None:
    """The key of a vendor that clones voices, the workspace's own before ours; None when none is set up."""
    having = routes.known_keys(workspace)
    return next((having[key] for key, one in VENDORS.items() if "cloning" in one.capabilities and key in having), None)


def listed(workspace: Workspace) -> list[ClonedVoice]:
    """The voices that stand."""
    return list(ClonedVoice.objects.for_workspace(workspace).filter(deleted=None))


def voices(workspace_id: int, wanted: str) -> tuple[Voice, ...]:
    """The cloned voice that was chosen, when it is the workspace's and stands."""
    row = (
        ClonedVoice.objects.filter(workspace_id=workspace_id, voice_id=wanted, deleted=None).first() if wanted else None
    )
    return (Voice(row.voice_id, row.name, row.language, "", row.vendor),) if row else ()


def clone(
    workspace: Workspace, *, name: str, speaker: str, language: str, sample: bytes, agreed: bool, by: User
) -> ClonedVoice:
    """Check the sample, pay, keep the consent with the voice. BadInput says what is wrong."""
    key, told = _may(workspace), (name.strip()[:80], speaker.strip()[:120])
    if not all(told):
        raise BadInput("voice.name", _("Give the voice a name, and say whose voice it is."))
    if not agreed:
        raise BadInput("voice.consent", _("Without the speaker’s consent a voice can’t be cloned."))
    seconds = _checked(sample)
    words, digest = consent_words(), hashlib.sha256(sample).hexdigest()
    result = _paid(workspace, key, CloneRequest(told[0], sample, language), digest)
    with transaction.atomic():
        row = ClonedVoice.objects.create(
            workspace=workspace, vendor=key.vendor, account=key.account, voice_id=result.voice.id, name=told[0],
            speaker=told[1], language=language, consent=words, consent_by=by, consent_email=by.email,
            sample_sha256=digest, sample_seconds=seconds,
        )  # fmt: skip
        audit(by, "voice.cloned", workspace=workspace, subject=f"voice {row.pk}", speaker=told[1], consent=words)
    return row


def _may(workspace: Workspace) -> Key:
    if not entitlements.limit(workspace, "voice_cloning"):
        raise Refused("tier.voice_cloning", _("This plan has no cloned voices. A larger plan has."))
    key = vendor_of(workspace)
    if key is None:
        raise Refused(
            "voice.vendor", _("No provider that clones voices is set up. Bring a key of ElevenLabs, or ask us.")
        )
    if ClonedVoice.objects.for_workspace(workspace).filter(deleted=None).count() >= MOST:
        raise Refused("voice.most", _("There are %(n)s cloned voices. Delete one to make another.") % {"n": MOST})
    return key


def _checked(sample: bytes) -> float:
    """Its seconds. BadInput for a sample that will not do, before anybody is paid."""
    if not sample or len(sample) > LARGEST:
        raise BadInput("voice.sample", _("Choose a recording of at most %(n)s MB.") % {"n": LARGEST // 2**20})
    try:
        measured = voice_sample.measure(sample)
        found = voice_sample.troubles(measured)
    except ProviderFault:
        found, measured = ("unreadable",), None
    if found or measured is None:
        raise BadInput("voice.sample", " ".join(_(voice_sample.TROUBLES[one]) for one in found))
    return measured.seconds


def _paid(workspace: Workspace, key: Key, request: CloneRequest, digest: str) -> CloneResult:
    """The call with its row of the ledger. BadInput in plain words when it failed."""
    row = Usage.objects.create(
        workspace=workspace, capability="cloning", provider=key.vendor, tier=entitlements.tier(workspace).key,
        unit="voices", outcome="sent", own_key=key.own, of=digest,
    )  # fmt: skip
    began, model = time.monotonic(), ""
    try:
        provider = key.build("cloning", "")
        model = provider.model
        result: CloneResult = provider.clone(request)
    except ProviderRefusal as refusal:
        _close(row, "refused", began, model, f"{refusal.kind}: refused")
        raise BadInput("voice.refused", _("The provider did not take the recording. Try another one.")) from refusal
    except ProviderFault as fault:
        _close(row, "ambiguous" if fault.ambiguous else "failed", began, model, f"{fault.kind or 'fault'}: {fault}")
        raise BadInput(
            "voice.fault", _("The provider could not clone the voice just now. Try again in a while.")
        ) from fault
    row.cost_usd, row.vendor_id = (Decimal(0) if key.own else result.usage.cost_usd), result.usage.vendor_id[:200]
    _close(row, "succeeded", began, model, "")
    return result


def _close(row: Usage, outcome: str, began: float, model: str, fault: str) -> None:
    row.outcome, row.latency_ms, row.model, row.fault = (
        outcome,
        round((time.monotonic() - began) * 1000),
        model,
        fault[:200],
    )
    row.save()


def drop(row: ClonedVoice, *, by: User | None) -> None:
    """At the vendor first, then here. BadInput when the vendor can't be reached: the voice still stands then."""
    key = routes.known_keys(row.workspace).get(row.vendor)
    if key is not None and key.account == row.account:
        try:
            key.build("cloning", "").delete(row.voice_id)
        except (ProviderFault, ProviderRefusal) as fault:
            message = _("The provider could not delete the voice just now. Try again in a while.")
            raise BadInput("voice.kept", message) from fault
    with transaction.atomic():
        if ClonedVoice.objects.filter(pk=row.pk, deleted=None).update(deleted=timezone.now()):
            audit(by, "voice.deleted", workspace=row.workspace, subject=f"voice {row.pk}", speaker=row.speaker)


def drop_all(workspace: Workspace) -> None:
    """When the workspace goes. A vendor that is away leaves a line in the log: staff delete it there."""
    for row in listed(workspace):
        try:
            drop(row, by=None)
        except BadInput:
            log.warning("cloned voice %s of workspace %s still lies at %s", row.pk, workspace.pk, row.vendor)
