"""A workspace: its members, their roles, who comes and who goes."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts import rooms, services
from accounts.access import member
from accounts.forms import HandOverForm, InviteForm, RoleForm, WorkspaceForm
from accounts.middleware import SESSION_KEY
from accounts.models import Invitation, Membership, Role, Workspace


@member()
def team(request: HttpRequest, invite_form: InviteForm | None = None) -> HttpResponse:
    workspace = request.membership.workspace
    context = {
        "room": "team",
        "workspace": workspace,
        "members": workspace.memberships.select_related("user").order_by("created", "pk"),
        "invitations": workspace.invitations.filter(accepted=None, expires__gt=timezone.now()).order_by("-created"),
        "seats": rooms.seats(workspace),
        "roles": Role.choices,
        "invite_form": invite_form or InviteForm(),
        "name_form": WorkspaceForm(instance=workspace),
        "hand_over_form": HandOverForm(mine=request.membership),
        "mine": request.membership,
        "is_owner": request.membership.at_least(Role.OWNER),
    }
    return render(request, "accounts/team.html", context)


def _told(request: HttpRequest, verb: Callable[[], object], done: str) -> bool:
    """Do it and say so; or say why not."""
    try:
        verb()
    except services.Refused as refused:
        messages.error(request, str(refused))
        return False
    messages.success(request, done)
    return True


@member(Role.OWNER)
@require_POST
def rename(request: HttpRequest) -> HttpResponse:
    form = WorkspaceForm(request.POST, instance=request.membership.workspace)
    if form.is_valid():
        form.save()
        messages.success(request, _("Saved."))
    return redirect("team")


@member(Role.OWNER)
@require_POST
def invite(request: HttpRequest) -> HttpResponse:
    form = InviteForm(request.POST)
    if form.is_valid():
        workspace, asked = request.membership.workspace, form.cleaned_data
        sent = _("An invitation is on its way to %(email)s.") % {"email": asked["email"]}
        if _told(request, lambda: services.invite(workspace, by=request.user, **asked), sent):
            return redirect("team")
    return team(request, form)


@member(Role.OWNER)
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    get_object_or_404(request.membership.workspace.invitations, pk=pk, accepted=None).delete()
    messages.success(request, _("The invitation is withdrawn."))
    return redirect("team")


def _colleague(request: HttpRequest, pk: int) -> Membership:
    return get_object_or_404(request.membership.workspace.memberships.select_related("user"), pk=pk)


@member(Role.OWNER)
@require_POST
def set_role(request: HttpRequest, pk: int) -> HttpResponse:
    colleague, form = _colleague(request, pk), RoleForm(request.POST)
    if form.is_valid():
        done = _("%(who)s has a new role.") % {"who": colleague.user.called}
        _told(request, lambda: services.set_role(colleague, form.cleaned_data["role"], by=request.user), done)
    return redirect("team")


@member(Role.OWNER)
@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    colleague = _colleague(request, pk)
    done = _("%(who)s is no longer a member.") % {"who": colleague.user.called}
    _told(request, lambda: services.remove(colleague, by=request.user), done)
    return redirect("team")


@member(Role.OWNER)
@require_POST
def hand_over(request: HttpRequest) -> HttpResponse:
    form = HandOverForm(request.POST, mine=request.membership)
    if form.is_valid():
        to = form.cleaned_data["to"]
        done = _("%(who)s owns this workspace now; you are an editor.") % {"who": to.user.called}
        _told(request, lambda: services.hand_over(request.membership, to), done)
    else:
        messages.error(request, _("Choose who is to own the workspace."))
    return redirect("team")


@member()
@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    mine = request.membership
    done = _("You have left %(workspace)s.") % {"workspace": mine.workspace.name}
    left = _told(request, lambda: services.remove(mine, by=request.user), done)
    return redirect("workspaces" if left else "team")


@member()
def workspaces(request: HttpRequest) -> HttpResponse:
    mine = request.user.memberships.select_related("workspace").order_by("created", "pk")
    return render(request, "accounts/workspaces.html", {"mine": mine, "tab": "workspaces"})


@login_required
@require_POST
def open_workspace(request: HttpRequest) -> HttpResponse:
    form = WorkspaceForm(request.POST)
    if form.is_valid():
        made = services.open_workspace(request.user, name=form.cleaned_data["name"])
        request.session[SESSION_KEY] = made.pk
        messages.success(request, _("The workspace is ready."))
        return redirect("films")
    messages.error(request, _("A workspace needs a name."))
    return redirect("workspaces")


@login_required
@require_POST
def switch(request: HttpRequest, pk: int) -> HttpResponse:
    workspace = get_object_or_404(Workspace.objects.for_user(request.user), pk=pk)
    request.session[SESSION_KEY] = workspace.pk
    return redirect("films")


@login_required
def join(request: HttpRequest, token: str) -> HttpResponse:
    """The page behind the link of an invitation."""
    invitation = Invitation.objects.select_related("workspace", "invited_by").filter(token=token).first()
    if invitation is None:
        raise Http404
    if request.method == "POST":
        done = _("Welcome to %(workspace)s.") % {"workspace": invitation.workspace.name}
        if _told(request, lambda: services.accept(invitation, request.user), done):
            request.session[SESSION_KEY] = invitation.workspace_id
            return redirect("films")
    return render(request, "accounts/join.html", {"invitation": invitation})
