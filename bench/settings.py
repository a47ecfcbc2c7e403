"""The portal's settings for a measured server; BENCH says what of it is left out.

`warm` is the portal as it is; `cold` remembers no figures between requests; `reference-...` is bare
Django: no middleware, and pages of its own (bench/reference.py) on the same database.
"""

import os

from epk.settings import *  # noqa: F403
from epk.settings import CACHES as PORTAL_CACHES
from epk.settings import DATABASES as PORTAL_DATABASES
from epk.settings import STORAGES as PORTAL_STORAGES

# A benchmark is what the limits are there to refuse.
THROTTLE = False
# One connection for as long as the server runs, so that its processor time can be read.
DATABASES = {"default": PORTAL_DATABASES["default"] | {"CONN_MAX_AGE": None}}
KIND = os.environ["BENCH"]
FORGETFUL = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}

# The files themselves are not measured, so that nothing has to be collected beforehand.
STORAGES = PORTAL_STORAGES | {
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"}
}
if KIND.endswith("cold"):
    CACHES = PORTAL_CACHES | {"figures": FORGETFUL}
if KIND.startswith("reference"):
    # The login library does not start without its own, which sets one attribute and does no more.
    vars().update(
        MIDDLEWARE=["allauth.account.middleware.AccountMiddleware"], ROOT_URLCONF="bench.reference"
    )
