"""Words and numbers made ready for the page: initials, grouped figures, greetings."""

import re
import unicodedata
from decimal import Decimal

AVATAR_COLOURS = 6
"""How many avatar colours `static/css/components/avatar.css` defines."""

FRONT_TITLES = frozenset(
    {
        "apt",
        "dr",
        "dra",
        "drg",
        "drh",
        "drs",
        "drt",
        "h",
        "hj",
        "ir",
        "k",
        "kh",
        "ny",
        "prof",
        "r",
        "ra",
        "rm",
        "sdr",
        "tn",
    }
)
BACK_TITLE = re.compile(r"^\w{1,4}\.(\w+\.?)*$")


def one_line(text: str) -> str:
    """Blanks for line breaks and other blanks, nothing for what cannot be seen: fit for a header."""
    words = "".join(sign if sign.isprintable() or sign.isspace() else "" for sign in text)
    return " ".join(words.split())


def initials(name: str) -> str:
    """Two capitals for an avatar: first and last word, titles left out; a mononym gives its first two.

    >>> initials("Dr. Ni Luh Ayu Kartika, S.E., M.M.")
    'NK'
    """
    words = unicodedata.normalize("NFC", name).split(",", maxsplit=1)[0].split()
    core = _without_titles(words) or words
    letters = [found for word in core if (found := _letters(word))]
    if not letters:
        return "?"
    if len(letters) == 1:
        return letters[0][:2].upper()
    return (letters[0][0] + letters[-1][0]).upper()


def short_name(name: str) -> str:
    """The name as it fits a narrow place: `Siti Wulandari, S.Psi.` becomes `Siti W.`"""
    words = name.split(",", maxsplit=1)[0].split()
    core = _without_titles(words) or words
    first = next((place for place, word in enumerate(core) if not word.endswith(".")), 0)
    head, last = core[: first + 1], _letters(core[-1]) if core[first + 1 :] else ""
    return " ".join([*head, f"{last[0].upper()}."] if last else head)


def titled_name(front: str, name: str, back: str) -> str:
    """The name with its titles: `Dr. Siti Wulandari, S.Psi.`."""
    titled = f"{front} {name}" if front else name
    return f"{titled}, {back}" if back else titled


def core_name(text: str) -> str:
    """A typed name without its titles: `Dr. Siti Wulandari, S.Psi.` becomes `Siti Wulandari`.

    What looks like nothing but titles is left as it is.
    """
    words = text.split(",", maxsplit=1)[0].split() or text.replace(",", " ").split()
    return " ".join(_without_titles(words) or words)


def avatar_colour(number: int) -> int:
    """Which of the fixed avatar colours a record with this number wears, always the same one."""
    return number % AVATAR_COLOURS


def format_number(value: int | float | Decimal, decimals: int | None = None) -> str:
    """A figure as Indonesia writes it: 1.234.567 and 1.234,56; `decimals` rounds to that many."""
    exact = Decimal(str(value))
    places = "" if decimals is None else f".{decimals}"
    return f"{exact:,{places}f}".translate(str.maketrans(",.", ".,"))


def greeting(hour: int) -> str:
    """How one greets at this hour (0 to 23) of the reader's own clock."""
    if 4 <= hour < 11:
        return "Selamat pagi"
    if 11 <= hour < 15:
        return "Selamat siang"
    if 15 <= hour < 18:
        return "Selamat sore"
    return "Selamat malam"


def page_numbers(current: int, last: int) -> list[int | None]:
    """The page numbers worth a link: the ends and the neighbours of `current`; None is a gap."""
    wanted = {1, current - 1, current, current + 1, last}
    numbers: list[int | None] = []
    for number in sorted(n for n in wanted if 1 <= n <= last):
        previous = numbers[-1] if numbers else 0
        if previous is not None and number == previous + 2:
            numbers.append(number - 1)
        elif previous is not None and number > previous + 2:
            numbers.append(None)
        numbers.append(number)
    return numbers


def _without_titles(words: list[str]) -> list[str]:
    core = list(words)
    while len(core) > 1 and core[0].rstrip(".").casefold() in FRONT_TITLES:
        core.pop(0)
    while len(core) > 1 and BACK_TITLE.match(core[-1]):
        core.pop()
    return core


def _letters(word: str) -> str:
    return "".join(character for character in word if character.isalpha())
