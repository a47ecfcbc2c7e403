"""Outbox, paused addresses and queue of jobs in the admin: looked at, and what failed tried again."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from epk.lib.admin_access import OneRule, ReadOnly
from epk.lib.admin_lists import KnownParameters
from epk.lib.dates import format_datetime
from epk.lib.jobs import discard, run_again
from epk.lib.mail import mask_address
from epk.lib.notices import kind_named
from epk.lib.text import format_number
from notifications.actions import retry_failed, try_again
from notifications.addresses import resume
from notifications.models import Job, Mail, Notification, Outage, PausedAddress
from notifications.queries import FAILED, pulse_of_jobs
from notifications.rules import can_watch_mail

NOTHING = "–"
JOB_STATES = {
    "todo": "menunggu",
    "doing": "berjalan",
    "failed": "gagal",
    "aborted": "dihentikan",
    "cancelled": "dibatalkan",
    "succeeded": "selesai",
}
PRIMARY_KEY = re.compile(r"[0-9]{1,18}")


class WatchOnly(ReadOnly, OneRule, KnownParameters):
    """Seen by those who may, and written by nobody."""

    def may(self, request: HttpRequest) -> bool:
        return can_watch_mail(request.user)

    def response_action(
        self, request: HttpRequest, queryset: Any, *args: Any, **options: Any
    ) -> HttpResponse | None:
        """Django hands the numbers of the chosen rows to the database as they come."""
        sent = request.POST.copy()
        chosen = sent.getlist("_selected_action")
        sent.setlist("_selected_action", [key for key in chosen if PRIMARY_KEY.fullmatch(key)])
        request.POST = sent  # type: ignore[assignment]
        response: HttpResponse | None = super().response_action(request, queryset, *args, **options)
        return response


@admin.register(Mail)
class MailAdmin(WatchOnly, admin.ModelAdmin):
    """What went to whom, and what waits or has failed. Texts and whole addresses are not shown.

    Nor what a notice is about: it names consultations and topics that only its reader may know of.
    """

    actions = ("try_again",)
    list_display = ("about", "to", "standing", "last_error")
    list_filter = ("state",)
    list_per_page = 50
    show_full_result_count = False
    search_fields = ("=recipient",)
    search_help_text = "Alamat e-mail penerima, ditulis lengkap."
    ordering = ("-id",)
    fields = (
        "about",
        "to",
        "required",
        "standing",
        "last_error",
        "written",
        "sender",
        "message_id",
    )

    def get_queryset(self, request: HttpRequest) -> Any:
        # The view of one row shows the Message-ID, the list nothing of the headers.
        return super().get_queryset(request).defer("text", "html")

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not self.may(request):
            return super().changelist_view(request, extra_context)
        return super().changelist_view(request, {"title": _standing(), **(extra_context or {})})

    @admin.action(description="Coba kirim lagi (yang gagal atau dibatalkan)", permissions=["view"])
    def try_again(self, request: HttpRequest, queryset: Any) -> None:
        chosen = list(queryset)
        again = sum(retry_failed(mail) for mail in chosen)
        if again:
            messages.success(request, f"{again} surat masuk antrean lagi.")
        if again < len(chosen):
            messages.warning(
                request,
                f"{len(chosen) - again} surat tidak dapat dicoba lagi: masih menunggu, sudah "
                "terkirim, atau isinya sudah dikosongkan.",
            )

    @admin.display(description="perihal")
    def about(self, mail: Mail) -> str:
        return mail.about

    @admin.display(description="penerima")
    def to(self, mail: Mail) -> str:
        return mail.masked_recipient

    @admin.display(description="keadaan", ordering="state")
    def standing(self, mail: Mail) -> str:
        state = mail.get_state_display()
        if mail.next_try:
            return f"{state}; percobaan ke-{mail.attempts + 1}: {_moment(mail.next_try)}"
        if mail.failed_at:
            return f"{state} setelah {mail.attempts} percobaan, {_moment(mail.failed_at)}"
        return f"{state} {_moment(mail.sent_at or mail.cancelled_at)}"

    @admin.display(description="ditulis")
    def written(self, mail: Mail) -> str:
        return _moment(mail.created_at)

    @admin.display(description="Message-ID")
    def message_id(self, mail: Mail) -> str:
        return str(mail.headers.get("Message-ID", NOTHING))


@admin.register(Notification)
class NotificationAdmin(WatchOnly, admin.ModelAdmin):
    """Notifications whose mail could not be composed; others are nobody's but their reader's."""

    actions = ("compose_again",)
    list_display = ("told", "to", "told_at", "trouble")
    list_per_page = 50
    show_full_result_count = False
    ordering = ("-id",)
    fields = ("told", "to", "told_at", "trouble")

    def get_queryset(self, request: HttpRequest) -> Any:
        rows: Any = super().get_queryset(request)
        return rows.in_trouble().select_related("recipient")

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        title = {"title": "Pemberitahuan yang suratnya tidak tersusun"}
        return super().changelist_view(request, {**title, **(extra_context or {})})

    @admin.action(description="Susun suratnya lagi", permissions=["view"])
    def compose_again(self, request: HttpRequest, queryset: Any) -> None:
        again = try_again(queryset)
        messages.success(request, f"{again} pemberitahuan disusun lagi.")

    @admin.display(description="jenis")
    def told(self, row: Notification) -> str:
        kind = kind_named(row.kind)
        return kind.label if kind else row.kind

    @admin.display(description="penerima")
    def to(self, row: Notification) -> str:
        return mask_address(row.recipient.email)

    @admin.display(description="diberitahukan", ordering="created_at")
    def told_at(self, row: Notification) -> str:
        return _moment(row.created_at)


@admin.register(PausedAddress)
class PausedAddressAdmin(WatchOnly, admin.ModelAdmin):
    """Addresses that take no mail, in parts; taken into use again where that was a mistake."""

    actions = ("use_again",)
    list_display = ("shown", "why", "begun", "times", "last_error")
    list_per_page = 50
    show_full_result_count = False
    search_fields = ("=address",)
    search_help_text = "Alamat e-mail, ditulis lengkap."
    fields = ("shown", "why", "begun", "times", "last_error")

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        title = {"title": "Alamat yang dijeda"}
        return super().changelist_view(request, {**title, **(extra_context or {})})

    @admin.action(description="Pakai lagi alamat yang dipilih", permissions=["view"])
    def use_again(self, request: HttpRequest, queryset: Any) -> None:
        chosen = list(queryset.values_list("address", flat=True))
        again = sum(resume(address) for address in chosen)
        messages.success(request, f"{again} alamat dipakai lagi.")

    @admin.display(description="alamat")
    def shown(self, row: PausedAddress) -> str:
        return row.masked_address

    @admin.display(description="alasan", ordering="reason")
    def why(self, row: PausedAddress) -> str:
        return f"{'dipantulkan' if row.bounced else 'ditolak'} ({row.reason})"

    @admin.display(description="sejak", ordering="since")
    def begun(self, row: PausedAddress) -> str:
        return _moment(row.since)


class JobStateFilter(admin.SimpleListFilter):
    """By the library's states, in our words."""

    title = "keadaan"
    parameter_name = "keadaan"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:  # noqa: ARG002
        return list(JOB_STATES.items())

    def queryset(self, request: HttpRequest, queryset: Any) -> Any:  # noqa: ARG002
        return queryset.filter(status=self.value()) if self.value() in JOB_STATES else queryset


@admin.register(Job)
class JobAdmin(WatchOnly, admin.ModelAdmin):
    """What is queued and what has failed, to run again or discard; what succeeded is deleted."""

    actions = ("again", "throw_away")
    list_display = ("name", "state", "tries", "scheduled")
    list_filter = (JobStateFilter,)
    list_per_page = 50
    show_full_result_count = False
    ordering = ("-id",)
    fields = ("name", "state", "tries", "scheduled")

    def changelist_view(
        self, request: HttpRequest, extra_context: dict[str, Any] | None = None
    ) -> HttpResponse:
        if not self.may(request):
            return super().changelist_view(request, extra_context)
        now = timezone.now()
        pulse = pulse_of_jobs(now)
        waited = f" (terlama {_span(now - pulse.due_since)})" if pulse.due_since else ""
        title = (
            f"Pekerjaan latar: {format_number(pulse.waiting)} menunggu giliran{waited}, "
            f"{format_number(pulse.failed)} gagal"
        )
        return super().changelist_view(request, {"title": title, **(extra_context or {})})

    @admin.action(description="Jalankan lagi (yang gagal)", permissions=["view"])
    def again(self, request: HttpRequest, queryset: Any) -> None:
        chosen = list(queryset.values_list("pk", flat=True))
        begun = sum(map(run_again, chosen))
        if begun:
            messages.success(request, f"{begun} pekerjaan masuk antrean lagi.")
        if begun < len(chosen):
            messages.warning(
                request,
                f"{len(chosen) - begun} pekerjaan tidak dijalankan lagi: tidak gagal, atau yang "
                "sama sudah menunggu.",
            )

    @admin.action(description="Buang (yang gagal, dihentikan, dibatalkan)", permissions=["view"])
    def throw_away(self, request: HttpRequest, queryset: Any) -> None:
        chosen = list(queryset.values_list("pk", flat=True))
        gone = sum(map(discard, chosen))
        if gone:
            messages.success(request, f"{gone} pekerjaan dibuang.")
        if gone < len(chosen):
            messages.warning(
                request,
                f"{len(chosen) - gone} pekerjaan tidak dibuang: masih menunggu atau berjalan.",
            )

    @admin.display(description="pekerjaan", ordering="task_name")
    def name(self, job: Job) -> str:
        return str(job.task_name)

    @admin.display(description="keadaan", ordering="status")
    def state(self, job: Job) -> str:
        return JOB_STATES.get(str(job.status), str(job.status))

    @admin.display(description="percobaan", ordering="attempts")
    def tries(self, job: Job) -> int:
        return int(job.attempts)

    @admin.display(description="tidak sebelum", ordering="scheduled_at")
    def scheduled(self, job: Job) -> str:
        return _moment(job.scheduled_at)


def _standing() -> str:
    """`Surat keluar: 3 menunggu (terlama 4 menit), 1 gagal`."""
    now = Mail.objects.standing()
    waited = f" (terlama {_span(timezone.now() - now.oldest)})" if now.oldest else ""
    counts = f"{format_number(now.waiting)} menunggu{waited}, {format_number(now.failed)} {FAILED}"
    away = Outage.objects.first()
    trouble = f". Server surat tidak dapat dipakai sejak {_moment(away.since)}" if away else ""
    return f"Surat keluar: {counts}{trouble}"


def _span(length: dt.timedelta) -> str:
    minutes = int(length.total_seconds() // 60)
    if minutes < 1:
        return "kurang dari semenit"
    if minutes < 120:
        return f"{minutes} menit"
    return f"{minutes // 60} jam"


def _moment(moment: dt.datetime | None) -> str:
    return format_datetime(moment, timezone.get_current_timezone()) if moment else NOTHING
