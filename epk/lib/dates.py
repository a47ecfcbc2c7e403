"""Dates and times as Indonesia writes them; a time always says which zone it is in."""

from datetime import date, datetime, tzinfo

MONTHS = (
    "Januari",
    "Februari",
    "Maret",
    "April",
    "Mei",
    "Juni",
    "Juli",
    "Agustus",
    "September",
    "Oktober",
    "November",
    "Desember",
)
DAYS = ("Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu", "Minggu")


def format_date(value: date) -> str:
    """7 Mei 2018. A datetime is taken at its own clock, so convert it to the reader's zone first."""
    return f"{value.day} {MONTHS[value.month - 1]} {value.year}"


def format_day(value: date) -> str:
    """Senin, 7 Mei 2018."""
    return f"{DAYS[value.weekday()]}, {format_date(value)}"


def format_datetime(value: datetime, zone: tzinfo) -> str:
    """7 Mei 2018, 09.30 WIB: the moment on the clock of `zone`. A naive moment is refused."""
    if value.tzinfo is None:
        raise ValueError("a moment without a time zone cannot be shown")
    local = value.astimezone(zone)
    return f"{format_date(local)}, {local:%H.%M} {local.tzname()}"


def format_rest(seconds: int) -> str:
    """How long one still has to wait, rounded up: 45 detik, 5 menit, 2 jam."""
    if seconds < 60:
        return f"{max(seconds, 1)} detik"
    minutes = -(-seconds // 60)
    if minutes < 120:
        return f"{minutes} menit"
    return f"{-(-minutes // 60)} jam"
