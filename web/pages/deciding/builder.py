"""Contexts of the forms that decide: what can be chosen, and what would change."""

from collections import Counter
from collections.abc import Iterable
from typing import TYPE_CHECKING

from index.identity.decisions import Merge, Part
from index.model import ENTITY_KINDS, Entity
from search.answer.service import SearchService
from search.output.wording import count_in_words, kind_in_words
from web.addresses.urls import article_url, decide_url
from web.frame.done import sentence
from web.frame.rendering import frame
from web.pages.deciding.context import ChangeRow, DecidePage, MentionRow, Preview, SplitPart
from web.pages.deciding.parts import find_others, passages_of, side_of, tool_links
from web.pages.deciding.wanted import TITLES, Action, Asked, Fields, ids_of, part_value
from web.parts.pager import page_count
from web.parts.records import Link, Option, Row

if TYPE_CHECKING:
    from index.deciding import DecisionPreview

__all__ = ["decide_page"]

_ARTICLES = 10
_MOST_PAGES = 1_000
_MOST_CHANGES = 12
_LONGEST_QUERY = 200

_BUTTONS = {
    Action.RENAME: "Rename",
    Action.KIND: "Change the kind",
    Action.REJECT: "Remove from the names",
    Action.SAME: "Merge them",
    Action.APART: "Keep them apart",
    Action.SPLIT: "Split these off",
}

_FATES = (
    ("", "A different name, with its own entry"),
    *((kind.value, f"The same name, among the {kind.value}") for kind in ENTITY_KINDS),
    ("reject", "Not a name"),
)


def decide_page(
    action: Action,
    entity: Entity,
    asked: Asked,
    preview: "DecisionPreview | None",
    error: str,
    service: SearchService,
    fields: Fields,
) -> DecidePage:
    """Return the context of a form; `fields` are what the browser sent."""
    values = dict(asked.pairs)
    other = _other(entity, asked, service)
    heading = f"{TITLES[action].removesuffix(' …')}: {entity.name}"
    q = fields.get("q", "")[:_LONGEST_QUERY]
    found = find_others(q, entity.id, service.catalog) if action in (Action.SAME, Action.APART) and not other else ()
    articles, pages = _articles(entity, asked, service, fields) if action is Action.SPLIT else ((), ())
    shown = {row.value for part in articles for row in part.mentions}
    return DecidePage(
        frame=frame(heading),
        action=action.value,
        heading=heading,
        entity=side_of(entity, service),
        css=entity.kind.value,
        action_url=decide_url(entity.id, action.value),
        tools=tool_links(entity.id, action),
        value=values.get("name", entity.name) if action is Action.RENAME else q,
        options=_options(action, entity, values, service),
        forms=_forms(entity, asked) if action is Action.SPLIT else (),
        articles=articles,
        pages=pages,
        kept=tuple(("in", value) for name, value in asked.pairs if name == "in" and value not in shown),
        found=tuple(
            Row(
                one.name,
                f"{kind_in_words(one.kind)} · {count_in_words(one.documents, 'article')}",
                decide_url(entity.id, action.value, _choosing(action, entity, one)),
            )
            for one in found
        ),
        finding=q if q.strip() and not found else "",
        other=side_of(other, service) if other else None,
        preview=_preview(action, entity, other, asked, preview, service) if preview else None,
        error=error,
    )


def _other(entity: Entity, asked: Asked, service: SearchService) -> Entity | None:
    if asked.decision is None:
        return None
    others = [found for found in ids_of(asked.decision) if found != entity.id]
    return service.catalog.entities(others).get(others[0]) if others else None


def _choosing(action: Action, entity: Entity, other: Entity) -> list[tuple[str, str]]:
    """Return the fields that choose another entity; of two that are the same, the more frequent name stays."""
    keeps_this = action is Action.SAME and entity.documents > other.documents
    return [("other", other.id), *([("keep", "this")] if keeps_this else [])]


def _options(action: Action, entity: Entity, values: dict[str, str], service: SearchService) -> tuple[Option, ...]:
    if action is Action.KIND:
        chosen = values.get("kind", entity.kind.value)
        return tuple(Option(kind.value, kind.value.capitalize(), kind.value == chosen) for kind in ENTITY_KINDS)
    if action is not Action.SPLIT:
        return ()
    then = values.get("then", "")
    known = [Option(value, text, value == then) for value, text in _FATES if value != entity.kind.value]
    if then.startswith("="):
        found = service.catalog.entities([then[1:]]).get(then[1:])
        known.append(Option(then, f"The same as {found.name if found else then[1:]}", is_selected=True))
    return tuple(known)


def _forms(entity: Entity, asked: Asked) -> tuple[MentionRow, ...]:
    ticked = {value for name, value in asked.pairs if name == "form"}
    return tuple(
        MentionRow(alias.text, alias.text, f"{alias.mentions:,}", alias.text in ticked)
        for alias in entity.aliases
        if alias.mentions
    )


def _articles(
    entity: Entity, asked: Asked, service: SearchService, fields: Fields
) -> tuple[tuple[SplitPart, ...], tuple[Option, ...]]:
    """Return one page of the articles of an entity with its mentions, and buttons to the other pages."""
    count = page_count(service.catalog.count_articles_of(entity.id), _ARTICLES)
    text = fields.get("page", "1")
    page = min(int(text) if text.isascii() and text.isdecimal() and 0 < len(text) < 6 else 1, count, _MOST_PAGES)
    view = service.entity(entity.id, limit=_ARTICLES, offset=(page - 1) * _ARTICLES)
    links = service.catalog.links([hit.id for hit in view.articles])
    ticked = {value for name, value in asked.pairs if name == "in"}
    parts = tuple(
        SplitPart(
            title=hit.title,
            url=article_url(hit.id),
            passages=passages_of(hit, entity.id)[:1],
            mentions=_mention_rows(
                hit.id, (link.mention.text for link in links.get(hit.id, ()) if link.entity_id == entity.id), ticked
            ),
        )
        for hit in view.articles
    )
    others = [number for number in dict.fromkeys((1, page - 1, page + 1, count)) if 0 < number <= count]
    names = {page - 1: "‹ Previous", page + 1: "Next ›", 1: "First", count: "Last"}
    names = {**names, page - 1: "‹ Previous", page + 1: "Next ›"}
    buttons = tuple(Option(str(number), names[number]) for number in sorted(others) if number != page)
    return parts, buttons


def _mention_rows(article_id: str, texts: Iterable[str], ticked: set[str]) -> tuple[MentionRow, ...]:
    rows = []
    for text, count in Counter(" ".join(text.split()) for text in texts).items():
        value = part_value(Part(text, article_id))
        rows.append(MentionRow(value, text, f"{count:,}", value in ticked))
    return tuple(rows)


def _preview(
    action: Action,
    entity: Entity,
    other: Entity | None,
    asked: Asked,
    found: "DecisionPreview",
    service: SearchService,
) -> Preview:
    ids = ids_of(asked.decision) if asked.decision else ()
    versions = service.catalog.versions(ids)
    rows = [row for key in _order(found, ids) if (row := _change(found.before.get(key), found.after.get(key)))]
    return Preview(
        text=sentence(found.description),
        changes=tuple(rows[:_MOST_CHANGES]),
        more=max(len(rows) - _MOST_CHANGES, 0),
        fields=(
            ("action", action.value),
            ("entity", entity.id),
            *asked.pairs,
            *(("version", str(version)) for version in versions.values()),
        ),
        button=_BUTTONS[action],
        is_already_so=found.is_already_so,
        other_way=_other_way(entity, other, asked) if action is Action.SAME and other else None,
    )


def _other_way(entity: Entity, other: Entity, asked: Asked) -> Link:
    keeps_this = isinstance(asked.decision, Merge) and asked.decision.into == entity.id
    pairs = [("other", other.id)] if keeps_this else [("other", other.id), ("keep", "this")]
    kept = other if keeps_this else entity
    return Link(f"Keep the name “{kept.name}” instead", decide_url(entity.id, Action.SAME.value, pairs))


def _order(found: "DecisionPreview", first: Iterable[str]) -> list[str]:
    """Return the ids of the entities in a preview, those of the decision before the others."""
    return list(dict.fromkeys((*first, *sorted({*found.before, *found.after}))))


def _change(before: Entity | None, after: Entity | None) -> ChangeRow | None:
    """Return what changes of an entity; None for nothing that is shown."""
    now, then = _texts(before), _texts(after)
    if now == then:
        return None
    fate = "new" if before is None else "gone" if after is None else ""
    name, kind, articles, mentions = zip(now, then, strict=True)
    return ChangeRow(name, kind, articles, mentions, fate)


def _texts(entity: Entity | None) -> tuple[str, str, str, str]:
    if entity is None:
        return "", "", "", ""
    return entity.name, kind_in_words(entity.kind), f"{entity.documents:,}", f"{entity.mentions:,}"
