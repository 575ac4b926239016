"""Addresses of books, chapters and stored outputs."""

from __future__ import annotations

from django.urls import path

from projects.views import books, media, new

urlpatterns = [
    path("films/new/", new.new_film, name="new_film"),
    path("films/new/upload/", new.upload, name="upload"),
    path("films/new/paste/", new.paste, name="paste"),
    path("films/new/sample/", new.sample, name="sample"),
    path("films/new/<int:pk>/", new.choose_chapters, name="choose_chapters"),
    path("books/", books.books, name="books"),
    path("books/<int:pk>/delete/", books.delete_book, name="delete_book"),
    path("chapters/<int:pk>/", books.chapter, name="chapter"),
    path("chapters/<int:pk>/rename/", books.rename_chapter, name="rename_chapter"),
    path("chapters/<int:pk>/merge/", books.merge_chapter, name="merge_chapter"),
    path("chapters/<int:pk>/split/", books.split_chapter, name="split_chapter"),
    path("assets/<int:pk>/", media.asset, name="asset"),
]
