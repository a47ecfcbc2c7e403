"""Tables of the admin whose every permission comes from one rule, not from permission rows."""

from typing import Any

from django.http import HttpRequest


class OneRule:
    """Mix in before ModelAdmin (or an inline) and write `may`."""

    def may(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Whether this person may see, add, change and delete rows here."""
        raise TypeError(f"{type(self).__name__} has no rule")

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.may(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        return self.may(request)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        return self.may(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        return self.may(request)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        return self.may(request)


class ReadOnly:
    """Mix in before OneRule: a table to read, written by the portal itself."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        return False
