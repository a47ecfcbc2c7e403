"""Cells of a CSV that a spreadsheet will open: text stays text, whatever it begins with."""

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def safe_cell(value: object) -> str:
    """The text, with an apostrophe in front where a spreadsheet would take it for a formula."""
    text = str(value)
    return f"'{text}" if text.startswith(FORMULA_STARTS) else text
