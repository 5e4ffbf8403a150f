import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.readers.formats.markup_text import looks_like_markup, markup_to_text


@pytest.mark.parametrize(
    ("markup", "text"),
    [
        ("one<br>two", "one\n\ntwo"),
        ("<ul><li>one</li><li>two</li></ul>", "one\n\ntwo"),
        ("one <script>alert(1)</script>two", "one two"),
        ("<style>p {}</style><p>one</p>", "one"),
        ("a &lt;b&gt; &amp; c", "a <b> & c"),
        ("<!-- only a comment -->", ""),
        ("<p>one\n  line</p>", "one line"),
    ],
)
def test_what_is_shown_is_kept(markup: str, text: str) -> None:
    assert markup_to_text(markup) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("<p>one</p>", True),
        ("one<br/>two", True),
        ("2 < 3 and 4 > 3", False),
        ("Standard Oil <SRD>", False),
        ("", False),
    ],
)
def test_markup_is_told_from_angle_brackets(text: str, expected: bool) -> None:
    assert looks_like_markup(text) is expected


@given(st.text(st.sampled_from("<>/pb a&;\x00\n!-="), max_size=60))
def test_any_markup_gives_text(markup: str) -> None:
    assert markup_to_text(markup) == markup_to_text(markup).strip()
