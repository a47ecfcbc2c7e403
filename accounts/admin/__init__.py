"""Accounts and role grants in the admin, kept by the Ditjen."""

from accounts.admin import account, grant

__all__ = ["account", "grant"]
