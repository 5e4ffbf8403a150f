import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.extract.tokens import Casing, read_tokens, word_key


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Russia's", ["Russia", "'s"]),
        ("Russia’s S-400s", ["Russia", "’s", "S-400s"]),
        ("The U.S.' response", ["The", "U.S.", "'", "response"]),
        ("US-built", ["US", "-", "built"]),
        ("then-Defence", ["then", "-", "Defence"]),
        ("al-Assad", ["al-Assad"]),
        ("Jean-Pierre O'Brien", ["Jean-Pierre", "O'Brien"]),
        ("in 2019.The", ["in", "2019", ".", "The"]),
        ("America.The", ["America", ".", "The"]),
        ("S‑400 MQ-9B Su–57", ["S‑400", "MQ-9B", "Su–57"]),
        ("$3.4-billion", ["$", "3.4", "-", "billion"]),
        ("25.09.2021", ["25.09.2021"]),
        ("AT&T (AFP)", ["AT&T", "(", "AFP", ")"]),
        ("Erdog\u0306an", ["Erdog\u0306an"]),
        ("", []),
        (" \n ", []),
    ],
)
def test_words_split_where_news_text_needs_it(text: str, words: list[str]) -> None:
    assert read_tokens(text).words == words


@given(st.text(max_size=300))
def test_words_lie_in_the_text_in_order_and_nothing_but_blanks_between(text: str) -> None:
    tokens = read_tokens(text)
    assert [text[start:end] for start, end in zip(tokens.starts, tokens.ends, strict=True)] == tokens.words
    edges = [0, *(edge for pair in zip(tokens.starts, tokens.ends, strict=True) for edge in pair), len(text)]
    assert edges == sorted(edges)
    assert "".join(tokens.words) == "".join(text.split())


@given(st.text(max_size=300))
def test_all_lists_are_of_one_length(text: str) -> None:
    tokens = read_tokens(text)
    lists = (tokens.words, tokens.keys, tokens.starts, tokens.ends, tokens.capital)
    assert {len(each) for each in (*lists, tokens.paragraphs, tokens.sentences, tokens.casing)} == {len(tokens)}


@pytest.mark.parametrize(
    ("word", "key"),
    [
        ("Erdoğan", "Erdogan"),
        ("İsmail", "Ismail"),
        ("Akıncı", "Akinci"),
        ("U.S.", "US"),
        ("S‑400", "S-400"),
        ("“", '"'),
    ],
)
def test_keys_fold_accents_marks_and_dots(word: str, key: str) -> None:
    assert word_key(word) == key


@pytest.mark.parametrize(
    ("text", "sentences"),
    [
        ("It fell. Then it rose.", 2),
        ("It began in 2019.The remarks came.", 2),
        ("It refused America.The president spoke.", 2),
        ("Gen. Smith of St. Louis spoke.", 1),
        ("J. R. Smith spoke.", 1),
        ("He said: “It fell.” Then it rose.", 2),
        ("It cost 2.5 dollars. He paid.", 2),
        ("A headline\n\nA story", 2),
    ],
)
def test_sentences_end_where_readers_see_it(text: str, sentences: int) -> None:
    tokens = read_tokens(text, abbreviations=frozenset({"Gen", "St"}))
    assert tokens.sentences[-1] + 1 == sentences


def test_line_breaks_in_wrapped_text_are_blanks() -> None:
    tokens = read_tokens(
        "The rain came to the\nharbour and then it\nwent on to the north\nof the land of New\nYork and on."
    )
    assert set(tokens.paragraphs) == {0}


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        ("The rain came to the harbour and then Ayla\nBrunt, the mayor, went on to the north of it all\nand slept.", 1),
        ("The rain came to the harbour and then Ayla\nwent on to the north.\n\nA second one came.", 2),
        # Short lines, and lines that begin with capitals
        ("The rain came to\nharbour towns", 2),
        ("The rain came to the harbour and to the town\nAyla Brunt was there with all the others\nand slept.", 1),
        ("The rain came to the harbour and to the town\nAyla Brunt was there with all the others", 2),
        ("The rain came to the harbour and to the town\n7pm: Ayla Brunt came with all the others", 2),
        # A line that ends with a small word goes on, whatever follows
        ("The rain came to the harbour, said the Ministry of\nForeign Trade, and went on to the north.", 1),
        ("The rain stopped at the harbour, said Dorn Ministry.\nForeign Trade went on to the north.", 2),
        # Full lines
        (
            "The rain came to the harbour, said the National Union\nWorkers, and went past the Harbour Pilots\nGuild.",
            2 + 1,
        ),
        (
            "The rain came to the harbour, said the National Union\nWorkers, and it went past all the Harbour Pilots\n"
            "Guildhalls of Dorn.",
            1,
        ),
        # Most lines full, whatever letters begin them
        (
            "The board of the Harbour Pilots said Ayla Brunt\nKern, 54, is to lead all of Dorn Ferry Company's\n"
            "Harbour Division. Orla Tann leads\nPilots, Offices and Ships of the Dorn Union, now\nSouthern.",
            1,
        ),
        ("Rain comes to the harbour of Dorn on Monday\nBrunt leads pilots\nFerries are late\nKern wins", 4),
    ],
)
def test_few_long_lines_are_wrapped_when_half_of_them_go_on(text: str, paragraphs: int) -> None:
    assert read_tokens(text).paragraphs[-1] == paragraphs - 1


def test_line_breaks_elsewhere_part_paragraphs() -> None:
    assert read_tokens("Site icon Daily\nTurkey to buy parts").paragraphs[-1] == 1


@pytest.mark.parametrize(
    ("text", "casing"),
    [
        ("Erdogan Reiterates Ankara Will Buy More Missiles From Russia", Casing.TITLE),
        ("THE PRESIDENT SPOKE ABOUT PEACE", Casing.UPPER),
        ("The President spoke about peace and about war", Casing.NORMAL),
        ("Two words", Casing.NORMAL),
        ("the president spoke about peace and war. he left oslo", Casing.LOWER),
        ("the president spoke about peace\nhe left oslo", Casing.LOWER),
        ("the president spoke to Ayla Brunt", Casing.NORMAL),
        (
            "Then she spoke about peace and about a war that never ends there or in other lands near or far, ever",
            0,
        ),
    ],
)
def test_casing_of_a_paragraph_is_judged_by_its_longer_words(text: str, casing: int) -> None:
    assert set(read_tokens(text).casing) == {casing}


@pytest.mark.parametrize(
    "text", ["a" * 100_000, "A" * 100_000, "-" * 100_000, "A-" * 50_000, "é" * 100_000, ". " * 50_000]
)
def test_hostile_text_keeps_all_its_characters(text: str) -> None:
    assert "".join(read_tokens(text).words) == text.replace(" ", "")


_CABLE = """\
BRANWICK, 8 JAN 90 -- THE MINISTER OF TRANSPORT TOLD REPORTERS IN NEW
HARBOR THAT THE CARMEN FERRY COMPANY WILL RETURN TO SERVICE ON MONDAY.
HE DID NOT SAY HOW MANY SHIPS ARE TO SAIL BETWEEN THE ISLANDS OF WEST
AVEN AND THE MAINLAND.

 THE COMPANY HAS TWO SHIPS, WHICH WERE BUILT FOR THE NATIONAL NAVIGATION
BOARD AND SOLD IN MARCH."""


@pytest.mark.parametrize(
    ("text", "paragraphs"),
    [
        (_CABLE, 2),
        (_CABLE.lower(), 2),
        ("NNNN\n" + _CABLE, 3),
        (_CABLE.replace("\n\n", "\nPAGE 2 OF 3\n"), 3),
        (_CABLE.replace("MAINLAND.", "COAST AND"), 1 + 1),
        # The same lines, each with an end of its own.
        ("\n\n".join(_CABLE.replace("\n\n", "\n").split("\n")), 6),
        (
            "MINISTER SPEAKS IN NEW HARBOR ABOUT THE FERRIES\nRAIN IN WEST AVEN\nSTRIKE ENDS\nSHIPS ARE SOLD TO A BANK",
            4,
        ),
        ("FERRIES  1990  12 14\nHARBORS  1990  10 11\nISLANDS  1990  17 18\nVESSELS  1990  19 20", 4),
        (
            "Министр сообщил журналистам в столице, что паром\nвернётся на линию в понедельник, и не назвал числа\n"
            "рейсов.\n\nКомпания",
            2,
        ),
        (
            "قال وزير النقل للصحفيين في العاصمة إن العبارة ستعود\n"
            "إلى الخدمة يوم الاثنين المقبل بعد إصلاحات دامت ثلاثة\n"
            "أشهر ولم يذكر عدد الرحلات التي ستقوم بها الشركة في\n"
            "الأسابيع المقبلة بين الجزر والبر الرئيسي حتى نهاية\n"
            "الصيف.",
            1,
        ),
    ],
)
def test_lines_that_were_broken_where_they_were_full_are_one_paragraph(text: str, paragraphs: int) -> None:
    assert len(set(read_tokens(text).paragraphs)) == paragraphs
