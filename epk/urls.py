"""The site map: every address of the portal and the app that answers it."""

from django.contrib import admin
from django.contrib.auth.decorators import login_not_required
from django.contrib.sitemaps import views as sitemap_views
from django.urls import include, path
from django.views.decorators.http import require_safe

from epk import health, views
from epk.sitemaps import SITEMAPS

sitemap_index = login_not_required(require_safe(sitemap_views.index))
sitemap_section = login_not_required(require_safe(sitemap_views.sitemap))

urlpatterns = [
    path("", views.home, name="home"),
    path("", include("registry.urls")),
    path("", include("forum.urls")),
    path("", include("news.urls")),
    path("profil/data/", views.own_data, name="own_data"),
    path("profil/data/data-saya.json", views.own_data_json, name="own_data_json"),
    path("profil/data/<slug:section>/", views.own_data_section, name="own_data_section"),
    path("privasi/", views.privacy, name="privacy"),
    path("akun/", include("accounts.urls")),
    path("notifikasi/", include("notifications.urls")),
    path("tema/", views.theme, name="theme"),
    path("gaya/", views.style_guide, name="style_guide"),
    path("gaya/surat/", views.mail_samples, name="mail_samples"),
    path("gaya/surat/<slug:app>/<slug:name>/", views.mail_sample, name="mail_sample"),
    path(
        "gaya/surat/<slug:app>/<slug:name>/html/", views.mail_sample_html, name="mail_sample_html"
    ),
    path("healthz", health.alive, name="healthz"),
    path("readyz", health.ready, name="readyz"),
    path("robots.txt", views.robots, name="robots"),
    path("sitemap.xml", sitemap_index, {"sitemaps": SITEMAPS}, name="sitemap"),
    path(
        "sitemap-<section>.xml",
        sitemap_section,
        {"sitemaps": SITEMAPS},
        name="django.contrib.sitemaps.views.sitemap",
    ),
    path("admin/", admin.site.urls),
]

handler400 = "epk.views.bad_request"
handler403 = "epk.views.permission_denied"
handler404 = "epk.views.page_not_found"
handler500 = "epk.views.server_error"
