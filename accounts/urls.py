"""Addresses of the account pages, below /akun/."""

from django.urls import path

from accounts import views

app_name = "accounts"
urlpatterns = [
    path("masuk/", views.login, name="login"),
    path("keluar/", views.logout, name="logout"),
]
