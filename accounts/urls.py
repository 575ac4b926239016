"""Addresses of one's account and workspace; login and the like are allauth's, under accounts/."""

from __future__ import annotations

from django.urls import path

from accounts.views import me, support, team

urlpatterns = [
    path("settings/", me.profile, name="profile"),
    path("settings/data/", me.data, name="data"),
    path("settings/data/export/", me.export, name="export"),
    path("settings/data/delete/", me.delete, name="delete_account"),
    path("settings/data/keep/", me.keep, name="keep_account"),
    path("settings/sessions/<int:pk>/end/", me.end_session, name="end_session"),
    path("settings/workspaces/", team.workspaces, name="workspaces"),
    path("settings/workspaces/new/", team.open_workspace, name="open_workspace"),
    path("settings/workspaces/<int:pk>/", team.switch, name="switch_workspace"),
    path("team/", team.team, name="team"),
    path("team/name/", team.rename, name="rename_workspace"),
    path("team/invite/", team.invite, name="invite"),
    path("team/invitations/<int:pk>/withdraw/", team.withdraw, name="withdraw_invitation"),
    path("team/<int:pk>/role/", team.set_role, name="set_role"),
    path("team/<int:pk>/remove/", team.remove, name="remove_member"),
    path("team/hand-over/", team.hand_over, name="hand_over"),
    path("team/leave/", team.leave, name="leave_workspace"),
    path("support/stop/", support.stop_seeing_as, name="stop_seeing_as"),
    path("join/<str:token>/", team.join, name="join"),
]
