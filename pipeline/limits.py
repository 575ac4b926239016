"""What a film may cost at most: a member's own brake."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from pipeline.errors import BadInput
from projects.models import Project

MOST = Decimal(100_000)


def typed(text: str) -> Decimal | None:
    """Dollars as somebody writes them; None without any. BadInput for what is no sum."""
    plain = text.strip().lstrip("$").replace(",", ".").strip()
    if not plain:
        return None
    try:
        sum_ = Decimal(plain)
    except InvalidOperation:
        sum_ = Decimal("NaN")
    if not sum_.is_finite() or not 0 <= sum_ <= MOST:
        raise BadInput("project.cap", _("The limit is a sum in dollars, for instance 4.50; leave it empty for none."))
    return sum_.quantize(Decimal("0.01"))


def set_cap(project: Project, cap: Decimal | None) -> None:
    """From the next call on."""
    Project.objects.filter(pk=project.pk).update(cap_usd=cap)
    project.cap_usd = cap
