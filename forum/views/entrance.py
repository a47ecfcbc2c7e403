"""What every page of the forum begins with: somebody who has a seat in it."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar, cast

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404

from forum import rules
from forum.models import Post, Topic

if TYPE_CHECKING:
    from accounts.models import User

_P = ParamSpec("_P")
_Response = TypeVar("_Response", bound=HttpResponseBase)


def members_only(
    view: Callable[Concatenate[HttpRequest, _P], _Response],
) -> Callable[Concatenate[HttpRequest, _P], _Response]:
    """403 for those who are logged in and have no seat in the forum."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: _P.args, **kwargs: _P.kwargs) -> _Response:
        if request.user.is_authenticated and not rules.can_enter_forum(request.user):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    return cast("Callable[Concatenate[HttpRequest, _P], _Response]", guarded)


def person_of(request: HttpRequest) -> User:
    return cast("User", request.user)


def topic_of(request: HttpRequest, topic_id: int) -> Topic:
    """The topic, if this person may know of it."""
    return get_object_or_404(Topic.objects.visible_to(request.user).for_page(), pk=topic_id)


def post_of(request: HttpRequest, post_id: int) -> Post:
    """The post with its topic, if this person may know of that."""
    rows = Post.objects.visible_to(request.user).select_related("topic__category", "moved_to")
    return get_object_or_404(rows, pk=post_id)
