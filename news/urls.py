"""The addresses of the news board."""

from django.urls import path

from news import views

app_name = "news"
urlpatterns = [
    path("berita/", views.articles, name="articles"),
    path("berita/gambar/<uuid:key>-<int:width>.webp", views.picture, name="picture"),
    path("berita/berkas/<uuid:key>/", views.file, name="file"),
    path("berita/<slug:slug>/", views.article, name="article"),
]
