"""The version of a record, counted by the database, by which two edits at once are noticed."""

import pgtrigger


def bump_version(*generated: str) -> pgtrigger.Trigger:
    """Count every real change of a row, from any path, in its column `version`.

    `generated` names the table's generated columns, which a trigger cannot read before a write.
    A form carries the version it was loaded from; a save under an older version is a conflict.
    """
    return pgtrigger.Trigger(
        name="bump_version",
        when=pgtrigger.Before,
        operation=pgtrigger.Update,
        condition=pgtrigger.AnyChange(exclude=["version", *generated]),
        func="NEW.version = OLD.version + 1; RETURN NEW;",
    )
