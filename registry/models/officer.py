"""Officers, the register numbers they are known by, and their fields of expertise."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pgtrigger
from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import (
    Cast,
    Concat,
    ExtractDay,
    ExtractMonth,
    ExtractYear,
    Left,
    LPad,
)
from django.db.models.lookups import Exact

from epk.lib import history
from epk.lib.files import new_name
from epk.lib.text import titled_name
from registry.models.versioned import bump_version
from registry.queries import OfficerQuerySet
from registry.queries.functions import NameKey, SortKey

if TYPE_CHECKING:
    from registry.models.posting import Posting
    from registry.models.records import JenjangRecord, PangkatRecord, StatusRecord


def _photo_name(_officer: Officer, filename: str) -> str:
    return new_name("foto", filename.rpartition(".")[2])


def _birth_date_digits() -> LPad:
    """YYYYMMDD of `birth_date`, by functions that PostgreSQL allows in a constraint."""
    number = ExtractYear("birth_date") * 10_000 + ExtractMonth("birth_date") * 100
    return LPad(Cast(number + ExtractDay("birth_date"), models.TextField()), 8, Value("0"))


@history.track()
class RegisterCounter(models.Model):
    """The last register number given out: one row, locked while an officer is entered."""

    last_number = models.PositiveIntegerField("nomor terakhir")

    class Meta:
        verbose_name = "pencacah nomor register"
        verbose_name_plural = "pencacah nomor register"
        constraints = [
            models.CheckConstraint(condition=Q(id=1), name="register_counter_is_one_row")
        ]

    def __str__(self) -> str:
        return str(self.last_number)


@history.track()
class Expertise(models.Model):
    """A field an officer can be asked about: data of the Ditjen, not code."""

    code = models.SlugField("kode", max_length=40, unique=True)
    name = models.CharField("nama", max_length=60, unique=True)

    class Meta:
        verbose_name = "keahlian"
        verbose_name_plural = "keahlian"
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


@history.track(exclude=["register_number", "sort_key", "name_key"])
class Officer(models.Model):
    """A Pengantar Kerja or Petugas Antar Kerja: who they are, apart from where they serve."""

    class MemberType(models.TextChoices):
        PENGANTAR_KERJA = "pengantar_kerja", "Pengantar Kerja"
        PETUGAS_PEMERINTAH = "petugas_pemerintah", "Petugas Antar Kerja pemerintah"
        PETUGAS_SWASTA = "petugas_swasta", "Petugas Antar Kerja swasta"

    class Employment(models.TextChoices):
        PNS = "pns", "PNS"
        PPPK = "pppk", "PPPK"
        NON_ASN = "non_asn", "Bukan ASN"

    class Sex(models.TextChoices):
        MALE = "L", "Laki-laki"
        FEMALE = "P", "Perempuan"

    number = models.PositiveIntegerField("nomor urut", unique=True, db_default=0, editable=False)
    register_number = models.GeneratedField(
        expression=Concat(Value("PK-"), LPad(Cast("number", models.TextField()), 6, Value("0"))),
        output_field=models.TextField(),
        db_persist=True,
        verbose_name="nomor register",
    )
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="officer",
        verbose_name="akun",
    )
    member_type = models.CharField(
        "keanggotaan", max_length=20, choices=MemberType, default=MemberType.PENGANTAR_KERJA
    )
    employment = models.CharField(
        "kepegawaian", max_length=8, choices=Employment, default=Employment.PNS
    )
    nip = models.CharField("NIP", max_length=18, unique=True, null=True, blank=True)
    name = models.CharField("nama tanpa gelar", max_length=150)
    front_title = models.CharField("gelar depan", max_length=60, blank=True)
    back_title = models.CharField("gelar belakang", max_length=60, blank=True)
    sex = models.CharField("jenis kelamin", max_length=1, choices=Sex)
    birth_place = models.CharField("tempat lahir", max_length=80, blank=True)
    birth_date = models.DateField("tanggal lahir", null=True, blank=True)
    photo = models.ImageField("foto", upload_to=_photo_name, max_length=120, blank=True)
    photo_public = models.BooleanField("foto boleh dilihat publik", default=False)
    office_email = models.EmailField("e-mail dinas", blank=True)
    office_phone = models.CharField("telepon dinas", max_length=40, blank=True)
    contact_public = models.BooleanField("kontak dinas boleh dilihat publik", default=False)
    private_phone = models.CharField("telepon pribadi", max_length=40, blank=True)
    bio = models.TextField("tentang petugas", max_length=600, blank=True)
    ikaperjasi_member = models.BooleanField("anggota IKAPERJASI", default=False)
    expertise = models.ManyToManyField(
        Expertise,
        through="OfficerExpertise",
        blank=True,
        related_name="officers",
        verbose_name="keahlian",
    )
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="merged_from",
        verbose_name="digabung ke",
        help_text="Diisi bila orang ini ternyata tercatat dua kali.",
    )
    version = models.PositiveIntegerField("versi", db_default=1, editable=False)
    created_at = models.DateTimeField("dicatat", auto_now_add=True)
    sort_key = models.GeneratedField(
        expression=SortKey(F("name")), output_field=models.TextField(), db_persist=True
    )
    name_key = models.GeneratedField(
        expression=NameKey(F("name")), output_field=models.TextField(), db_persist=True
    )

    objects = OfficerQuerySet.as_manager()

    # Joined by the shapes of OfficerQuerySet and as_of(): what held on the date asked about.
    expertise_names: Sequence[str] = ()
    answering_province: str = ""
    """The province whose Dinas maintains this record today; "": the Ditjen alone, or not asked."""
    current_posting: Posting | None = None
    current_status: StatusRecord | None = None
    current_jenjang: JenjangRecord | None = None
    current_pangkat: PangkatRecord | None = None

    class Meta:
        verbose_name = "petugas"
        verbose_name_plural = "petugas"
        ordering = ["sort_key", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(nip__isnull=True)
                | Q(nip__regex=r"^[0-9]{14}[12]([0-9]{2}[1-9]|[0-9][1-9]0|[1-9]00)$"),
                name="officer_nip_well_formed",
                violation_error_message="NIP terdiri atas 18 angka; angka ke-15 adalah 1 atau 2, dan nomor urutnya 001 sampai 999.",
            ),
            models.CheckConstraint(
                condition=Q(nip__isnull=True)
                | ~Q(employment="pns")
                | Q(nip__regex=r"^[0-9]{12}(0[1-9]|1[0-2])"),
                name="officer_nip_names_a_month_of_appointment",
                violation_error_message="Angka ke-13 dan ke-14 NIP seorang PNS adalah bulan pengangkatan, 01 sampai 12.",
            ),
            models.CheckConstraint(
                condition=Q(nip__isnull=True) | ~Q(employment="non_asn"),
                name="officer_nip_only_for_civil_servants",
                violation_error_message="Yang bukan ASN tidak mempunyai NIP.",
            ),
            models.CheckConstraint(
                condition=Q(nip__isnull=True)
                | Q(birth_date__isnull=True)
                | Q(Exact(Left("nip", 8), _birth_date_digits())),
                name="officer_nip_agrees_with_birth_date",
                violation_error_message="Tanggal lahir dalam NIP tidak sama dengan tanggal lahir petugas.",
            ),
            models.CheckConstraint(
                condition=Q(nip__isnull=True)
                | Q(sex="L", nip__regex=r"^[0-9]{14}1")
                | Q(sex="P", nip__regex=r"^[0-9]{14}2"),
                name="officer_nip_agrees_with_sex",
                violation_error_message="Jenis kelamin dalam NIP tidak sama dengan jenis kelamin petugas.",
            ),
            models.CheckConstraint(
                condition=Q(merged_into__isnull=True) | ~Q(merged_into=F("id")),
                name="officer_not_merged_into_itself",
                violation_error_message="Petugas tidak dapat digabung ke dirinya sendiri.",
            ),
        ]
        indexes = [
            models.Index("sort_key", "id", name="officer_in_order_of_names"),
            models.Index("register_number", name="officer_register_number"),
            GinIndex(OpClass(F("name_key"), "gin_trgm_ops"), name="officer_name_key"),
        ]
        triggers = [
            pgtrigger.Trigger(
                name="assign_register_number",
                when=pgtrigger.Before,
                operation=pgtrigger.Insert,
                func="""
                    INSERT INTO registry_registercounter AS counter (id, last_number)
                    VALUES (1, 1)
                    ON CONFLICT (id) DO UPDATE SET last_number = counter.last_number + 1
                    RETURNING last_number INTO NEW.number;
                    RETURN NEW;
                """,
            ),
            pgtrigger.ReadOnly(name="register_number_never_changes", fields=["number"]),
            bump_version("register_number", "sort_key", "name_key"),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """The name with its titles: `Dr. Siti Wulandari, S.Psi.`."""
        return titled_name(self.front_title, self.name, self.back_title)


@history.track()
class OfficerExpertise(models.Model):
    """One field of expertise of one officer."""

    officer = models.ForeignKey(Officer, on_delete=models.CASCADE, verbose_name="petugas")
    expertise = models.ForeignKey(Expertise, on_delete=models.PROTECT, verbose_name="keahlian")

    class Meta:
        verbose_name = "keahlian petugas"
        verbose_name_plural = "keahlian petugas"
        constraints = [
            models.UniqueConstraint(
                fields=["officer", "expertise"],
                name="expertise_named_once_an_officer",
                violation_error_message="Keahlian ini sudah tercatat pada petugas yang sama.",
            )
        ]

    def __str__(self) -> str:
        return str(self.expertise)
