"""What vendors tell us: that a job is done. Whoever knows the address can only make us look sooner."""

from __future__ import annotations

import os
import time

from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from billing.models import Usage
from pipeline.models import VendorJob
from pipeline.providers.modelslab import job_of
from pipeline.providers.openrouter import webhooks
from pipeline.routing import jobs

LARGEST = 256 * 1024  # bytes


@csrf_exempt
@require_POST
def vendor_webhook(request: HttpRequest, token: str) -> HttpResponse:
    """Wakes the step that waits for the job of this address; the job is then asked for by its own id, with our key.

    404 for an address that none has any more, and for a message that is not about the job or not signed as it should be.
    """
    if int(request.headers.get("content-length") or 0) > LARGEST:
        return HttpResponse(status=413)
    job = jobs.open_job(token)
    if job is None or not _about(job, request):
        raise Http404
    jobs.wake(job)
    return HttpResponse(status=204)


def _about(job: VendorJob, request: HttpRequest) -> bool:
    """Whether the message is about this job; of a vendor that signs, whether it is the vendor's."""
    known = (job.ticket or {}).get("id")
    if not job.choice.startswith("openrouter:"):
        return known is None or job_of(request.body) == str(known)
    headers = {name.lower(): value for name, value in request.headers.items()}
    secret = os.environ.get("OPENROUTER_WEBHOOK_SECRET", "")
    ours = not Usage.objects.filter(pk=job.usage, own_key=True).exists()  # other accounts sign with other secrets
    if (
        secret
        and ours
        and not webhooks.genuine(secret, headers.get("x-openrouter-signature", ""), request.body, time.time())
    ):
        return False
    told = webhooks.ended(request.body, headers)
    return told is not None and (known is None or told.job == str(known))
