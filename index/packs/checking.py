"""Check the content of a pack: errors in rows that would have no effect, and warnings about names that clash."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from anyascii import anyascii

from index.errors import PackError
from index.model import ENTITY_KINDS, Kind
from index.normalize.money import MoneyGrammar
from index.packs.description import DESCRIPTION, known_tables
from index.packs.reading import PackContent, PlacedEntry, PlacedRow, find_same_name
from index.packs.records import Problem, split_cell

__all__ = ["find_errors", "find_warnings"]

_MIN_LETTERS = 2


def find_errors(content: PackContent, others: Sequence[PackContent] = ()) -> list[Problem]:
    """Return the errors in the rows of a pack, in the order of files and lines.

    Errors are: the name of another pack, a context that neither the pack nor one of `others` describes, a plain table
    without any column that is read, and cells that should hold a name, a kind or a currency and do not.
    """
    contexts = {row.cells["context"] for pack in (content, *others) for row in pack.tables.get("contexts", ())
                if row.cells.get("context")}  # fmt: skip
    problems = find_same_name(content, others)
    problems += [
        Problem(placed.file, placed.line, f"there is no context {name!r} (contexts.tsv).")
        for placed in content.entries
        for name in split_cell(placed.entry.attributes.get("context", ""))
        if name not in contexts
    ]
    for name, columns in known_tables().items():
        problems.extend(_check_table(content, name, columns))
    return sorted(problems)


def _check_table(content: PackContent, name: str, columns: tuple[str, ...]) -> Iterator[Problem]:
    rows = content.tables.get(name, ())
    if rows and not set(columns) & set(rows[0].cells):
        message = f"table {name}: it has none of the columns that are read: {', '.join(columns)}."
        yield Problem(content.description.folder / DESCRIPTION, 0, message)
        return
    check = _ROW_CHECKS.get(name)
    for row in rows if check is not None else ():
        if check is not None and (message := check(row.cells)):
            yield Problem(row.file, row.line, message)


def _check_context(cells: Mapping[str, str]) -> str:
    if not cells.get("context", "").strip():
        return "the context has no name."
    wrong = [kind for kind in split_cell(cells.get("beside", "")) if kind not in ENTITY_KINDS]
    return f"beside: kind {wrong[0]!r} is not one of {', '.join(ENTITY_KINDS)}." if wrong else ""


def _check_label(cells: Mapping[str, str]) -> str:
    kind = cells.get("kind", "")
    return "" if kind in ENTITY_KINDS else f"kind {kind!r} is not one of {', '.join(ENTITY_KINDS)}."


def _check_money(**tables: Mapping[str, str]) -> str:
    try:
        MoneyGrammar.from_packs(lambda table: [tables[table]] if table in tables else [])
    except PackError as error:
        return f"{error}."
    return ""


_ROW_CHECKS: Mapping[str, Callable[[Mapping[str, str]], str]] = {
    "contexts": _check_context,
    "currencies": lambda cells: _check_money(currencies=cells),
    "currency_words": lambda cells: _check_money(currency_words=cells),
    "scales": lambda cells: _check_money(scales=cells),
    "amount_words": lambda cells: _check_money(amount_words=cells),
    "labels": _check_label,
}


def find_warnings(content: PackContent, others: Sequence[PackContent] = ()) -> list[Problem]:
    """Return the warnings about a pack, in the order of files and lines.

    Warnings are: a form of two entries, in the pack or in one of `others`, that nothing tells apart; an ambiguous form
    without a context; a form of one letter or without capital letters; a table that nothing reads.
    """
    problems = [
        Problem(content.description.folder / DESCRIPTION, 0, f"table {name}: nothing reads it.", is_error=False)
        for name in content.tables
        if name not in known_tables()
    ]
    for placed in content.entries:
        problems.extend(_warn_about(placed))
    problems.extend(_clashes(content, others))
    return sorted(problems)


def _warn_about(placed: PlacedEntry) -> Iterator[Problem]:
    attributes = placed.entry.attributes
    if attributes.get("ambiguous") and not attributes.get("context"):
        yield _warning(placed, "its ambiguous forms have no context, and so never count by themselves.")
    for form in _sure_forms(placed):
        if sum(map(str.isalnum, form)) < _MIN_LETTERS:
            yield _warning(placed, f"{form!r} is one letter, and matches wherever it stands. Make it ambiguous.")
        elif form.islower() and form.isascii():
            yield _warning(placed, f"{form!r} has no capital letter, and matches every such word.")


def _clashes(content: PackContent, others: Iterable[PackContent]) -> Iterator[Problem]:
    """Yield a warning, at the later entry, for each form that two entries share without a condition."""
    owners: dict[str, list[PlacedEntry]] = {}
    for pack in others:
        for placed in pack.entries:
            for form in _sure_forms(placed):
                owners.setdefault(_fold(form), []).append(placed)
    for placed in content.entries:
        for form in _sure_forms(placed):
            known = owners.setdefault(_fold(form), [])
            other = next((owner for owner in known if _is_clash(owner, placed)), None)
            if other is not None:
                where = f"{other.file.parent.name}/{other.file.name}:{other.line}"
                yield _warning(placed, f"{form!r} also means {other.entry.name} ({other.entry.kind}, {where}).")
            if placed not in known:
                known.append(placed)


def _is_clash(one: PlacedEntry, other: PlacedEntry) -> bool:
    """True for two entries that nothing tells apart; places with the same name are told apart by their countries."""
    if one.entry.reference == other.entry.reference:
        return False
    if one.entry.kind is Kind.PLACES and other.entry.kind is Kind.PLACES:
        return one.entry.attributes.get("country") == other.entry.attributes.get("country")
    return True


def _sure_forms(placed: PlacedEntry) -> tuple[str, ...]:
    entry = placed.entry
    ambiguous = frozenset(split_cell(entry.attributes.get("ambiguous", "")))
    return tuple(form for form in (entry.name, *entry.aliases) if form not in ambiguous)


def _fold(form: str) -> str:
    return anyascii(form).replace(".", "")


def _warning(placed: PlacedEntry | PlacedRow, message: str) -> Problem:
    return Problem(placed.file, placed.line, message, is_error=False)
