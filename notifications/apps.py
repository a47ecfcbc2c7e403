"""How Django knows this app."""

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class NotificationsConfig(AppConfig):
    name = "notifications"
    verbose_name = "Pemberitahuan, surat, dan pekerjaan latar"

    def ready(self) -> None:
        """Every app declares in its `notices.py` what it tells people of."""
        autodiscover_modules("notices")
