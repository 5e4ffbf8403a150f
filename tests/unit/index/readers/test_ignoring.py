import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.readers.ignoring import is_ignored, parse_rules


@pytest.mark.parametrize(
    ("rules", "path", "expected"),
    [
        ("*.tmp", "a.tmp", True),
        ("*.tmp", "deep/er/a.tmp", True),
        ("*.tmp", "a.tmp.txt", False),
        ("/a.txt", "a.txt", True),
        ("/a.txt", "b/a.txt", False),
        ("b/*.txt", "b/a.txt", True),
        ("b/*.txt", "b/c/a.txt", False),
        ("b/**/a.txt", "b/a.txt", True),
        ("b/**/a.txt", "b/c/d/a.txt", True),
        ("**/a.txt", "a.txt", True),
        ("b/**", "b/c/a.txt", True),
        ("b/**", "b", False),
        ("?.txt", "a.txt", True),
        ("?.txt", "ab.txt", False),
        ("[ab].txt", "b.txt", True),
        ("[!ab].txt", "b.txt", False),
        ("[!ab].txt", "c.txt", True),
        ("[a-c]x[0-9].txt", "bx7.txt", True),
        ("# a comment", "# a comment", False),
        (r"\#1.txt", "#1.txt", True),
        (r"\!1.txt", "!1.txt", True),
        ("a.txt   ", "a.txt", True),
        ("", "a.txt", False),
        ("/", "a.txt", False),
        ("*.txt\n!keep.txt", "keep.txt", False),
        ("*.txt\n!keep.txt\nkeep.*", "keep.txt", True),
        ("folder/", "folder", False),
        ("a+b(c).txt", "a+b(c).txt", True),
        ("[z-a].txt", "z.txt", False),
        ("[unclosed", "[unclosed", True),
    ],
)
def test_pattern_fits_as_in_git(rules: str, path: str, expected: bool) -> None:
    assert is_ignored(path, parse_rules(rules, folder=""), is_folder=False) is expected


def test_final_slash_means_folders() -> None:
    assert is_ignored("folder", parse_rules("folder/", folder=""), is_folder=True)


def test_rules_hold_below_their_own_folder_only() -> None:
    rules = parse_rules("/a.txt", folder="inner/")
    assert is_ignored("inner/a.txt", rules, is_folder=False)
    assert not is_ignored("a.txt", rules, is_folder=False)


@given(st.text(max_size=60), st.text(max_size=30))
def test_any_pattern_can_be_asked(pattern: str, path: str) -> None:
    assert is_ignored(path, parse_rules(pattern, folder=""), is_folder=True) in (True, False)
