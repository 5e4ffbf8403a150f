"""Markdown as plain text: the words of a document without its signs."""

import re
from collections.abc import Sequence
from functools import lru_cache

from markdown_it import MarkdownIt
from markdown_it.token import Token

from index.readers.formats.markup_text import markup_to_text

__all__ = ["first_heading", "markdown_to_text"]

_DEEPEST = 20
# The parser looks for the end of each link; many that have none are no links, and would take it long.
_MOST_OPEN_BRACKETS = 100
# What programs that make pages from Markdown replace: shortcodes, variables, attributes, marks of footnotes.
_PAGE_PROGRAMS = re.compile(
    r"\{\{[<%]?(?:(?!\}\}|\{\{).){0,500}\}\}|\{%(?:(?!%\}|\{%).){0,500}%\}|\{:[^{}\n]{0,200}\}", re.DOTALL
)
_FOOTNOTE = re.compile(r"\[\^[^\]\s]{1,80}\](?!:)")
_FOOTNOTE_TEXT = re.compile(r"^[ ]{0,3}\[\^[^\]\s]{1,80}\]:[ \t]*", re.MULTILINE)
_WIKI_LINK = re.compile(r"\[\[(?:[^\[\]|\n]{1,200}\|)?([^\[\]|\n]{1,200})\]\]")
_ENDS_OF_BLOCKS = frozenset(("bullet_list_close", "ordered_list_close", "table_close"))
_COMMENT = re.compile(r"<!--(?:(?!-->).)*(?:-->|\Z)", re.DOTALL)
_TASK = re.compile(r"^\[[ xX]\] +")
# Signs of emphasis that the rules of Markdown leave where a quotation mark or a character of Chinese is beside them.
_LEFT_EMPHASIS = re.compile(r"\*\*(?=\S)([^*\n]+?)(?<=\S)\*\*")


def markdown_to_text(markdown: str) -> str:
    r"""Return `markdown` as plain text: paragraphs, headings, items and rows of tables; lists stay lists.

    >>> markdown_to_text("## A *new* [deal](http://example.org)\n\n- **one\n  two**\n")
    'A new deal\n\n- one\ntwo\n'
    """
    blocks = _blocks(_parser().parse(_prepare(markdown)))
    text = "".join(text + separator for text, separator in blocks).rstrip("\n")
    return text + "\n" if text and markdown.endswith("\n") else text


def first_heading(markdown: str) -> str | None:
    """Return the text of a first-level heading that a document begins with, on one line; None without one."""
    # The heading alone is parsed, not the document once more.
    start = "\n".join(markdown.lstrip().split("\n", 8)[:8])
    tokens = _parser().parse(_prepare(start))
    if len(tokens) < 2 or (tokens[0].type, tokens[0].tag) != ("heading_open", "h1"):
        return None
    return " ".join(_inline_text(tokens[1].children or ()).split()) or None


@lru_cache(maxsize=1)
def _parser() -> MarkdownIt:
    return MarkdownIt("commonmark", {"maxNesting": _DEEPEST}).enable(["table", "strikethrough"])


def _prepare(markdown: str) -> str:
    text = _FOOTNOTE.sub("", _FOOTNOTE_TEXT.sub("", _PAGE_PROGRAMS.sub("", markdown)))
    text = _WIKI_LINK.sub(r"\1", text)
    if text.count("[") - text.count("]") <= _MOST_OPEN_BRACKETS:
        return text
    return "\n\n".join(
        block.replace("[", r"\[") if block.count("[") - block.count("]") > _MOST_OPEN_BRACKETS else block
        for block in text.split("\n\n")
    )


def _blocks(tokens: Sequence[Token]) -> list[tuple[str, str]]:
    """Return each block of text with the line ends that separate it from the next."""
    blocks: list[tuple[str, str]] = []
    mark = ""
    cells: list[str] = []
    is_row = is_tight = False
    for token in tokens:
        kind = token.type
        if kind == "list_item_open":
            mark = f"{token.info}{token.markup} " if token.info else "- "
        elif kind == "paragraph_open":
            # Paragraphs of lists without blank lines are hidden.
            is_tight = token.hidden
        elif kind in ("tr_open", "tr_close"):
            is_row = kind == "tr_open"
        elif kind in _ENDS_OF_BLOCKS and blocks and not token.level:
            blocks[-1] = (blocks[-1][0], "\n\n")
        if is_row and kind == "inline":
            cells.append(" ".join(_inline_text(token.children or ()).split()))
            continue
        text = ", ".join(filter(None, cells)) if kind == "tr_close" else _block_text(token)
        if kind == "tr_close":
            cells = []
        if text.strip():
            is_line = kind == "tr_close" or (kind == "inline" and is_tight)
            blocks.append((mark + text, "\n" if is_line else "\n\n"))
            mark, is_tight = "", False
    return blocks


def _block_text(token: Token) -> str:
    match token.type:
        case "inline":
            return _TASK.sub("", _inline_text(token.children or ()))
        case "fence" | "code_block":
            return token.content.rstrip("\n")
        case "html_block":
            return _html_text(token.content).strip("\n")
        case _:
            return ""


def _inline_text(tokens: Sequence[Token]) -> str:
    pieces: list[str] = []
    for token in tokens:
        match token.type:
            case "text" | "code_inline":
                pieces.append(token.content)
            case "softbreak" | "hardbreak":
                pieces.append("\n")
            case "image":
                pieces.append(_inline_text(token.children or ()))
            case "html_inline" if token.content.lower().startswith("<br"):
                pieces.append("\n")
            case _:
                pass
    return _LEFT_EMPHASIS.sub(r"\1", "".join(pieces))


def _html_text(html: str) -> str:
    text = _COMMENT.sub("", html)
    return markup_to_text(text) if "<" in text else text
