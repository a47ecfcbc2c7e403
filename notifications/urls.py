"""Addresses of the inbox, below /notifikasi/."""

from django.urls import path

from notifications import views

app_name = "notifications"
urlpatterns = [
    path("", views.inbox, name="inbox"),
    path("buka/", views.open_group, name="open_group"),
    path("dibaca/", views.mark_read, name="mark_read"),
    path("belum-dibaca/", views.mark_unread, name="mark_unread"),
    path("pengaturan/", views.preferences, name="preferences"),
    path("pengaturan/coba-lagi/", views.resume_address, name="resume_address"),
    path("berhenti/<token>/", views.unsubscribe, name="unsubscribe"),
]
