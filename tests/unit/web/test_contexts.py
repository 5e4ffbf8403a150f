import pkgutil
import re
from dataclasses import fields, is_dataclass
from importlib import import_module
from pathlib import Path
from typing import Annotated, get_args, get_origin, get_type_hints

import pytest

import web
from web.parts import records

_FOLDER = Path(web.__path__[0]) / "templates"


def contexts() -> list[type]:
    """The classes of all modules of the page that name a template."""
    modules = [import_module(module.name) for module in pkgutil.walk_packages(web.__path__, "web.")]
    values = {value for module in modules for value in vars(module).values() if isinstance(value, type)}
    own = [value for value in values if is_dataclass(value) and hasattr(value, "template")]
    return sorted(own, key=lambda value: value.__name__)


_CONTEXTS = contexts()
_RECORDS = [*_CONTEXTS, *(getattr(records, name) for name in records.__all__)]


def test_each_template_has_one_context() -> None:
    pages = sorted(path.relative_to(_FOLDER).as_posix() for path in _FOLDER.rglob("[!_]*.html"))
    assert sorted(context.template for context in _CONTEXTS) == [name for name in pages if name != "base.html"]


@pytest.mark.parametrize("record", _RECORDS, ids=lambda record: record.__name__)
def test_contexts_are_frozen_and_every_field_has_help(record: type) -> None:
    hints = get_type_hints(record, include_extras=True)
    assert is_dataclass(record)
    assert record.__dataclass_params__.frozen
    undocumented = [field.name for field in fields(record) if get_origin(hints[field.name]) is not Annotated]
    assert undocumented == []
    assert all(isinstance(get_args(hints[field.name])[1], str) for field in fields(record))


@pytest.mark.parametrize("record", _CONTEXTS, ids=lambda record: record.__name__)
def test_templates_use_every_field_of_their_context(record: type) -> None:
    own = (_FOLDER / record.template).read_text(encoding="utf-8")
    parts = ["base.html", *re.findall(r'{% include "([^"]+)" %}', own)]
    text = own + "".join((_FOLDER / part).read_text("utf-8") for part in parts)
    unused = [field.name for field in fields(record) if f"page.{field.name}" not in text]
    assert unused == []
