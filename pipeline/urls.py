"""Addresses of films and of their making."""

from __future__ import annotations

from django.urls import path

from pipeline.views import desk, desk_history, film, films, new, runs, samples, shares

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
    path("films/<int:pk>/share/", shares.share, name="share"),
    path("renders/<int:pk>/<str:name>", film.film_file, name="film_file"),
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
