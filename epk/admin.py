"""The admin site: Django's own, under our name, closed to everyone but active staff."""

from django.contrib import admin


class RegistryAdminSite(admin.AdminSite):
    """The place for the second factor (accounts) when it is required."""

    site_header = "e-Pengantar Kerja"
    site_title = "Admin e-Pengantar Kerja"
    index_title = "Pemeliharaan register"
    site_url = None  # the page head has the way back
