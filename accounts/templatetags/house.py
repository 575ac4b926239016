"""Small words of the templates: icons, durations, pages of a list."""

from __future__ import annotations

from typing import Any

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import browsers

register = template.Library()


@register.simple_tag
def icon(name: str) -> SafeString:
    """A picture from the sprite; decoration, so hidden from screen readers."""
    return format_html(
        '<svg class="icon" aria-hidden="true"><use href="{}#{}"></use></svg>', static("img/icons.svg"), name
    )


@register.filter
def clock(seconds: float | None) -> str:
    """83.2 as 1:23, with hours when there are any."""
    whole = round(seconds or 0)
    minutes, rest = divmod(whole, 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


@register.filter
def span(seconds: float | None) -> str:
    """100 as "1 min 40 s", rounded as a person would."""
    whole = round(seconds or 0)
    if whole < 60:
        return _("%(s)s s") % {"s": whole}
    minutes, rest = divmod(whole, 60)
    if minutes < 10 and rest:
        return _("%(m)s min %(s)s s") % {"m": minutes, "s": rest}
    if minutes < 90:
        return _("%(m)s min") % {"m": round(whole / 60)}
    return _("%(h)s h %(m)s min") % {"h": minutes // 60, "m": minutes % 60}


@register.filter
def minutes(seconds: float) -> str:
    """About how many minutes: at least one."""
    n = max(1, round(seconds / 60))
    return ngettext("about %(n)s min", "about %(n)s min", n) % {"n": n}


@register.filter
def browser_called(user_agent: str) -> str:
    return browsers.called(user_agent)


@register.filter
def megabytes(size: float) -> str:
    return _("%(n)s MB") % {"n": f"{size / 2**20:.1f}" if size < 10 * 2**20 else round(size / 2**20)}


@register.filter
def usd(amount: Any) -> str:
    """Dollars with cents; a tenth of a cent is told as less than a cent."""
    value = float(amount or 0)
    return "< $0.01" if 0 < value < 0.005 else f"${value:,.2f}"


@register.filter
def at(mapping: dict, key: Any) -> Any:
    return mapping.get(key)


@register.filter
def wave_x(place: int) -> int:
    """Where the nth bar of a waveform stands."""
    return place * 4


@register.filter
def wordlist(text: str) -> list[str]:
    """The words of a literal, to loop over."""
    return text.split()


@register.filter
def unlocal(number: float) -> str:
    """A number for machines, whatever the reader's language."""
    return f"{number:.2f}"
