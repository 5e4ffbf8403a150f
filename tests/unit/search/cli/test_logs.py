"""Structured logs: one JSON object a line, tracebacks in a field."""

import json
import logging
import sys

import pytest

from search.cli.logs import JsonFormatter


def line_of(message: str, *, fields: dict[str, object] | None = None, is_error: bool = False) -> dict[str, object]:
    error = None
    if is_error:
        try:
            raise ValueError("it broke")
        except ValueError:
            error = sys.exc_info()
    record = logging.LogRecord("web", logging.WARNING, "web.py", 1, message, None, error)
    record.created, record.msecs = 1_700_000_000.25, 250.0
    if fields is not None:
        record.fields = fields
    text = JsonFormatter().format(record)
    assert "\n" not in text
    found: dict[str, object] = json.loads(text)
    return found


def test_a_line_says_when_and_what() -> None:
    expected = {"time": "2023-11-14T22:13:20.250Z", "level": "warning", "logger": "web", "message": "a\nb"}
    assert line_of("a\nb") == expected


def test_the_fields_of_an_event_stand_beside_its_message() -> None:
    assert line_of("request", fields={"status": 200, "route": "/"})["status"] == 200


def test_a_traceback_is_one_field() -> None:
    assert "ValueError: it broke" in str(line_of("failed", is_error=True)["error"])


@pytest.mark.parametrize("value", [object(), {1}, float("inf")])
def test_no_value_breaks_a_line(value: object) -> None:
    assert "value" in line_of("odd", fields={"value": value})
