import pytest

from tests.unit.index.readers.web.pages import ADDRESS, canonical, json_ld, meta, page, published, read

ARTICLE = {"@type": "NewsArticle", "headline": "Harbour board backs channel plan"}
H1 = "<h1>Harbour board backs channel plan</h1>"
OLD_TIME = "<time datetime='2009-04-11'>11 April 2009</time>"
OLD_ITEM = (
    "<div itemscope itemtype='https://schema.org/{}' {}><meta itemprop='datePublished' content='1988-02-03'></div>"
)
DATED_ADDRESS = canonical("https://gazette.example.org/2019/10/22/board-backs-plan/")


@pytest.mark.parametrize(
    "elsewhere",
    [
        f"<aside><ul><li>Older story {OLD_TIME}</li></ul></aside>",
        f"<div class='sidebar'>{OLD_TIME}</div>",
        f"<section id='related-stories'><article><h3>Older story</h3>{OLD_TIME}</article></section>",
        f"<div class='comments'><p class='comment-meta'>Ana, published {OLD_TIME}</p></div>",
        f"<footer>Published 11 April 2009 {OLD_TIME}</footer>",
        f"<nav>{OLD_TIME}</nav>",
        f"<article><h2>Older story</h2>{OLD_TIME}</article>",
        OLD_ITEM.format("Article", "itemprop='citation'"),
        OLD_ITEM.format("Comment", ""),
        OLD_ITEM.format("NewsArticle", "itemprop='relatedLink'"),
        OLD_ITEM.format("ImageObject", "itemprop='image'"),
        json_ld({"@type": "NewsArticle", "headline": "Bridge opens in Porto", "datePublished": "2009-04-11"}),
        json_ld({"@type": "ImageObject", "datePublished": "2009-04-11"}),
        json_ld({**ARTICLE, "comment": [{"@type": "Comment", "datePublished": "2009-04-11"}]}),
        json_ld({**ARTICLE, "citation": {"@type": "Article", "datePublished": "2009-04-11"}}),
        json_ld({"@type": "ItemList", "itemListElement": [{"@type": "NewsArticle", "datePublished": "2009-04-11"}]}),
    ],
)
@pytest.mark.parametrize(
    "head",
    [
        DATED_ADDRESS,
        meta("article:published_time", "2019-10-22T08:00:00+01:00"),
        meta("dc.date", "2019-10-22"),
        json_ld({**ARTICLE, "datePublished": "2019-10-22"}),
    ],
)
@pytest.mark.parametrize("place", ["above", "below", "after"])
def test_no_side_box_comment_or_cited_work_wins(head: str, elsewhere: str, place: str) -> None:
    html = {
        "above": page(head, above=elsewhere),
        "below": page(head, below=elsewhere),
        "after": page(head, after=elsewhere),
    }[place]
    assert published(html) == ("2019-10-22", False)


@pytest.mark.parametrize(
    "head",
    [
        json_ld({"@type": "WebSite"}, {**ARTICLE, "datePublished": "2019-10-22T08:00:00+01:00"}),
        json_ld({"@type": "WebPage", "mainEntity": {**ARTICLE, "datePublished": "2019-10-22"}}),
        json_ld({"@type": ["ReportageNewsArticle"], "datePublished": "2019-10-22"}),
        json_ld({"@type": "WebPage", "name": "Harbour board backs channel plan", "datePublished": "2019-10-22"}),
        json_ld({**ARTICLE, "datePublished": "2019-10-22"}).replace('"}<', '",}<'),
        json_ld({**ARTICLE, "datePublished": "2019-10-22"}).replace(">{", "><!-- {").replace("}<", "} --><"),
        json_ld(
            {"@type": "NewsArticle", "headline": "Harbour board backs bridge", "url": "https://x.org/b",
             "datePublished": "2009-04-11"},
            {**ARTICLE, "url": ADDRESS, "datePublished": "2019-10-22"},
        ) + canonical(ADDRESS),
    ],
)  # fmt: skip
def test_json_ld_of_the_article_of_the_page_counts(head: str) -> None:
    assert published(page(head)) == ("2019-10-22", False)


@pytest.mark.parametrize(
    ("head", "value"),
    [
        (meta("article:published_time", "2019-10-22") + meta("article:modified_time", "2021-01-01"), "2019-10-22"),
        (json_ld({**ARTICLE, "datePublished": "2019-10-22", "dateModified": "2021-01-01"}), "2019-10-22"),
        (meta("last-modified", "2021-01-01") + DATED_ADDRESS, "2019-10-22"),
        (meta("article:modified_time", "2021-01-01") + DATED_ADDRESS, "2019-10-22"),
        (meta("dc.date", "2017") + meta("citation_publication_date", "2017/01"), "2017-01"),
        (meta("dc.date", "2017-01-30") + meta("citation_publication_date", "2017/01"), "2017-01-30"),
        (meta("article:published_time", "1970-01-01T00:00:00Z") + DATED_ADDRESS, "2019-10-22"),
        (meta("article:published_time", "الأربعاء، 07 أكتوبر 2020 - 12:09 م"), "2020-10-07"),
        ("<meta itemprop='datePublished' content='2019-10-22'>", "2019-10-22"),
    ],
)
def test_metadata_of_the_page_counts(head: str, value: str) -> None:
    assert published(page(head)) == (value, False)


@pytest.mark.parametrize(
    "beside",
    [
        H1
        + "<p class='byline'>By Ana Prado | PUBLISHED: November 8, 2023 at 6:15 p.m. | UPDATED: November 9, 2023</p>",
        H1 + "<p>Published 8 November 2023</p>",
        H1 + "<div><a href='/author'>Ana Prado</a></div><div class='post-date'>8 Nov 2023</div>",
        H1 + "<time datetime='2023-11-08T10:00:00+01:00'>today</time>",
        H1 + "<p>Lisbon</p><p>8 November 2023, 10:15</p>",
        H1 + "<p><a href='/2023'>8 November 2023</a></p>",
        H1 + "<div class='date'><span>08</span></div><div>Nov</div><div>2023</div>",
        H1 + "<abbr class='published' title='2023-11-08T10:00:00+01:00'>yesterday</abbr>",
        "<p class='published-date'>Wednesday 8 November 2023</p>" + H1,
        "<h2 class='date-header'>Wednesday, November 8, 2023</h2>" + H1,
        f"<header class='article-header'>{H1}<span class='entry-date'>8 Nov 2023</span></header>",
        f"<div class='header'>{H1}<p>8 November 2023</p></div>",
        H1 + "<figure><figcaption>The harbour, 1 May 1999</figcaption></figure><p>8 November 2023</p>",
    ],
)
def test_date_beside_the_headline_counts(beside: str) -> None:
    assert published(page(before=beside)) == ("2023-11-08", False)


@pytest.mark.parametrize(
    ("language", "line"),
    [
        ("de", "Veröffentlicht am 8. November 2023"),
        ("fr", "Publié le 8 novembre 2023 à 10h15"),
        ("es", "Publicado el 8 de noviembre de 2023"),
        ("it", "Pubblicato il 8 novembre 2023"),
        ("pt", "Publicado em 08/11/2023 10h15"),
        ("nl", "Gepubliceerd op 8 november 2023"),
        ("tr", "Yayınlanma: 8 Kasım 2023"),
        ("ru", "Опубликовано: 8 ноября 2023"),
        ("pl", "8 listopada 2023"),
        ("hr", "8. studenoga 2023."),
        ("ar", "تم نشره الأربعاء 8 تشرين الثاني / نوفمبر 2023 09:22 مساءً"),
        ("fa", "۱۷ آبان ۱۴۰۲ - ۱۲:۰۹"),
        ("he", "8 בנובמבר 2023"),
        ("hi", "8 नवंबर 2023"),
        ("th", "8 พฤศจิกายน 2566"),
        ("vi", "Thứ tư, 8/11/2023, 10:00 (GMT+7)"),
        ("zh", "2023年11月8日 10:15"),
        ("ko", "입력 2023.11.08 10:15"),
        ("en-GB", "08/11/2023"),
    ],
)
def test_byline_is_read_in_the_languages_of_the_press(language: str, line: str) -> None:
    html = page(before=f"{H1}<div>{line}</div>", language=language)
    assert published(html) == ("2023-11-08", False)


@pytest.mark.parametrize("language", ["en", "en-US"])
def test_numbers_whose_order_is_unknown_give_no_date(language: str) -> None:
    assert published(page(before=f"{H1}<p class='date'>05/04/2023</p>", language=language)) == (None, False)


def test_numbers_are_read_in_the_order_of_the_other_dates_of_the_page() -> None:
    html = page(before=f"{H1}<p class='date'>05/04/2023</p>", below="<footer>25/03/2023</footer>")
    assert published(html) == ("2023-04-05", False)


@pytest.mark.parametrize(
    "address",
    [
        "https://gazette.example.org/2023/11/08/plan/",
        "https://gazette.example.org/2023/11/8/plan",
        "https://gazette.example.org/news/2023-11-08/plan.html",
        "https://gazette.example.org/2023-11/08/content_123.htm",
        "https://gazette.example.org/n1/2023/1108/c1-123.html",
        "https://gazette.example.org/20231108/plan",
        "https://gazette.example.org/202311/t20231108_55.html",
        "https://gazette.example.org/2023/nov/08/plan",
        "https://gazette.example.org/plan-2023-11-08.html",
        "https://web.archive.org/web/20240102030405/https://gazette.example.org/2023/11/08/plan/",
    ],
)
def test_day_in_the_address_counts(address: str) -> None:
    for html, known in (
        (page(canonical(address)), None),
        (page(f"<meta property='og:url' content='{address}'>"), None),
        (f"<!-- saved from url=(0042){address} -->{page()}", None),
        (page(), address),
    ):
        assert published(html, address=known) == ("2023-11-08", False)


@pytest.mark.parametrize(
    "address",
    [
        "https://gazette.example.org/news/120231108120908039/plan",
        "https://gazette.example.org/2023/11/08/plan-of-2021/2022-01-02/",
        "https://gazette.example.org/20231308/plan",
        "https://web.archive.org/web/20231108030405/https://gazette.example.org/plan/",
        "https://2023-11-08.example.org/plan",
    ],
)
def test_numbers_in_the_address_that_are_no_one_day_do_not(address: str) -> None:
    assert published(page(canonical(address))) == (None, False)


def test_month_in_the_address_is_a_month() -> None:
    assert published(page(canonical("https://gazette.example.org/2023/11/plan"))) == ("2023-11", False)


def test_name_of_the_file_may_begin_with_the_day() -> None:
    assert published(page(), name="2023-11-08-board-backs-plan.html") == ("2023-11-08", False)
    assert published(page(), name="2023-11-08.html") == (None, False)


@pytest.mark.parametrize(
    ("stamp", "shown", "value"),
    [
        ("2023-11-09T02:15:00+00:00", "2023-11-08", "2023-11-08"),
        ("2023-11-09T02:15:00Z", "2023-11-08", "2023-11-08"),
        ("2023-11-08T23:15:0Z", "2023-11-09", "2023-11-09"),
        ("Thu, 09 Nov 2023 02:15:00 GMT", "2023-11-08", "2023-11-08"),
        ("1699496100", "2023-11-08", "2023-11-08"),
        # No place on earth had that day, and a stamp with a zone of its own is local already.
        ("2023-11-09T18:15:00Z", "2023-11-08", "2023-11-09"),
        ("2023-11-09T02:15:00+01:00", "2023-11-08", "2023-11-09"),
        ("2023-11-09", "2023-11-08", "2023-11-09"),
    ],
)
def test_stamp_in_utc_is_on_the_day_that_address_and_byline_show(stamp: str, shown: str, value: str) -> None:
    year, month, day = shown.split("-")
    head = meta("article:published_time", stamp)
    addressed = canonical(f"https://gazette.example.org/{year}/{month}/{day}/plan/")
    byline = f"{H1}<p class='byline'>By Ana Prado, {shown}</p>"
    for html in (page(head + addressed), page(head, before=byline), page(head + addressed, before=byline)):
        assert published(html) == (value, False)


def test_stamp_in_utc_stays_when_address_and_byline_disagree() -> None:
    html = page(
        meta("article:published_time", "2023-11-09T02:15:00Z")
        + canonical("https://gazette.example.org/2023/11/09/plan/"),
        before=f"{H1}<p>8 November 2023</p>",
    )
    assert published(html) == ("2023-11-09", False)


@pytest.mark.parametrize(
    ("address", "other", "value"),
    [
        ("https://gazette.example.ca/plan", "", "2023-11-08"),
        ("https://gazette.example.org/plan", "<script>var now='2023-11-08T22:00:00-04:00'</script>", "2023-11-08"),
        ("https://gazette.example.org/plan", "", "2023-11-09"),
        ("https://gazette.example.it/plan", "", "2023-11-09"),
    ],
)
def test_stamp_in_utc_is_read_in_the_time_of_the_page(address: str, other: str, value: str) -> None:
    head = meta("article:published_time", "2023-11-09T02:15:00Z") + canonical(address)
    assert published(page(head, below=other)) == (value, False)


@pytest.mark.parametrize(
    ("head", "before"),
    [
        (meta("article:modified_time", "2023-11-08T10:00:00+01:00"), H1),
        (json_ld({**ARTICLE, "dateModified": "2023-11-08"}), H1),
        ("", H1 + "<p>Last updated 8 November 2023</p>"),
        (meta("og:image", "https://gazette.example.org/uploads/2023/11/08/quay.jpg"), H1),
        ("", "<p>8 November 2023</p>" + H1),
    ],
)
def test_weak_evidence_is_a_guess(head: str, before: str) -> None:
    assert published(page(head, before=before)) == ("2023-11-08", True)
    assert (read(page(head, before=before)).published_origin or "").endswith(", a guess")


@pytest.mark.parametrize(
    "html",
    [
        page(),
        page(below="<footer>© 2023 The Gazette</footer>"),
        page(above="<div class='header-date'>Wednesday, 8 November 2023</div>"),
        page(above="<header><p>8 November 2023</p></header>"),
        page(
            after="<p>The treaty was signed on 8 November 2023, said the mayor, and has been in force since then in"
            " all of the ports of the country, large and small.</p>"
        ),
        page(after="<div class='related'><a href='/x'>Crane falls, 8 November 2023</a></div>"),
        page(before=H1 + "<p><a href='/x'>The crane that fell on the quay on 8 November 2023</a></p>"),
        page(meta("last-modified", "2023-11-08")),
    ],
)  # fmt: skip
def test_page_without_evidence_is_undated(html: str) -> None:
    assert published(html) == (None, False)


@pytest.mark.parametrize(
    ("stated", "address", "line", "value"),
    [
        ("2021-09-09", "2019/10/22", "22 October 2019", "2019-10-22"),
        ("2021-09-09T08:00:00Z", "2019/10/22", "By A. Writer, October 22, 2019", "2019-10-22"),
        ("2021-09-09", "2019/10/22", "By A. Writer", "2021-09-09"),
        ("2021-09-09", "2019/10/22", "Updated 22 October 2019", "2021-09-09"),
        ("2021-09-09", "2019/10", "22 October 2019", "2021-09-09"),
        ("2021-09-09", "2019/10/22", "9 September 2021", "2021-09-09"),
        ("2019-10-23", "2019/10/22", "22 October 2019", "2019-10-23"),
        ("1970-01-01T00:00:00Z", "2019/10/22", "By A. Writer", "2019-10-22"),
    ],
)
def test_address_and_line_together_count_more_than_metadata(stated: str, address: str, line: str, value: str) -> None:
    head = meta("article:published_time", stated) + canonical(f"https://gazette.example.org/{address}/board-backs/")
    assert published(page(head, before=f"{H1}<p class='byline'>{line}</p>")) == (value, False)
