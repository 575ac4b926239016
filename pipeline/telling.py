"""Writes to who began a film when it is ready or has stopped, if they asked for it."""

from __future__ import annotations

import logging
import smtplib

from django.conf import settings
from django.core.mail import send_mail
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import override

from pipeline.models import Run, Status

log = logging.getLogger(__name__)


def ended(run: Run) -> None:
    """One mail; a mail server that does not answer is logged, and stops nothing."""
    user = run.created_by
    if user is None or not user.notify or run.status == Status.CANCELLED:
        return
    with override(run.workspace.language):
        title = run.project.title
        ready = run.status == Status.SUCCEEDED
        subject = _("“%(title)s” is ready") if ready else _("“%(title)s” has stopped")
        link = settings.SITE_URL + reverse("film" if ready else "run", args=[run.project_id if ready else run.pk])
        text = _("Watch it here:") if ready else _("What happened, what is kept and how to go on:")
        try:
            send_mail(subject % {"title": title}, f"{text}\n\n{link}\n\n-- \nLitink\n", None, [user.email])
        except (OSError, smtplib.SMTPException) as error:
            log.warning("no mail about run %s (%s)", run.pk, type(error).__name__)
