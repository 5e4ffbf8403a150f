from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Annotated, get_args, get_origin, get_type_hints

import pytest

from web import contexts, parts
from web.contexts import TEMPLATES

_FOLDER = Path(contexts.__file__).parent / "templates"
_RECORDS = [*TEMPLATES, *(getattr(parts, name) for name in parts.__all__)]


def test_each_template_has_one_context() -> None:
    pages = sorted(path.name for path in _FOLDER.glob("[!_]*.html"))
    assert sorted(TEMPLATES.values()) == [name for name in pages if name != "base.html"]


@pytest.mark.parametrize("record", _RECORDS, ids=lambda record: record.__name__)
def test_contexts_are_frozen_and_every_field_has_help(record: type) -> None:
    hints = get_type_hints(record, include_extras=True)
    assert is_dataclass(record)
    assert record.__dataclass_params__.frozen
    undocumented = [field.name for field in fields(record) if get_origin(hints[field.name]) is not Annotated]
    assert undocumented == []
    assert all(isinstance(get_args(hints[field.name])[1], str) for field in fields(record))


@pytest.mark.parametrize("record", TEMPLATES, ids=lambda record: record.__name__)
def test_templates_use_every_field_of_their_context(record: type) -> None:
    text = (_FOLDER / TEMPLATES[record]).read_text(encoding="utf-8") + (_FOLDER / "base.html").read_text("utf-8")
    unused = [field.name for field in fields(record) if f"page.{field.name}" not in text]
    assert unused == []
