"""The entry point of the web server: `epk.wsgi:application`."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "epk.settings")
application = get_wsgi_application()
