"""What can be done: write mails and have them sent, tell people, read and choose."""

from notifications.actions.compose import compose_due
from notifications.actions.events import COMPOSE, record_event
from notifications.actions.inbox import (
    forget_inbox,
    mark_group_read,
    mark_group_unread,
    mark_read,
    open_group,
    sweep_inbox,
    try_again,
)
from notifications.actions.outbox import (
    DELIVER,
    PAUSED,
    drop_looks,
    empty_old_texts,
    ensure_look,
    forget_person,
    message_of,
    retry_failed,
    write_mail,
)
from notifications.actions.preferences import (
    all_choices_of,
    choose,
    choose_hours,
    end_mails,
    mail_hours_of,
    owner_of,
    save_preferences,
    zone_of,
)

__all__ = [
    "COMPOSE",
    "DELIVER",
    "PAUSED",
    "all_choices_of",
    "choose",
    "choose_hours",
    "compose_due",
    "drop_looks",
    "empty_old_texts",
    "end_mails",
    "ensure_look",
    "forget_inbox",
    "forget_person",
    "mail_hours_of",
    "mark_group_read",
    "mark_group_unread",
    "mark_read",
    "message_of",
    "open_group",
    "owner_of",
    "record_event",
    "retry_failed",
    "save_preferences",
    "sweep_inbox",
    "try_again",
    "write_mail",
    "zone_of",
]
