"""How Django knows the root app and the admin site."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps


class EpkConfig(AppConfig):
    name = "epk"
    verbose_name = "e-Pengantar Kerja"


class AdminConfig(admin_apps.AdminConfig):
    default_site = "epk.admin.RegistryAdminSite"
    default = False
