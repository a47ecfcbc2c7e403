"""The addresses of the news board."""

from django.urls import path, register_converter

from news import views


class CertificateCodeConverter:
    """20 letters and digits; anything else is no page."""

    regex = r"[A-Za-z0-9]{20}"

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(CertificateCodeConverter, "certificate_code")

app_name = "news"
urlpatterns = [
    path("berita/", views.articles, name="articles"),
    path("berita/umpan.xml", views.feed, name="feed"),
    path("berita/gambar/<uuid:key>-<int:width>.webp", views.picture, name="picture"),
    path("berita/berkas/<uuid:key>/", views.file, name="file"),
    path("berita/pratinjau/<str:key>/", views.article_preview, name="article_preview"),
    path("berita/komentar/terkirim/", views.comment_sent, name="comment_sent"),
    path("berita/komentar/konfirmasi/<str:token>/", views.comment_confirm, name="comment_confirm"),
    path("berita/komentar/<int:comment_id>/", views.comment, name="comment"),
    path("berita/komentar/<int:comment_id>/ubah/", views.comment_edit, name="comment_edit"),
    path("berita/komentar/<int:comment_id>/hapus/", views.comment_delete, name="comment_delete"),
    path("berita/komentar/<int:comment_id>/lapor/", views.comment_report, name="comment_report"),
    path("berita/<slug:slug>/komentar/", views.comment_new, name="comment_new"),
    path("berita/<slug:slug>/komentar/tulis/", views.comment_add, name="comment_add"),
    path("redaksi/komentar/", views.comments, name="comments"),
    path("redaksi/komentar/<int:comment_id>/", views.comment_moderate, name="comment_moderate"),
    path("berita/<slug:slug>/", views.article, name="article"),
    # --- The editors' pages -------------------------------------------------------------------
    path("redaksi/", views.editor, name="editor"),
    path("redaksi/tautan/", views.links_check, name="links_check"),
    path("redaksi/berita/baru/", views.article_new, name="article_new"),
    path("redaksi/berita/<int:article_id>/", views.article_edit, name="article_edit"),
    path("redaksi/berita/<int:article_id>/tindakan/", views.article_act, name="article_act"),
    path(
        "redaksi/berita/<int:article_id>/pengaturan/",
        views.article_settings,
        name="article_settings",
    ),
    path("redaksi/berita/<int:article_id>/versi/", views.article_versions, name="article_versions"),
    path("redaksi/berita/<int:article_id>/tampilan/", views.article_look, name="article_look"),
    # --- Events ---
    path("kegiatan/", views.events, name="events"),
    path("kegiatan/<slug:slug>/", views.event, name="event"),
    path("kegiatan/<slug:slug>/kalender.ics", views.event_calendar, name="event_calendar"),
    path("kegiatan/<slug:slug>/daftar/", views.event_register, name="event_register"),
    path("kegiatan/<slug:slug>/batal/", views.event_unregister, name="event_unregister"),
    path("redaksi/kegiatan/", views.event_desk, name="event_desk"),
    path("redaksi/kegiatan/baru/", views.event_new, name="event_new"),
    path("redaksi/kegiatan/<int:event_id>/", views.event_edit, name="event_edit"),
    path("redaksi/kegiatan/<int:event_id>/pratinjau/", views.event_preview, name="event_preview"),
    path("redaksi/kegiatan/<int:event_id>/terbitkan/", views.event_publish, name="event_publish"),
    path("redaksi/kegiatan/<int:event_id>/batalkan/", views.event_cancel, name="event_cancel"),
    path(
        "redaksi/kegiatan/<int:event_id>/sesi/baru/",
        views.event_session_new,
        name="event_session_new",
    ),
    path(
        "redaksi/kegiatan/<int:event_id>/sesi/<int:session_id>/",
        views.event_session,
        name="event_session",
    ),
    path(
        "redaksi/kegiatan/<int:event_id>/sesi/<int:session_id>/hapus/",
        views.event_session_delete,
        name="event_session_delete",
    ),
    path(
        "redaksi/kegiatan/<int:event_id>/materi/<int:material_id>/hapus/",
        views.event_material_delete,
        name="event_material_delete",
    ),
    path("redaksi/kegiatan/<int:event_id>/peserta/", views.event_people, name="event_people"),
    path(
        "redaksi/kegiatan/<int:event_id>/peserta.csv",
        views.event_people_csv,
        name="event_people_csv",
    ),
    path(
        "redaksi/kegiatan/<int:event_id>/peserta/cetak/",
        views.event_people_print,
        name="event_people_print",
    ),
    path(
        "redaksi/kegiatan/peserta/<int:registration_id>/",
        views.event_person,
        name="event_person",
    ),
    # --- Attendance, evaluation, certificate --------------------------------------------------
    path("kegiatan/<slug:slug>/tiket/", views.ticket, name="ticket"),
    path("kegiatan/<slug:slug>/evaluasi/", views.evaluation, name="evaluation"),
    path("hadir/<str:token>/", views.self_check_in, name="self_check_in"),
    path("sertifikat/<certificate_code:code>/", views.certificate, name="certificate"),
    path(
        "sertifikat/<certificate_code:code>/unduh/", views.certificate_file, name="certificate_file"
    ),
    path("redaksi/hadir/<uuid:key>/", views.check_in, name="check_in"),
    path("redaksi/hadir/<uuid:key>/batal/", views.check_in_undo, name="check_in_undo"),
    path("redaksi/sesi/<int:session_id>/kode/", views.session_code, name="session_code"),
    path("redaksi/kegiatan/<int:event_id>/daftar-hadir/", views.attendance_list, name="attendance"),
    path(
        "redaksi/kegiatan/<int:event_id>/daftar-hadir/cetak/",
        views.attendance_sheet,
        name="attendance_sheet",
    ),
    path(
        "redaksi/kegiatan/<int:event_id>/evaluasi/",
        views.evaluation_summary,
        name="evaluation_summary",
    ),
    path("redaksi/kegiatan/<int:event_id>/sertifikat/", views.certificates, name="certificates"),
    path(
        "redaksi/sertifikat/<int:certificate_id>/cabut/",
        views.certificate_revoke,
        name="certificate_revoke",
    ),
    path("edaran/", views.circulars, name="circulars"),
    path("edaran/<int:circular_id>/", views.circular, name="circular"),
    path("edaran/<int:circular_id>/baca/", views.circular_acknowledge, name="circular_acknowledge"),
    path("edaran/<int:circular_id>/pembaca/", views.circular_progress, name="circular_progress"),
    path(
        "edaran/<int:circular_id>/pembaca.csv",
        views.circular_progress_csv,
        name="circular_progress_csv",
    ),
    path("edaran/<int:circular_id>/bukti/", views.circular_proof, name="circular_proof"),
    path("redaksi/edaran/", views.editor_circulars, name="editor_circulars"),
    path("redaksi/edaran/baru/", views.circular_new, name="circular_new"),
    path("redaksi/edaran/<int:circular_id>/", views.circular_work, name="circular_work"),
    path("redaksi/edaran/<int:circular_id>/tulis/", views.circular_edit, name="circular_edit"),
]
