"""Single sign-on with the ministry's account: who of ours is the person the provider names."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.shortcuts import render

from accounts.models import User

if TYPE_CHECKING:
    from allauth.socialaccount.models import SocialLogin
    from django.http import HttpRequest

PROVIDER_ID: Final = "kementerian"


def provider_name() -> str:
    """What the button on the login page says; "" where single sign-on is not set up."""
    apps = settings.SOCIALACCOUNT_PROVIDERS.get("openid_connect", {}).get("APPS", [])
    return str(apps[0]["name"]) if apps else ""


class SocialAdapter(DefaultSocialAccountAdapter):
    """An account is matched, never made: by verified e-mail, or by the NIP the provider vouches for."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:  # noqa: ARG002
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        if sociallogin.is_existing:
            self._check(request, sociallogin.user)
            return
        user = matching_account(sociallogin.account.extra_data)
        self._check(request, user)
        sociallogin.connect(request, user)

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,  # noqa: ARG002
        error: Any = None,  # noqa: ARG002
        exception: Any = None,  # noqa: ARG002
        extra_context: Any = None,  # noqa: ARG002
    ) -> None:
        raise ImmediateHttpResponse(render(request, "accounts/sso_failed.html", status=502))

    def _check(self, request: HttpRequest, user: User | None) -> None:
        """The same page whether there is no account or it may not enter."""
        demo = user is not None and user.email.endswith("@demo.example") and not settings.DEMO
        if user is None or not user.is_active or demo:
            page = render(
                request, "accounts/sso_unknown.html", {"name": provider_name()}, status=403
            )
            raise ImmediateHttpResponse(page)


def matching_account(data: dict[str, Any]) -> User | None:
    """The account of the claims: NIP first, then e-mail if the provider has verified it.

    Two claims that name two accounts match none: that is a mistake somebody has to look at.
    """
    claims = data.get("userinfo") or data.get("id_token") or data
    nip = claims.get(settings.SSO_NIP_CLAIM)
    by_nip = User.objects.named(nip) if isinstance(nip, str) and "@" not in nip else None
    verified = claims.get("email_verified") is True
    email = claims.get("email") if verified else None
    by_email = User.objects.named(email) if isinstance(email, str) and "@" in email else None
    if by_nip and by_email and by_nip != by_email:
        return None
    return by_nip or by_email
