"""Edits at the same moment: a version by which they are noticed, and a lock that orders them."""

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


def one_writer_an_officer() -> pgtrigger.Trigger:
    """Let those who write dated records of one officer do it one after the other, by any path.

    Two inserts at once would else wait for each other at the exclusion constraint until
    PostgreSQL ends one as a deadlock, and periods would be reckoned without the other's row. The
    lock lets foreign keys refer to the officer meanwhile.
    """
    return pgtrigger.Trigger(
        name="a_lock_on_the_officer",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update | pgtrigger.Delete,
        func="""
            PERFORM FROM registry_officer WHERE id IN (NEW.officer_id, OLD.officer_id)
            ORDER BY id FOR NO KEY UPDATE;
            IF TG_OP = 'DELETE' THEN
                RETURN OLD;
            END IF;
            RETURN NEW;
        """,
    )
