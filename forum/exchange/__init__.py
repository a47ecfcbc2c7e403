"""The whole forum as a file of lines, and back: `export_forum` and `import_forum`."""

from forum.exchange.export import export_forum
from forum.exchange.lines import FaultError
from forum.exchange.load import ImportReport, import_forum
from forum.exchange.schema import json_schema

__all__ = ["FaultError", "ImportReport", "export_forum", "import_forum", "json_schema"]
