"""Addresses of films and of their making."""

from __future__ import annotations

from django.urls import path

from pipeline.views import desk, desk_history, desk_tools, film, films, new, people, remarks, runs, samples, shares

urlpatterns = [
    path("films/", films.films, name="films"),
    path("films/new/<int:pk>/how/", new.how, name="how"),
    path("films/new/<int:pk>/start/", new.start, name="start"),
    path("films/<int:pk>/", film.film, name="film"),
    path("films/<int:pk>/versions/", film.versions, name="versions"),
    path("films/<int:pk>/again/", films.make_again, name="make_again"),
    path("films/<int:pk>/delete/", film.delete_film, name="delete_film"),
    path("films/<int:pk>/script/", desk.desk, name="desk"),
    path("films/<int:pk>/script/live/", desk.desk_live, name="desk_live"),
    path("films/<int:pk>/script/undo/", desk.desk_undo, name="desk_undo"),
    path("films/<int:pk>/script/update/", desk.desk_update, name="desk_update"),
    path("films/<int:pk>/script/history/", desk_history.desk_history, name="desk_history"),
    path("films/<int:pk>/script/restore/", desk_history.desk_restore, name="desk_restore"),
    path("scenes/<int:pk>/", desk.desk_scene, name="desk_scene"),
    path("scenes/<int:pk>/ask/<str:what>/", desk.desk_ask, name="desk_ask"),
    path("clashes/<int:pk>/", desk.desk_clash, name="desk_clash"),
    path("scenes/<int:pk>/tools/", desk_tools.scene_tools, name="scene_tools"),
    path("scenes/<int:pk>/play/", desk_tools.scene_play, name="scene_play"),
    path("films/<int:pk>/words/", desk_tools.words_said, name="words_said"),
    path("films/<int:pk>/words/say/", desk_tools.say, name="say"),
    path("films/<int:pk>/people/", people.cast, name="people"),
    path("films/<int:pk>/people/add/", people.person_add, name="person_add"),
    path("people/<int:pk>/", people.person, name="person"),
    path("people/<int:pk>/change/", people.person_change, name="person_change"),
    path("people/<int:pk>/merge/", people.person_merge, name="person_merge"),
    path("people/<int:pk>/split/", people.person_split, name="person_split"),
    path("people/<int:pk>/lines/", people.person_lines, name="person_lines"),
    path("films/<int:pk>/share/", shares.share, name="share"),
    path("renders/<int:pk>/<str:name>", film.film_file, name="film_file"),
    path("renders/<int:pk>/remarks/", remarks.add, name="remark_add"),
    path("remarks/<int:pk>/settle/", remarks.settle, name="remark_settle"),
    path("remarks/<int:pk>/delete/", remarks.delete, name="remark_delete"),
    path("runs/<int:pk>/", runs.run, name="run"),
    path("runs/<int:pk>/live/", runs.run_live, name="run_live"),
    path("runs/<int:pk>/cancel/", runs.cancel_run, name="cancel_run"),
    path("runs/<int:pk>/go-on/", runs.retry_run, name="retry_run"),
    path("runs/<int:pk>/tell-me/", runs.tell_me, name="tell_me"),
    path("shares/<int:pk>/end/", shares.end_share, name="end_share"),
    path("s/<str:token>/", shares.shared, name="shared"),
    path("s/<str:token>/<str:name>", shares.shared_file, name="shared_file"),
    path("embed/<str:token>/", shares.embed, name="embed"),
    path("styles/<str:style>.webp", samples.style_sample, name="style_sample"),
    path("voices/", samples.voices, name="voices"),
    path("voices/<str:voice>/", samples.voice_sample, name="voice_sample"),
]
