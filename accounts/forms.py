"""Forms on people and workspaces."""

from __future__ import annotations

import zoneinfo
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Membership, Role, User, Workspace


class ProfileForm(forms.ModelForm):
    time_zone = forms.ChoiceField(label=_("time zone"), required=False)

    class Meta:
        model = User
        fields = ["name", "time_zone", "notify"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        zones = sorted(z for z in zoneinfo.available_timezones() if "/" in z and not z.startswith(("Etc/", "posix")))
        self.fields["time_zone"].choices = [("", _("As the browser says")), *((z, z.replace("_", " ")) for z in zones)]  # type: ignore[attr-defined]
        self.fields["name"].widget.attrs["autocomplete"] = "name"


class WorkspaceForm(forms.ModelForm):
    class Meta:
        model = Workspace
        fields = ["name"]


class InviteForm(forms.Form):
    email = forms.EmailField(label=_("e-mail"), widget=forms.EmailInput(attrs={"autocomplete": "off"}))
    role = forms.ChoiceField(label=_("role"), choices=Role.choices[1:], initial=Role.EDITOR)


class RoleForm(forms.Form):
    role = forms.ChoiceField(choices=Role.choices)


class HandOverForm(forms.Form):
    to = forms.ModelChoiceField(label=_("new owner"), queryset=Membership.objects.none(), empty_label=_("choose"))

    def __init__(self, *args: Any, mine: Membership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = mine.workspace.memberships.exclude(pk=mine.pk).select_related("user")
        self.fields["to"].queryset = others  # type: ignore[attr-defined]
        self.fields["to"].label_from_instance = lambda m: m.user.called  # type: ignore[attr-defined]


class DeleteForm(forms.Form):
    """Typing the address says that one means it."""

    email = forms.CharField(
        label=_("Type your e-mail address to confirm"), widget=forms.TextInput(attrs={"autocomplete": "off"})
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_email(self) -> str:
        typed = self.cleaned_data["email"].strip()
        if typed.lower() != self.user.email.lower():
            raise forms.ValidationError(_("This is not the address of this account."))
        return typed
