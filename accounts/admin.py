"""The support desk, people: users, workspaces, and the records of who did what."""

from __future__ import annotations

from typing import Any

from allauth.account.decorators import secure_admin_login
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from allauth.usersessions.models import UserSession
from django import forms
from django.contrib import admin, messages
from django.contrib.admin.models import LogEntry
from django.core.exceptions import PermissionDenied
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.safestring import SafeString
from django_q.models import Failure, OrmQ, Schedule, Success

from accounts import seeing
from accounts.models import ApiKey, Audit, Invitation, Membership, Role, User, Workspace
from accounts.services import Refused, audit
from accounts.support import REASON, Audited, ReadOnly, ReasonForm, link, listed, panels, tables

admin.site.site_header = admin.site.site_title = "LitinkAI support"
admin.site.index_title = "Desk"
# Staff log in as everybody does, with the second step they have set up.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
admin.site.disable_action("delete_selected")
# Secrets of log-in, and a queue that we do not use: the user's page tells what support needs of them.
ELSEWHERE = (EmailAddress, Authenticator, SocialAccount, SocialApp, SocialToken, UserSession, Failure, OrmQ, Schedule, Success)  # fmt: skip
for known in ELSEWHERE:
    if admin.site.is_registered(known):
        admin.site.unregister(known)


@receiver(post_save, sender=LogEntry)
def keep_record(instance: LogEntry, created: bool, **kwargs: Any) -> None:
    """Whatever else the admin changes (groups, other packages' rows) is a row of the records, too."""
    model = instance.content_type.model_class() if instance.content_type else None
    if created and model is not None and not isinstance(admin.site._registry.get(model), Audited):
        verb = {1: "added", 2: "changed", 3: "deleted"}[instance.action_flag]
        named = f"{model._meta.label} {instance.object_id}"
        audit(instance.user, f"admin.{verb}", subject=named[:120], changes=instance.get_change_message()[:300])


class UserForm(forms.ModelForm):
    reason = forms.CharField(max_length=REASON, help_text="Who asked, and why. Kept in the records.")


PRIVILEGES = ("is_staff", "is_superuser", "groups")


@admin.register(User)
class UserAdmin(Audited):
    """Found by e-mail; leads to their workspaces, films and runs."""

    form = UserForm
    list_display = ("email", "name", "is_active", "is_staff", "date_joined", "last_login", "delete_after")
    list_filter = ("is_active", "is_staff", "date_joined")
    search_fields = ("email", "name")
    ordering = ("-date_joined",)
    filter_horizontal = ("groups",)
    change_form_template = "admin/accounts/user/change_form.html"
    readonly_fields = ("email", "name", "time_zone", "date_joined", "last_login", "delete_after", "login", "work", "records")  # fmt: skip

    def get_fieldsets(self, request: HttpRequest, obj: Any = None) -> Any:
        facts = ("email", "name", "time_zone", "date_joined", "last_login", "delete_after", "login")
        change = ("is_active", *PRIVILEGES, "reason") if self.has_change_permission(request, obj) else ("is_active",)
        return [(None, {"fields": facts}), ("Change", {"fields": change}), ("Work", {"fields": ("work", "records")})]

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        return self.readonly_fields + (() if request.user.is_superuser else PRIVILEGES)  # type: ignore[union-attr]

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """A superuser is changed by superusers."""
        may = super().has_change_permission(request, obj)
        return may and (request.user.is_superuser or not (obj and obj.is_superuser))  # type: ignore[union-attr]

    def subject(self, obj: User) -> str:
        return obj.email

    @admin.display(description="log-in")
    def login(self, user: User) -> SafeString:
        mails = [(m.email, "confirmed" if m.verified else "not confirmed") for m in EmailAddress.objects.filter(user=user)]  # fmt: skip
        steps = Authenticator.objects.filter(user=user).values_list("type", "last_used_at")
        others = SocialAccount.objects.filter(user=user).values_list("provider", "last_login")
        open_now = UserSession.objects.filter(user=user).count()
        rows = [*mails, *((f"second step: {kind}", used or "never used") for kind, used in steps), *others]
        return tables([("", ("way", "state"), [*rows, ("sessions", open_now)])])

    @admin.display(description="")
    def work(self, user: User) -> SafeString:
        mine = list(user.memberships.select_related("workspace").order_by("pk"))
        rows = [(link(m.workspace), m.role, m.created) for m in mine]
        return tables([("Workspaces", ("workspace", "role", "since"), rows)]) + panels([m.workspace_id for m in mine])

    @admin.display(description="")
    def records(self, user: User) -> SafeString:
        return _records(Audit.objects.filter(actor=user) | Audit.objects.filter(subject=user.email))

    def get_urls(self) -> Any:
        own = path("<int:pk>/see-as/", self.admin_site.admin_view(self.see_as), name="accounts_user_see_as")
        return [own, *super().get_urls()]

    def see_as(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Ask for the reason, then show the site as the user sees it."""
        if not request.user.has_perm(seeing.PERMISSION):  # type: ignore[union-attr]
            raise PermissionDenied
        user = get_object_or_404(User, pk=pk)
        form = ReasonForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            try:
                seeing.begin(request, user, reason=form.cleaned_data["reason"])
                return HttpResponseRedirect(reverse("films"))
            except Refused as refused:
                messages.error(request, str(refused))
        context = {**self.admin_site.each_context(request), "form": form, "original": user, "opts": self.opts}
        context |= {"title": f"See the site as {user.email}", "send": "See as this user"}
        context["about"] = (
            "For an hour, or until you end it. Every page says so, what you do is recorded, and nothing can be paid, "
            "deleted or changed about their log-in and members."
        )
        return TemplateResponse(request, "admin/ask_reason.html", context)


class MembershipInline(admin.TabularInline):
    model = Membership
    fields = readonly_fields = ("person", "role", "created")
    extra = 0
    can_delete = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Membership]:
        return super().get_queryset(request).select_related("user")

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def person(self, membership: Membership) -> SafeString | str:
        return link(membership.user)


@admin.register(Workspace)
class WorkspaceAdmin(ReadOnly):
    list_display = ("name", "id", "owner", "people", "created")
    search_fields = ("=id", "name", "memberships__user__email")
    ordering = ("-created", "-pk")
    inlines = (MembershipInline,)
    fields = readonly_fields = ("name", "id", "language", "created", "work", "records")

    def get_queryset(self, request: HttpRequest) -> QuerySet[Workspace]:
        owners = Membership.objects.filter(workspace=OuterRef("pk"), role=Role.OWNER).order_by("pk")
        people = Membership.objects.filter(workspace=OuterRef("pk")).order_by().values("workspace")
        return (
            super()
            .get_queryset(request)
            .annotate(owner_email=Subquery(owners.values("user__email")[:1]))
            .annotate(n=Subquery(people.annotate(n=Count("pk")).values("n")))
        )

    def owner(self, workspace: Any) -> str:
        return workspace.owner_email or "–"

    @admin.display(description="members")
    def people(self, workspace: Any) -> int:
        return workspace.n or 0

    @admin.display(description="")
    def work(self, workspace: Workspace) -> SafeString:
        return panels([workspace.pk])

    @admin.display(description="")
    def records(self, workspace: Workspace) -> SafeString:
        return _records(Audit.objects.filter(workspace=workspace)) + listed(
            Audit, "All records", workspace=workspace.pk
        )


def _records(rows: QuerySet[Audit]) -> SafeString:
    last = rows.order_by("-at", "-pk")[:10]
    told = [(row.at, row.actor_email or "–", link(row, row.action), row.subject, row.reason) for row in last]
    return tables([("Records", ("when", "who", "what", "of", "why"), told)])


@admin.register(Audit)
class AuditAdmin(ReadOnly):
    """Who did what to what, when and why."""

    list_display = ("at", "actor_email", "action", "subject", "workspace", "reason")
    list_filter = ("action", "at")
    list_select_related = ("workspace",)
    search_fields = ("actor_email", "action", "subject", "reason")
    ordering = ("-at", "-pk")
    lookups = ("workspace",)


@admin.register(Invitation)
class InvitationAdmin(ReadOnly):
    list_display = ("email", "workspace", "role", "created", "expires", "accepted")
    list_select_related = ("workspace",)
    search_fields = ("email", "workspace__name")
    ordering = ("-created",)
    exclude = ("token",)


@admin.register(ApiKey)
class ApiKeyAdmin(ReadOnly):
    list_display = ("prefix", "name", "workspace", "created", "last_used", "revoked")
    list_select_related = ("workspace",)
    search_fields = ("prefix", "name", "workspace__name")
    ordering = ("-created",)
    exclude = ("digest",)
