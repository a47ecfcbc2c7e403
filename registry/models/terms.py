"""The official terms that several tables share: jenjang and golongan."""

from django.db import models


class Jenjang(models.TextChoices):
    """Levels of the office, category Keahlian (PermenPANRB 1/2022), lowest first."""

    AHLI_PERTAMA = "ahli_pertama", "Ahli Pertama"
    AHLI_MUDA = "ahli_muda", "Ahli Muda"
    AHLI_MADYA = "ahli_madya", "Ahli Madya"
    AHLI_UTAMA = "ahli_utama", "Ahli Utama"


class Golongan(models.TextChoices):
    """Ranks of civil servants (PP 99/2000), lowest first; II/d only from older records."""

    II_D = "II/d", "Pengatur Tk. I (II/d)"
    III_A = "III/a", "Penata Muda (III/a)"
    III_B = "III/b", "Penata Muda Tk. I (III/b)"
    III_C = "III/c", "Penata (III/c)"
    III_D = "III/d", "Penata Tk. I (III/d)"
    IV_A = "IV/a", "Pembina (IV/a)"
    IV_B = "IV/b", "Pembina Tk. I (IV/b)"
    IV_C = "IV/c", "Pembina Utama Muda (IV/c)"
    IV_D = "IV/d", "Pembina Utama Madya (IV/d)"
    IV_E = "IV/e", "Pembina Utama (IV/e)"


USUAL_GOLONGAN: dict[str, tuple[str, ...]] = {
    Jenjang.AHLI_PERTAMA: (Golongan.III_A, Golongan.III_B),
    Jenjang.AHLI_MUDA: (Golongan.III_C, Golongan.III_D),
    Jenjang.AHLI_MADYA: (Golongan.IV_A, Golongan.IV_B, Golongan.IV_C),
    Jenjang.AHLI_UTAMA: (Golongan.IV_D, Golongan.IV_E),
}
"""The golongan of each jenjang by PermenPANRB 1/2023. Others are legal: warn, never refuse."""

RETIREMENT_AGE: dict[str, int] = {
    Jenjang.AHLI_PERTAMA: 58,
    Jenjang.AHLI_MUDA: 58,
    Jenjang.AHLI_MADYA: 60,
    Jenjang.AHLI_UTAMA: 65,
}
"""Years of age at which an officer of each jenjang retires (BUP; PP 11/2017, article 239)."""
