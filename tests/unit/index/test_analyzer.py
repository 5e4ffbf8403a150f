import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.analyzer import MAX_TERM_LENGTH, analysis, analyze, analyze_exact, fold, index_terms, token_starts
from index.analyzer.tables import read_table

_PIECES = st.sampled_from(
    [
        "Turkey's ",
        "S-400s",
        "F-16C",
        "U.S.",
        " ",
        "\n",
        "1,000",
        "1.4",
        "İstanbul",
        "東京",
        "https://a.b/c?d=e",
        "don't",
        "l'avion ",
        'צה"ל',
        "п'ять",
        "col·lecció",
        "عُمان",
        "ﾀﾞﾑ",
        "1兆2,300",
    ]
)
_LANGUAGES = st.sampled_from([None, *sorted(row["language"] for row in read_table("languages"))])
_TEXTS = st.lists(st.one_of(_PIECES, st.text(max_size=12)), max_size=12).map("".join)


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("", []),
        (" \n-–…", []),
        ("Missiles were purchased", "missil were purchas"),
        ("S-400 S400 S\u2011400 S–400 S-400s s-400", "s400 s400 s400 s400 s400 s400"),
        ("F-16C/D", "f16 f16c d"),
        ("S-300PMU2, T-90M", "s300 s300pmu2 t90 t90m"),
        ("9K720 2S19 TB2", "9k720 2s19 tb2"),
        ("COVID-19 COVID19", "covid 19 covid 19"),
        ("mid-2019 top-10 Army-2020", "mid 2019 top 10 armi 2020"),
        ("Turkey's allies' it's", "turkey alli it"),
        ("Türkiye’nin O'Brien don’t", "turkiy nin obrien dont"),
        ("U.S.-made U.S. e.g. J.R.R. Tolkien", "us made us eg jrr tolkien"),
        ("$1,000 1.4bn 1,2,3 9/11", "1000 1.4bn 1 2 3 9 11"),
        ("Erdoğan Cavuşoğlu IŞIK ışık İZMİR", "erdogan cavusoglu isik isik izmir"),
        ("Straße Łódź Ærø Þór", "strass lodz aero thor"),
        ("e\u0301tude co\u00adoperate", "etud cooper"),
        ("東京タワー2019年", "东 京 タ ワ ー 2019 年"),
        ("हिन्दी Ёлка Й", "हिन्दी елка й"),
        ("john.doe@example.com x_y", "john doe exampl com x y"),
        ("https://www.example.com/a-b?c=1", "exampl com a b c 1"),
    ],
)
def test_text_becomes_these_terms(text: str, terms: str | list[str]) -> None:
    assert [token.term for token in analyze(text)] == (terms.split() if isinstance(terms, str) else terms)


@pytest.mark.parametrize(
    ("language", "query", "text"),
    [
        # Elision, in the language that has it.
        ("fr", "otan", "l'OTAN"),
        ("fr", "airbus", "Qu’Airbus"),
        ("fr", "arrivée", "jusqu'arrivées"),
        ("fr", "F-16", "l'F-16"),
        ("fr", "u.r.s.s.", "L'URSS"),
        ("fr", "oignon", "lʼoignon"),
        ("it", "acqua", "dell'acqua"),
        ("it", "officina", "un’officina"),
        ("ca", "escola", "l'escola"),
        # Marks inside words.
        ("ca", "colleccio", "col·lecció"),
        ("ca", "colleccio", "coŀlecció"),
        ("uk", "обєднана", "об'єднана"),
        ("uk", "компютер", "комп’ютер"),
        ("uk", "компютер", "компʼютер"),
        ("he", "צהל", 'צה"ל'),
        ("he", "צהל", "צה״ל"),
        ("he", "דוחות", 'דו"חות'),
        ("he", "שלום", "שָׁלוֹם"),
        ("tr", "NATO", "NATO'nun"),
        ("nl", "foto", "foto's"),
        # Accents, points, letters that are left out or written in several ways.
        ("es", "camion", "camiones"),
        ("es", "corazon", "corazón"),
        ("pt", "exportacao", "exportações"),
        ("de", "schleuse", "Schleusen"),
        ("ru", "елка", "Ёлки"),
        ("uk", "галаган", "Ґалаґан"),
        ("el", "αγγελοσ", "Άγγελος"),
        ("el", "μαιου", "Μαΐου"),
        ("ar", "اسهم", "أسهم"),
        ("ar", "الميناء", "المـيـنـاء"),
        ("ar", "مدرسه", "مدرسة"),
        ("fa", "كتاب", "کتاب"),
        ("ja", "ダム", "ﾀﾞﾑ"),
        ("zh", "運輸", "运输"),
        # Endings.
        ("fr", "cheval", "chevaux"),
        ("nb", "båt", "båtene"),
        ("nn", "båt", "båtane"),
        ("pl", "rolnik", "rolników"),
        ("cs", "město", "městech"),
        ("ar", "المدارس", "والمدارس"),
        ("ar", "وزير", "الوزير"),
        ("ar", "وزير", "والوزير"),
        ("ar", "وزارة", "الوزارة"),
        ("ar", "انتخابات", "الانتخابات"),
        ("ar", "شركات", "شركة"),
        ("he", "ממשלה", "הממשלה"),
        ("he", "ממשלה", "ולממשלה"),
        ("he", "כלכלה", "הכלכלה"),
        ("he", "ירושלים", "ובירושלים"),
    ],
)
def test_word_of_a_language_has_the_terms_of_another_form(language: str, query: str, text: str) -> None:
    assert [token.term for token in analyze(query, language)] == [token.term for token in analyze(text, language)]


@pytest.mark.parametrize(
    ("language", "text", "words"),
    [
        ("fr", "O'Brien d'Artagnan l'avion", ["O'Brien", "Artagnan", "avion"]),
        ("en", "O'Brien l'avion", ["O'Brien", "l'avion"]),
        ("fr", "aujourd'hui l' fin", ["aujourd", "hui", "l", "fin"]),
        ("he", 'ב"הארץ" כתבו', ["ב", "הארץ", "כתבו"]),
        ("he", "בן־צור", ["בן", "צור"]),
        ("tr", "Rize'den", ["Rize"]),
        ("ja", "総額1兆2,300億円", ["総", "額", "1", "兆", "2,300", "億", "円"]),
        ("th", "๑,๒๐๐ บาท", ["๑,๒๐๐", "บ", "า", "ท"]),
    ],
)
def test_words_of_a_language_stand_here(language: str, text: str, words: list[str]) -> None:
    assert [text[token.start : token.end] for token in analyze(text, language)] == words


@pytest.mark.parametrize("text", ["Ёлка й", "σόφος", "ガ行", "한국어", "résumé", "Їжак", "क़लम"])
def test_decomposed_text_has_the_terms_of_composed_text(text: str) -> None:
    composed, decomposed = (unicodedata.normalize(form, text) for form in ("NFC", "NFD"))
    assert [token.term for token in analyze(decomposed)] == [token.term for token in analyze(composed)]


def test_letters_of_their_own_stay() -> None:
    assert fold("й ї ў ѓ") == "й ї ў ѓ"


@pytest.mark.parametrize(
    ("text", "terms"),
    [
        ("Purchased Erdoğan's", "purchased erdoğan"),
        ("S\u2011400s F-16C", "s-400s f-16c f-16c"),
        ("U.S. don’t Straße", "u.s don't strasse"),
        ("e\u0301tude", "étude"),
    ],
)
def test_exact_terms_keep_endings_and_accents(text: str, terms: str) -> None:
    assert [token.term for token in analyze_exact(text)] == terms.split()


def test_offsets_show_the_word_without_its_possessive() -> None:
    text = "In Turkey's F-16C fleet"
    assert [text[token.start : token.end] for token in analyze(text)] == ["In", "Turkey", "F-16", "C", "fleet"]


def test_long_tokens_are_cut_and_long_urls_end() -> None:
    url = "https://example.com/" + "/".join(f"part{number}" for number in range(500))
    assert len(analyze(url)) == 16
    assert [len(token.term) for token in analyze("x" * 10_000)] == [MAX_TERM_LENGTH]


@given(_TEXTS, _LANGUAGES)
def test_offsets_are_ordered_disjoint_and_inside_the_text(text: str, language: str | None) -> None:
    tokens = analyze(text, language)
    edges = [edge for token in tokens for edge in (token.start, token.end)]
    assert edges == sorted(edges)
    assert all(0 <= token.start < token.end <= len(text) for token in tokens)


@given(_TEXTS, _LANGUAGES)
def test_terms_are_short_non_empty_and_without_white_space(text: str, language: str | None) -> None:
    terms = [token.term for token in analyze(text, language) + analyze_exact(text, language)]
    assert all(0 < len(term) <= MAX_TERM_LENGTH and term.split() == [term] for term in terms)


@given(_TEXTS, _LANGUAGES)
def test_fast_path_equals_analysis_with_offsets(text: str, language: str | None) -> None:
    tokens, exact = analyze(text, language), analyze_exact(text, language)
    assert index_terms(text, language) == ([token.term for token in tokens], [token.term for token in exact])
    assert token_starts(text, language) == [token.start for token in tokens] == [token.start for token in exact]


@given(st.text(max_size=30))
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text(max_size=20), st.text(max_size=20))
def test_what_blanks_divide_is_folded_by_itself(left: str, right: str) -> None:
    assert fold(left + "\n" + right) == fold(left) + "\n" + fold(right)


@pytest.mark.parametrize(
    "text",
    [
        "The U.S. bought S-400s for $1,000,000; see https://example.org/a/b?c=d and O'Brien's note of mid-2019.\n" * 9,
        "no-blanks-" * 50,
        "中国 北京。\n" * 40,
        " \n" * 100,
    ],
)
@pytest.mark.parametrize("size", [1, 7, 40, 1000])
def test_a_long_text_analyzed_in_pieces_has_the_terms_of_the_whole(
    text: str, size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(analysis, "_PIECE", size)
    terms, exact = index_terms(text)
    assert terms == [token.term for token in analyze(text)]
    assert exact == [token.term for token in analyze_exact(text)]
