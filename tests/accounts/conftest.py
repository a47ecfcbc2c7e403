"""What only the tests of accounts ask for: a provider of single sign-on."""

from tests.accounts.provider import provider, provider_process  # noqa: F401
