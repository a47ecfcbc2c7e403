"""The portal's settings for servers that tests start: static files as they lie in the checkout."""

from epk.settings import *  # noqa: F403
from epk.settings import STORAGES as PORTAL_STORAGES

STORAGES = PORTAL_STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
WHITENOISE_USE_FINDERS = True
