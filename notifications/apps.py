"""How Django knows this app."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "notifications"
    verbose_name = "Surat dan pekerjaan latar"
