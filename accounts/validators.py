"""What a password may not be, beyond Django's rules: too long, too common here, too personal."""

from __future__ import annotations

import re
from typing import Any, Final

from django.core.exceptions import ValidationError

LONGEST: Final = 256  # characters; hashing reads them all
SHORTEST_FACT: Final = 4

# Words that people here take when they must take something, alone or with digits around.
COMMON: Final = frozenset(
    [
        "admin",
        "administrator",
        "akusayangkamu",
        "alhamdulillah",
        "allahuakbar",
        "anakku",
        "assalamualaikum",
        "bandung",
        "bhinneka",
        "bintang",
        "bismillah",
        "bismillahirrahmanirrahim",
        "cinta",
        "cintaku",
        "demopengantarkerja",
        "dinas",
        "disnaker",
        "ditjen",
        "garuda",
        "garudaindonesia",
        "hanyaakuyangtahu",
        "indonesia",
        "indonesiamerdeka",
        "indonesiaraya",
        "jakarta",
        "jangandibuka",
        "kantor",
        "katasandi",
        "katasandiku",
        "keluarga",
        "keluargaku",
        "kemnaker",
        "kementerian",
        "ketenagakerjaan",
        "kuncirahasia",
        "masukdulu",
        "merahputih",
        "merdeka",
        "namasaya",
        "nusantara",
        "pancasila",
        "passw",
        "password",
        "passwordku",
        "pengantarkerja",
        "petugas",
        "qwerty",
        "qwertyuiop",
        "rahasia",
        "rahasiaku",
        "rahasianegara",
        "sandi",
        "sandiku",
        "sayang",
        "sayangku",
        "selamatpagi",
        "selamatdatang",
        "semangat",
        "sukses",
        "suksesselalu",
        "surabaya",
        "terimakasih",
        "tenagakerja",
        "tidakadasandi",
    ]
)
LOOKALIKES: Final = str.maketrans("013457@$!", "oieastasi")


class MaximumLengthValidator:
    """A limit far above any sentence, so that nobody makes the server hash a book."""

    def validate(self, password: str, user: Any = None) -> None:  # noqa: ARG002
        if len(password) > LONGEST:
            raise ValidationError(
                f"Kata sandi paling panjang {LONGEST} karakter.", code="password_too_long"
            )

    def get_help_text(self) -> str:
        return f"Paling panjang {LONGEST} karakter."


class CommonHereValidator:
    """Common words of this country and trade, also with digits around them, and mere patterns."""

    def validate(self, password: str, user: Any = None) -> None:  # noqa: ARG002
        plain = password.lower()
        letters = re.sub(r"[^a-z]", "", plain)
        core = re.sub(r"^[^a-z]+|[^a-z]+$", "", plain)
        replaced = re.sub(r"[^a-z]", "", core.translate(LOOKALIKES))
        if {letters, replaced} & COMMON or _is_pattern(plain):
            raise ValidationError(
                "Kata sandi ini terlalu umum; pakai beberapa kata yang tidak biasa bersama.",
                code="password_too_common",
            )

    def get_help_text(self) -> str:
        return "Bukan kata yang umum, juga bila ditambah angka."


class PersonalFactsValidator:
    """Nothing that others know: name, address, NIP, date of birth."""

    def validate(self, password: str, user: Any = None) -> None:
        if user is None:
            return
        squeezed = re.sub(r"[^a-z0-9]", "", password.lower())
        rest = squeezed
        for fact in sorted(_facts(user), key=len, reverse=True):
            rest = rest.replace(fact, "")
        if len(rest) < len(squeezed) and len(rest) < 8:
            raise ValidationError(
                "Kata sandi ini tersusun dari nama, alamat e-mail, NIP, atau tanggal lahir Anda.",
                code="password_too_personal",
            )

    def get_help_text(self) -> str:
        return "Bukan dari nama, alamat e-mail, NIP, atau tanggal lahir Anda."


def _facts(user: Any) -> set[str]:
    facts = set(re.findall(r"[a-z0-9]+", f"{user.name} {user.email}".lower()))
    nip = user.nip or ""
    if nip:
        year, month, day = nip[:4], nip[4:6], nip[6:8]
        facts |= {nip, nip[8:14], nip[:8], f"{day}{month}{year}", f"{day}{month}{year[2:]}", year}
    return {fact for fact in facts if len(fact) >= SHORTEST_FACT}


def _is_pattern(plain: str) -> bool:
    """One short piece over and over, or a run along the alphabet, the digits or the keyboard."""
    runs = "abcdefghijklmnopqrstuvwxyz 01234567890123456789 qwertyuiopasdfghjklzxcvbnm"
    if any(plain in row or plain[::-1] in row for row in runs.split()):
        return True
    return re.fullmatch(r"(.{1,4}?)\1{2,}.{0,3}", plain, re.DOTALL) is not None
