"""What is written on a film's page."""

from __future__ import annotations

import re
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.templatetags.house import clock
from pipeline.remarks import LONGEST

TIME = re.compile(r"(?:(?:(\d{1,2}):)?(\d{1,3}):)?(\d{1,5})")


class Text(forms.CharField):
    """Lines end as they do in the browser's count of letters."""

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.replace("\r\n", "\n") if isinstance(value, str) else value)


class RemarkForm(forms.Form):
    """`at`: as a clock shows it; `exact`: the player's own second, good while it is the one that the clock shows."""

    text = Text(
        label=gettext_lazy("Your remark"),
        max_length=LONGEST,
        widget=forms.Textarea({"rows": 3, "dir": "auto"}),
        error_messages={"required": gettext_lazy("Write what should change.")},
    )
    at = forms.CharField(
        label=gettext_lazy("at"),
        max_length=12,
        initial="0:00",
        widget=forms.TextInput({"class": "small", "autocomplete": "off", "spellcheck": "false"}),
        error_messages={"required": gettext_lazy("Write the time as minutes and seconds: 1:05.")},
    )
    exact = forms.FloatField(required=False, min_value=0, widget=forms.HiddenInput)

    def __init__(self, *args: Any, seconds: float, **kwargs: Any) -> None:
        super().__init__(*args, auto_id="remark_%s", **kwargs)
        self.seconds = seconds

    def clean_at(self) -> int:
        found = TIME.fullmatch(self.cleaned_data["at"].strip())
        if found is None:
            raise forms.ValidationError(_("Write the time as minutes and seconds: 1:05."))
        hours, minutes, seconds = (int(part or 0) for part in found.groups())
        at = hours * 3600 + minutes * 60 + seconds
        if at > self.seconds:
            raise forms.ValidationError(_("The film ends at %(end)s.") % {"end": clock(int(self.seconds))})
        return at

    @property
    def when(self) -> float:
        """The second that is meant."""
        at, exact = self.cleaned_data["at"], self.cleaned_data.get("exact")
        return min(exact, self.seconds) if exact is not None and int(exact) == at else float(at)
