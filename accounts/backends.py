"""How a person proves who they are: e-mail or NIP, and a password."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth.backends import ModelBackend

from accounts.models import User

if TYPE_CHECKING:
    from django.http import HttpRequest

DEMO_DOMAIN = "@demo.example"


class EmailOrNipBackend(ModelBackend):
    """Django's own backend, with a second name to log in by and no demo accounts in production."""

    def authenticate(
        self,
        request: HttpRequest | None,  # noqa: ARG002
        username: str | None = None,
        password: str | None = None,
        **kwargs: Any,
    ) -> User | None:
        name = (username or kwargs.get(User.USERNAME_FIELD) or "").strip()
        if password is None:
            return None
        user = User.objects.named(name)
        if user is None:
            User().set_password(password)  # the same work whether the account exists or not
            return None
        if user.check_password(password) and self.user_can_authenticate(user):
            return user
        return None

    def user_can_authenticate(self, user: Any) -> bool:
        if user.email.endswith(DEMO_DOMAIN) and not settings.DEMO:
            return False
        return super().user_can_authenticate(user)
