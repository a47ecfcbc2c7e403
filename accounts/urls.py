"""Addresses of the account pages, below /akun/; names without a space are those of the library."""

from django.urls import include, path

from accounts import resume
from accounts.views import email, entrance, password, security, session_list, sso

ours = (
    [
        path("lanjutkan/", resume.resume, name="resume"),
        path("aktivasi/<uid>/<token>/", password.activate, name="activate"),
        path("sandi/lupa/terkirim/", password.password_sent, name="password_sent"),
        path("sandi/baru/<uid>/<token>/", password.password_new, name="password_new"),
        path("e-mail/", email.email_change, name="email_change"),
        path("e-mail/batal/", email.email_cancel, name="email_cancel"),
        path("e-mail/konfirmasi/<token>/", email.email_confirm, name="email_confirm"),
        path("sesi/<int:session_id>/keluarkan/", session_list.session_end, name="session_end"),
        path("sesi/keluarkan-lain/", session_list.session_end_others, name="session_end_others"),
    ],
    "accounts",
)
keys = [
    path("tambah/", security.key_add, name="mfa_add_webauthn"),
    path("<int:pk>/ubah/", security.key_edit, name="mfa_edit_webauthn"),
    path("<int:pk>/hapus/", security.key_remove, name="mfa_remove_webauthn"),
]
urlpatterns = [
    path("", include(ours)),
    path("masuk/", entrance.login, name="account_login"),
    path("masuk/kode/", entrance.login_code, name="mfa_authenticate"),
    path("masuk/kunci/", entrance.login_key, name="mfa_login_webauthn"),
    path("masuk/sso/<slug:provider_id>/", sso.start, name="openid_connect_login"),
    path("masuk/sso/<slug:provider_id>/kembali/", sso.callback, name="openid_connect_callback"),
    path("masuk/sso-batal/", sso.cancelled, name="socialaccount_login_cancelled"),
    path("keluar/", entrance.logout, name="account_logout"),
    path("tidak-aktif/", entrance.inactive, name="account_inactive"),
    path("sandi/lupa/", password.password_forgotten, name="account_reset_password"),
    path("sandi/ubah/", password.password_change, name="account_change_password"),
    path("sandi/buat/", password.password_set, name="account_set_password"),
    path("keamanan/", security.index, name="mfa_index"),
    path("keamanan/aplikasi/", security.totp_activate, name="mfa_activate_totp"),
    path("keamanan/aplikasi/lepas/", security.totp_deactivate, name="mfa_deactivate_totp"),
    path("keamanan/kunci/", include(keys)),
    path("keamanan/kode-cadangan/", security.recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "keamanan/kode-cadangan/baru/",
        security.recovery_codes_new,
        name="mfa_generate_recovery_codes",
    ),
    path("konfirmasi/", security.again_password, name="account_reauthenticate"),
    path("konfirmasi/kode/", security.again_code, name="mfa_reauthenticate"),
    path("konfirmasi/kunci/", security.again_key, name="mfa_reauthenticate_webauthn"),
    path("sesi/", session_list.session_list, name="usersessions_list"),
]
