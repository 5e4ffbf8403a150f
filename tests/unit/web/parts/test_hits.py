import pytest

from search.request import SearchRequest
from search.results import Highlight, Hit, Role, Snippet
from web.parts.hits import hit_part

_TITLE = "Rain in Erl"


def _hit(*texts: str) -> Hit:
    snippets = tuple(Snippet(text, 100 * i, i, (Highlight(0, 4, Role.TERM),)) for i, text in enumerate(texts))
    return Hit(
        id="a", score=1.0, title=_TITLE, title_is_derived=False, title_highlights=(Highlight(0, 4, Role.TERM),),
        locator="a.txt", url=None, source=None, language=None, published=None, published_origin=None, word_count=9,
        snippets=snippets, people=(), organizations=(), places=(), systems=(), amounts=(), dates=(),
    )  # fmt: skip


@pytest.mark.parametrize(
    ("texts", "shown"),
    [
        (("Rain fell.", _TITLE), ["Rain fell."]),
        ((_TITLE, "Rain fell.", "More rain."), ["Rain fell.", "More rain."]),
        ((_TITLE,), [_TITLE]),
        (("Rain fell.",), ["Rain fell."]),
    ],
)
def test_a_hit_does_not_repeat_its_title_beside_other_sentences(texts: tuple[str, ...], shown: list[str]) -> None:
    part = hit_part(_hit(*texts), SearchRequest())
    assert [text.striptags() for text, _ in part.snippets] == shown
    assert [url.rpartition("#")[2] for _, url in part.snippets] == [f"s-{texts.index(text)}" for text in shown]
    assert part.title == "<mark>Rain</mark> in Erl"
