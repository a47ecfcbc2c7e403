"""Addresses of the forum."""

from django.urls import path

from forum import views

app_name = "forum"
urlpatterns = [
    path("forum/", views.index, name="index"),
    path("forum/topik/baru/", views.topic_new, name="topic_new"),
    path("forum/topik/<int:topic_id>/", views.topic, name="topic"),
    path("forum/topik/<int:topic_id>/cetak/", views.topic_print, name="topic_print"),
    path("forum/topik/<int:topic_id>/balas/", views.reply, name="reply"),
    path("forum/pos/<int:post_id>/", views.post, name="post"),
    path("forum/pos/<int:post_id>/sunting/", views.post_edit, name="post_edit"),
    path("forum/pos/<int:post_id>/riwayat/", views.post_history, name="post_history"),
    path("forum/pos/<int:post_id>/hapus/", views.post_delete, name="post_delete"),
    path("forum/pos/<int:post_id>/jawaban/", views.post_answer, name="post_answer"),
    path("forum/pos/<int:post_id>/verifikasi/", views.post_verify, name="post_verify"),
    path("forum/pos/<int:post_id>/verifikasi/cabut/", views.post_withdraw, name="post_withdraw"),
    path("forum/topik/tinjauan/", views.reviews, name="reviews"),
    path("forum/topik/peraturan/", views.regulations, name="regulations"),
    path("forum/topik/peraturan/baru/", views.regulation_new, name="regulation_new"),
    path(
        "forum/topik/peraturan/<int:regulation_id>/sunting/",
        views.regulation_edit,
        name="regulation_edit",
    ),
    path(
        "forum/topik/peraturan/<int:regulation_id>/berlaku/",
        views.regulation_reinstate,
        name="regulation_reinstate",
    ),
    path(
        "forum/topik/peraturan/<int:regulation_id>/ganti/",
        views.regulation_replace,
        name="regulation_replace",
    ),
    path("forum/lampiran/<uuid:attachment_id>/", views.attachment, name="attachment"),
    path("forum/draf/", views.drafts, name="drafts"),
    path("forum/draf/simpan/", views.draft_save, name="draft_save"),
    path("forum/draf/<int:draft_id>/hapus/", views.draft_delete, name="draft_delete"),
    path("forum/topik/<int:topic_id>/ikuti/", views.topic_follow, name="topic_follow"),
    path("forum/topik/<int:topic_id>/saya-juga/", views.topic_metoo, name="topic_metoo"),
    path("forum/topik/kategori/<slug:slug>/ikuti/", views.category_follow, name="category_follow"),
    path("forum/topik/dibaca/", views.mark_read, name="mark_read"),
    path("forum/pos/<int:post_id>/terima-kasih/", views.post_thanks, name="post_thanks"),
    path("forum/umpan/", views.feeds, name="feeds"),
    path("forum/umpan/semua.atom", views.feed, name="feed"),
    path("forum/umpan/kategori/<slug:slug>.atom", views.feed_of_category, name="feed_of_category"),
    path("forum/cari/", views.search, name="search"),
    path("forum/topik/serupa/", views.similar_topics, name="similar_topics"),
    path("forum/topik/sebut/", views.mention_names, name="mention_names"),
    path("forum/pos/<int:post_id>/lapor/", views.post_report, name="post_report"),
    path("forum/pos/<int:post_id>/moderasi/", views.post_moderate, name="post_moderate"),
    path("forum/topik/<int:topic_id>/moderasi/", views.topic_moderate, name="topic_moderate"),
    path("forum/moderasi/", views.moderation, name="moderation"),
    path("forum/moderasi/catatan/", views.moderation_log, name="moderation_log"),
    path("forum/moderasi/keberatan/", views.appeals, name="appeals"),
    path("forum/moderasi/tindakan/<int:decision_id>/", views.decision, name="decision"),
    path("konsultasi/", views.consultations, name="consultations"),
    path("konsultasi/kesediaan/", views.availability, name="availability"),
    path("konsultasi/baru/", views.consultation_new, name="consultation_new"),
    path("konsultasi/baru/rekan/", views.consultation_send, name="consultation_send"),
    path(
        "konsultasi/<int:topic_id>/teruskan/",
        views.consultation_decline,
        name="consultation_decline",
    ),
    path("konsultasi/<int:topic_id>/rekan/", views.consultation_choose, name="consultation_choose"),
    path(
        "konsultasi/<int:topic_id>/undang/", views.consultation_invite, name="consultation_invite"
    ),
    path("konsultasi/<int:topic_id>/keluar/", views.consultation_leave, name="consultation_leave"),
    path("konsultasi/<int:topic_id>/selesai/", views.consultation_close, name="consultation_close"),
    path("konsultasi/<int:topic_id>/terbitkan/", views.publication, name="publication"),
    path(
        "konsultasi/<int:topic_id>/terbitkan/setuju/",
        views.publication_agree,
        name="publication_agree",
    ),
    path(
        "konsultasi/<int:topic_id>/terbitkan/batal/",
        views.publication_withdraw,
        name="publication_withdraw",
    ),
    path("forum/<slug:slug>/", views.category, name="category"),
]
