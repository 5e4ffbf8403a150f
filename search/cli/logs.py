"""Structured logs: one JSON object a line on standard error, for machines that collect them."""

import json
import logging
import sys
import time
from collections.abc import Mapping

__all__ = ["LOG_FORMATS", "JsonFormatter", "log_event", "use_json_logs"]

LOG_FORMATS = ("text", "json")

_FIELDS = "fields"


class JsonFormatter(logging.Formatter):
    """Formats a record as a line of JSON: time (ISO 8601, UTC), level, logger, message, and the fields of an event."""

    def format(self, record: logging.LogRecord) -> str:
        """Return the line; a traceback is the field "error"."""
        moment = time.strftime("%Y-%m-%dT%H:%M:%S", time.gmtime(record.created))
        line: dict[str, object] = {
            "time": f"{moment}.{int(record.msecs):03}Z",
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
            **getattr(record, _FIELDS, {}),
        }
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps(line, ensure_ascii=False, default=str)


def use_json_logs() -> None:
    """Write what is logged in this process as JSON to standard error, events and warnings alike."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(JsonFormatter())
    logging.basicConfig(handlers=[handler], level=logging.INFO, force=True)


def log_event(logger: logging.Logger, message: str, fields: Mapping[str, object]) -> None:
    """Log what happened, with its fields, which `JsonFormatter` writes beside the message."""
    logger.info(message, extra={_FIELDS: dict(fields)})
