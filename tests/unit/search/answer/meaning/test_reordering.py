"""Hits in the order of words and meaning, on an archive of leads in five languages."""

import csv
from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from index.errors import ModelError
from index.ingest.indexer import Indexer
from index.settings import Settings
from search.answer.meaning.reordering import Ranking
from search.answer.service import SearchService
from search.archive import open_archive
from search.engines.base import Selection, Sort
from search.request import Order, SearchRequest, WordMode
from search.results import SearchResult

LEADS = Path(__file__).parents[4] / "languages" / "meaning.tsv"


def leads() -> list[dict[str, str]]:
    lines = [line for line in LEADS.read_text(encoding="utf-8").splitlines() if not line.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    folder = tmp_path_factory.mktemp("meaning")
    for row in leads():
        # The same words in every English article, so that meaning alone decides among them.
        common = "\n\nMore news follows on the pages of this paper.\n" if row["language"] == "en" else ""
        file = folder / "news" / f"{row['topic']}-{row['language']}.txt"
        file.parent.mkdir(exist_ok=True)
        file.write_text(f"{row['lead']}{common}", encoding="utf-8")
    found = Settings(index=folder / ".dossier", workers=1, model="none", packs=("core",))
    assert Indexer(found, pool="local").index([str(folder / "news")]).added == 50
    return found


@pytest.fixture(scope="module")
def service(settings: Settings) -> Iterator[SearchService]:
    with open_archive(settings) as archive, archive.view() as view:
        yield view.service


def topics(result: SearchResult) -> list[str]:
    return [Path(hit.locator).stem for hit in (*result.hits, *result.partial)]


def _found_first(service: SearchService, order: Order) -> list[str]:
    """The topics whose article comes first for words that mean it, beside words that all English articles have."""
    first = []
    for row in leads():
        # Little words ("by") would decide among ten articles, where few have them.
        long_words = [word for word in row["query"].split() if len(word) > 4]
        q = " ".join([*long_words, "news", "pages", "paper"])
        if row["language"] == "en":
            request = SearchRequest(q=q, words=WordMode.ANY, order=order)
            first += [row["topic"]] if topics(service.search(request))[0] == f"{row['topic']}-en" else []
    return first


def test_articles_that_mean_the_query_come_first(service: SearchService) -> None:
    meaning, words = (_found_first(service, order) for order in (Order.MEANING, Order.WORDS))
    assert len(meaning) >= 7
    assert len(words) <= 1


ART = SearchRequest(q="art burglars pages news", words=WordMode.ANY, size=20)


def test_words_alone_order_differently_and_find_the_same(service: SearchService) -> None:
    meaning = service.search(ART)
    words = service.search(replace(ART, order=Order.WORDS))
    assert topics(meaning) != topics(words)
    assert sorted(topics(meaning)) == sorted(topics(words))
    assert (meaning.total, meaning.total_all, meaning.total_any) == (words.total, words.total_all, words.total_any)
    assert meaning.facets == words.facets
    assert meaning.interpretation == f"{words.interpretation} · ordered by words and meaning"


@pytest.mark.parametrize("size", [1, 2, 3, 7])
def test_pages_are_parts_of_one_order(service: SearchService, size: int) -> None:
    whole = topics(service.search(ART))
    pages = range(1, -(-len(whole) // size) + 1)
    found = [topic for page in pages for topic in topics(service.search(replace(ART, page=page, size=size)))]
    assert found == whole
    assert [Path(hit.locator).stem for hit in service.export(ART)] == whole


def test_the_place_of_an_article_is_that_on_its_page(service: SearchService) -> None:
    hits = service.search(ART).hits
    second = service.place(hits[1].id, ART)
    assert second is not None
    assert (second.rank, second.before, second.after) == (2, hits[0].id, hits[2].id)


def test_scores_go_down_and_are_explained_in_full(service: SearchService) -> None:
    result = service.search(ART, explain=True)
    scores = [hit.score for hit in result.hits]
    assert scores == sorted(scores, reverse=True)
    for hit, parts in zip(result.hits, result.explanations, strict=True):
        assert sum(part.score for part in parts) == pytest.approx(hit.score)
        assert parts[-1].label == "meaning"
        assert parts[-1].detail.startswith("cosine ")


@pytest.mark.parametrize(
    "q",
    [
        "news",
        '"more news"',
        'more "news follows"',
        "title:news pages",
        "lang:en news pages",
        "news pages -art",
        "news pag*",
        "news pages~1",
        "place:Ankara news",
        "",
    ],
)
def test_what_is_no_plain_words_goes_by_words(service: SearchService, q: str) -> None:
    meaning = service.search(SearchRequest(q=q, size=50))
    assert meaning == replace(
        service.search(SearchRequest(q=q, size=50, order=Order.WORDS)),
        request=meaning.request,
        milliseconds=meaning.milliseconds,
    )


@pytest.mark.parametrize("sort", [Sort.NEWEST, Sort.OLDEST])
def test_dates_are_sorted_by_dates(service: SearchService, sort: Sort) -> None:
    by_date = replace(ART, sort=sort)
    assert topics(service.search(by_date)) == topics(service.search(replace(by_date, order=Order.WORDS)))


def test_exact_words_go_by_words(service: SearchService) -> None:
    exact = replace(ART, is_exact=True)
    assert topics(service.search(exact)) == topics(service.search(replace(exact, order=Order.WORDS)))


def test_articles_with_all_words_stay_before_those_with_some(service: SearchService) -> None:
    request = SearchRequest(q="paintings museum alarms news")
    result = service.search(request)
    assert [Path(hit.locator).stem for hit in result.hits] == ["theft-en"]
    assert len(result.partial) > 1


def test_filters_narrow_and_meaning_still_orders(service: SearchService) -> None:
    request = replace(ART, selections=(Selection("languages", ("en",)),))
    assert topics(service.search(request))[0] == "theft-en"


def test_articles_without_a_vector_keep_their_place_among_the_others(service: SearchService) -> None:
    # Words of the Spanish article and of one English article: neither order puts it last.
    request = SearchRequest(q="ballena estuario barcas news", words=WordMode.ANY, size=20)
    result = service.search(request, explain=True)
    place = topics(result).index("whale-es")
    assert place == topics(service.search(replace(request, order=Order.WORDS))).index("whale-es") == 0
    assert "no vector" in result.explanations[place][-1].detail


def test_beyond_the_best_the_order_of_words_goes_on(service: SearchService, monkeypatch: pytest.MonkeyPatch) -> None:
    words = topics(service.search(replace(ART, order=Order.WORDS)))
    monkeypatch.setattr("search.answer.meaning.reordering.ORDERED", 4)
    whole = topics(service.search(ART))
    assert sorted(whole[:4]) == sorted(words[:4])
    assert whole[4:] == words[4:]
    pages = [topics(service.search(replace(ART, page=page, size=3))) for page in (1, 2, 3)]
    assert [topic for page in pages for topic in page] == whole[:9]


def test_a_scan_has_the_order_of_the_pages(service: SearchService, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search.answer.requests.requested._MAX_SCORED_EXPORT", 0)
    assert [Path(hit.locator).stem for hit in service.export(ART)] == topics(service.search(ART))


def test_the_setting_turns_meaning_off_and_a_request_on_again(settings: Settings) -> None:
    with open_archive(Settings(index=settings.index, order="words")) as archive, archive.view() as view:
        assert "meaning" not in view.service.search(ART).interpretation
        assert "meaning" in view.service.search(replace(ART, order=Order.MEANING)).interpretation


def test_an_answer_is_the_same_when_it_is_asked_for_again(settings: Settings) -> None:
    answers = []
    for _ in range(2):
        with open_archive(settings) as archive, archive.view() as view:
            result = view.service.search(ART, explain=True)
            answers.append(replace(result, milliseconds=0.0))
    assert answers[0] == answers[1]


def test_an_archive_without_vectors_goes_by_words(settings: Settings, tmp_path: Path) -> None:
    without = Settings(index=tmp_path / ".dossier", workers=1, model="none", packs=("core",), meaning="none")
    Indexer(without, pool="local").index([str(settings.index.parent / "news")])
    with open_archive(without) as archive, archive.view() as view:
        found = view.service.search(ART)
        assert "meaning" not in found.interpretation
        assert topics(found) == topics(view.service.search(replace(ART, order=Order.WORDS)))
        assert not view.service.similar(found.hits[0].id)
        assert not view.service.search(SearchRequest(q="helicopter")).closest


@pytest.mark.parametrize("error", [ImportError("failed to map segment"), MemoryError(), RuntimeError("bad allocation")])
def test_without_the_encoder_words_order_and_a_notice_says_so(
    service: SearchService, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    def fail(text: str) -> None:
        raise error

    monkeypatch.setattr("index.recognizer.encoder.query_vectors.encode_text", fail)
    result = service.search(ART)
    assert topics(result) == topics(service.search(replace(ART, order=Order.WORDS)))
    assert ["The encoder of meaning cannot be used" in notice.message for notice in result.notices] == [True]
    assert service.search(SearchRequest(q="burglary masterpieces")).closest == ()
    with pytest.raises(ModelError, match="Use --order words"):
        service.like("art")


def test_a_ranking_without_hits_asks_nothing(service: SearchService) -> None:
    ranking = Ranking(service.searcher, service.catalog, "art theft")
    found = service.searcher.search(service._interpreter.interpret(SearchRequest(q="zebra")).query())
    assert ranking.order(found)[0] == (found,)
    assert not ranking.is_by_meaning


# -- Similar articles --


def test_the_nearest_article_is_the_most_alike(service: SearchService, settings: Settings) -> None:
    whale = service.catalog.resolve_article_id("news/whale-en.txt")
    assert whale is not None
    found = service.similar(whale)
    assert whale not in {item.id for item in found}
    assert [item.cosine for item in found] == sorted((item.cosine for item in found), reverse=True)


def test_like_finds_by_a_text_in_other_words(service: SearchService) -> None:
    found = service.like("Burglars stole pictures worth millions from a gallery.", limit=3)
    assert Path(found[0].locator).stem == "theft-en"


def test_like_finds_among_the_articles_of_a_request(service: SearchService) -> None:
    request = SearchRequest(q="orbit satellites")
    found = service.like("Burglars stole pictures in a space museum.", request, limit=3)
    assert [Path(item.locator).stem for item in found] in ([], ["satellite-en"])
    assert not service.like("Burglars stole pictures.", SearchRequest(q="xylophone"), limit=3)


@pytest.mark.parametrize("text", ["", " \n", "\ud800"])
def test_a_text_without_words_is_like_nothing(service: SearchService, text: str) -> None:
    assert isinstance(service.like(text), tuple)


def test_an_article_in_another_language_is_like_nothing(service: SearchService) -> None:
    german = service.catalog.resolve_article_id("news/whale-de.txt")
    assert german is not None
    assert service.similar(german) == ()


def test_words_that_no_article_has_offer_the_closest(service: SearchService) -> None:
    result = service.search(SearchRequest(q="burglary masterpieces"))
    assert (result.total, result.total_any, result.hits) == (0, 0, ())
    assert Path(result.closest[0].locator).stem == "theft-en"


@pytest.mark.parametrize(
    "request_",
    [
        SearchRequest(q="burglary masterpieces", order=Order.WORDS),
        SearchRequest(q="burglary masterpieces", selections=(Selection("languages", ("en",)),)),
        SearchRequest(q='"burglary masterpieces"'),
        SearchRequest(q="burglary museum"),
    ],
)
def test_nothing_is_offered_where_words_or_filters_count(service: SearchService, request_: SearchRequest) -> None:
    assert service.search(request_).closest == ()


def test_rows_of_articles_that_changed_hide_no_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("search.answer.meaning.nearest._SPARE", 0)
    settings = Settings(index=tmp_path / ".dossier", workers=1, model="none", packs=("core",))
    text = "Thieves took four paintings from the town museum at night."
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    (tmp_path / "b.txt").write_text("Burglars stole pictures from a gallery.", encoding="utf-8")
    indexer = Indexer(settings, pool="local")
    indexer.index([str(tmp_path / "a.txt"), str(tmp_path / "b.txt")])
    # Now the nearest row of the file is that of a text that no article has any more.
    (tmp_path / "a.txt").write_text("A rocket carried two satellites into orbit.", encoding="utf-8")
    indexer.index([str(tmp_path / "a.txt")])
    with open_archive(settings) as archive, archive.view() as view:
        assert [item.locator for item in view.service.like(text, limit=1)] == ["b.txt"]
