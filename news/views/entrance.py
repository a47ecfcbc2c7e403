"""What every page of the editors begins with: somebody who may write for the news board."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase

from news import rules

if TYPE_CHECKING:
    from accounts.models import User

_P = ParamSpec("_P")
_Response = TypeVar("_Response", bound=HttpResponseBase)


def editors_only(
    view: Callable[Concatenate[HttpRequest, _P], _Response],
) -> Callable[Concatenate[HttpRequest, _P], _Response]:
    """403 for those who are logged in and no editors."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: _P.args, **kwargs: _P.kwargs) -> _Response:
        if request.user.is_authenticated and not rules.can_edit(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return cast("Callable[Concatenate[HttpRequest, _P], _Response]", guarded)


def person_of(request: HttpRequest) -> User:
    return cast("User", request.user)
