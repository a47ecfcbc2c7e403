"""The app in which the ministry tells: articles, circulars, events, comments."""

from django.apps import AppConfig


class NewsConfig(AppConfig):
    name = "news"
    verbose_name = "Berita"
