"""What `manage.py serve` does, step by step; the command itself only puts it in order."""


class CannotServeError(Exception):
    """Why the portal cannot start or go on, in one sentence for whoever typed `make run`."""
