"""Addresses of the register: directory, profile, photo, check."""

from django.urls import path, register_converter

from registry import views


class RegisterNumberConverter:
    """`PK-000047` in an address; anything else is no page."""

    regex = r"PK-[0-9]{6,9}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(RegisterNumberConverter, "register_number")

app_name = "registry"
urlpatterns = [
    path("direktori/", views.directory, name="directory"),
    path("direktori/<register_number:register_number>/", views.profile, name="profile"),
    path("direktori/<register_number:register_number>/foto/", views.photo, name="photo"),
    path(
        "direktori/<register_number:register_number>/dokumen/<uuid:document_id>/",
        views.document,
        name="document",
    ),
    path("akun/aktivasi/", views.activation, name="activation"),
    path("akun/aktivasi/terkirim/", views.activation_sent, name="activation_sent"),
    path(
        "direktori/<register_number:register_number>/alasan/", views.note_reason, name="note_reason"
    ),
    path("profil/", views.own_profile, name="own_profile"),
    path("profil/ubah/", views.own_profile_edit, name="own_profile_edit"),
    path("cek/", views.check, name="check"),
    path("cek/<register_number:register_number>/", views.check_number, name="check_number"),
]
