"""Examples for /gaya/surat/: every mail of every app with made-up values.

The `mail_samples` module of an app holds `SAMPLES`, which names each of its templates with the
context it is given or a function that makes one, and, where a mail is sent with a `thread` or
`unsubscribe`, `OPTIONS`, which names the template with these.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any, Final, Protocol, TypeAlias, cast

from django.apps import apps
from django.utils.module_loading import module_has_submodule

from epk.lib.mail import KeyedMessage, compose

MODULE: Final = "mail_samples"
TEMPLATE: Final = re.compile(r"(?P<app>\w+)/mail/(?P<name>\w+)\.txt")
TO: Final[dict[str, Any]] = {"to": "siti@contoh.example", "name": "Siti Wulandari"}
PHONE: Final = 360
"""The width of a narrow screen in pixels."""


Context: TypeAlias = dict[str, Any]


class SampleModule(Protocol):
    """A `mail_samples` module; `OPTIONS` may be left out."""

    SAMPLES: Mapping[str, Context | Callable[[], Context]]
    OPTIONS: Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True)
class Sample:
    """One template with what its app says to fill it with."""

    app: str
    name: str
    template: str
    module: SampleModule

    def message(self) -> KeyedMessage:
        """The mail as it would be handed to the outbox."""
        found = self.module.SAMPLES[self.template]
        options: dict[str, Any] = dict(getattr(self.module, "OPTIONS", {}).get(self.template, {}))
        context = found() if callable(found) else found
        required = not options.get("unsubscribe")
        return compose(self.template, context, required=required, **TO, **options)


@dataclass(frozen=True)
class Preview:
    """A sample as its page shows it: headers as pairs, both parts."""

    sample: Sample
    subject: str
    headers: list[tuple[str, str]]
    text: str
    html: str
    required: bool


def samples() -> list[Sample]:
    """All of them, by app and name. A key of SAMPLES that is no template of its app is an error."""
    found = []
    for config in apps.get_app_configs():
        if module_has_submodule(config.module, MODULE):
            module: Any = import_module(f"{config.name}.{MODULE}")
            found += [_sample(template, module) for template in module.SAMPLES]
    return sorted(found, key=lambda sample: sample.template)


def sample_named(app: str, name: str) -> Sample | None:
    return next((one for one in samples() if (one.app, one.name) == (app, name)), None)


def preview(sample: Sample) -> Preview:
    """What the outbox adds, Message-ID and Date, is not there yet."""
    message = sample.message()
    extra = cast("Mapping[str, str]", message.extra_headers)
    (html, _), *_ = message.alternatives
    return Preview(
        sample=sample,
        subject=str(message.subject),
        headers=[("From", message.from_email), ("To", message.to[0]), *extra.items()],
        text=str(message.body),
        html=str(html),
        required=message.required,
    )


def on_a_phone(html: str) -> str:
    """The HTML of a mail as wide as on a phone, whatever the window is."""
    frame = (
        f'<table role="presentation" width="{PHONE}" border="1" cellpadding="8" cellspacing="0">'
    )
    narrowed = html.replace("<body>", f"<body>{frame}<tr><td>", 1)
    return narrowed.replace("</body>", "</td></tr></table></body>", 1)


def _sample(template: str, module: SampleModule) -> Sample:
    found = TEMPLATE.fullmatch(template)
    if found is None:
        raise ValueError(f"no template of a mail: {template}")
    return Sample(found["app"], found["name"], template, module)
