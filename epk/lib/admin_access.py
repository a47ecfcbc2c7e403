"""Tables of the admin whose every permission comes from rules, not from permission rows."""

from typing import Any

from django.http import HttpRequest


class OneRule:
    """Mix in before ModelAdmin (or an inline) and write `may`; `may_row` where rows differ."""

    def may(self, request: HttpRequest) -> bool:  # noqa: ARG002
        """Whether this person may see, add, change and delete rows here."""
        raise TypeError(f"{type(self).__name__} has no rule")

    def may_row(self, request: HttpRequest, row: Any) -> bool:  # noqa: ARG002
        """Whether that holds for this row; an inline is asked about the record it belongs to."""
        return True

    def _may_any_or(self, request: HttpRequest, row: Any) -> bool:
        return self.may(request) and (row is None or self.may_row(request, row))

    def has_module_permission(self, request: HttpRequest) -> bool:
        return self.may(request)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may_any_or(request, obj)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        return self.may(request)

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may_any_or(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return self._may_any_or(request, obj)


class ReadOnly:
    """Mix in before OneRule: a table to read, written by the portal itself."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:  # noqa: ARG002
        return False
