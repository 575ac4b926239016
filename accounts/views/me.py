"""One's own account: profile, data, deletion."""

from __future__ import annotations

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import services
from accounts.archive import archive
from accounts.forms import DeleteForm, ProfileForm


@login_required
def profile(request: HttpRequest) -> HttpResponse:
    form = ProfileForm(request.POST or None, instance=request.user)
    if request.method == "POST" and form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
        return redirect("profile")
    return render(request, "accounts/profile.html", {"form": form, "tab": "profile"})


@login_required
def data(request: HttpRequest, form: DeleteForm | None = None) -> HttpResponse:
    form = form or DeleteForm(user=request.user)
    return render(request, "accounts/data.html", {"form": form, "tab": "data"})


@login_required
@require_POST
def export(request: HttpRequest) -> FileResponse:
    """The zip of everything."""
    services.audit(request.user, "account.exported")
    name = f"litink-{timezone.now():%Y-%m-%d}.zip"
    return FileResponse(archive(request.user), as_attachment=True, filename=name)


@login_required
@require_POST
def delete(request: HttpRequest) -> HttpResponse:
    form = DeleteForm(request.POST, user=request.user)
    if not form.is_valid():
        return data(request, form)
    try:
        services.ask_deletion(request.user)
    except services.Refused as refused:
        messages.error(request, str(refused))
        return redirect("data")
    until = timezone.localtime(request.user.delete_after).date()
    logout(request)
    messages.success(
        request, _("Your account will be deleted on %(day)s. Log in before then to keep it.") % {"day": until}
    )
    return redirect("home")


@login_required
@require_POST
def keep(request: HttpRequest) -> HttpResponse:
    services.keep_account(request.user)
    messages.success(request, _("Your account stays."))
    return redirect("data")


@login_required
@require_POST
def end_session(request: HttpRequest, pk: int) -> HttpResponse:
    """Log out one's other browser."""
    get_object_or_404(UserSession, pk=pk, user=request.user).end()
    messages.success(request, _("Ended. That browser has to log in again."))
    return redirect("usersessions_list")
