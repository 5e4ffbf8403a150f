import pytest

from tests.unit.index.readers.web.pages import canonical, json_ld, meta, page, read

PLAN = "Harbour board backs Aurora channel plan"
SITE = "The Harbour Gazette"
NAMED = meta("og:site_name", SITE)
LOGO = f"<header><h1 class='logo'>{SITE}</h1></header>"


@pytest.mark.parametrize(
    "heading",
    [
        "<h1>Harbour board <em>backs</em> Aurora channel plan</h1>",
        "<h1>Harbour board backs <a href='/ships/aurora'><i>Aurora</i></a> channel plan</h1>",
        "<h1><span>Harbour board backs</span><br>Aurora channel plan</h1>",
        "<h1><div>Harbour board backs</div> <div>Aurora channel plan</div></h1>",
        "<h1>Harbour\n   board&nbsp;backs Aurora channel&#32;plan</h1>",
        "<h1><b>H</b>arbour board backs Aurora channel plan</h1>",
    ],
)
@pytest.mark.parametrize(
    "head",
    [
        "",
        f"<title>{PLAN} - {SITE}</title>{NAMED}",
        f"<title>{PLAN} | {SITE}</title>",
        meta("og:title", PLAN),
        meta("og:title", "Harbour board backs Aurora channel…"),
        json_ld({"@type": "NewsArticle", "headline": PLAN}),
    ],
)
def test_headline_is_the_whole_heading(head: str, heading: str) -> None:
    assert read(page(head, before=heading)).title == PLAN


@pytest.mark.parametrize(
    "head",
    [
        f"<title>{PLAN} - {SITE}</title>{NAMED}",
        f"<title>{PLAN} - {SITE}</title>",
        f"<title>{SITE} | {PLAN}</title>{NAMED}",
        f"<title>{PLAN} | News | {SITE}</title>{NAMED}",
        meta("og:title", f"{PLAN} – {SITE}") + NAMED,
        meta("og:title", PLAN),
        f"<title>{PLAN} - {SITE}</title>" + canonical("https://www.harbourgazette.com/plan"),
        f"<title>{PLAN} - {SITE}</title>" + canonical("https://harbour-gazette.co.uk/plan"),
        json_ld({"@type": "WebSite", "name": SITE}) + f"<title>{PLAN} • {SITE}</title>",
        json_ld({"@type": "NewsArticle", "headline": PLAN, "publisher": {"name": SITE}}),
    ],
)
@pytest.mark.parametrize(
    "heading",
    [f"<h2>{PLAN}</h2>", f"<h1>{PLAN}</h1>", f"<div class='article-title'>{PLAN}</div>", f"<p>{PLAN}</p>", ""],
)
def test_headline_is_never_the_name_of_the_site(head: str, heading: str) -> None:
    title = read(page(head, above=LOGO, before=heading)).title
    assert title == PLAN or (not heading and title is not None and title.startswith(PLAN))


@pytest.mark.parametrize(
    ("head", "before", "title"),
    [
        ("<title>Home</title>", "<h1>Harbour board backs plan</h1>", "Harbour board backs plan"),
        (meta("og:title", "Storm &amp;#8220;Ada&amp;#8221; passes"), "", "Storm “Ada” passes"),
        (
            meta("og:title", "Crane falls at the quay"),
            "<h1>Breaking: Crane falls at the quay</h1>",
            "Crane falls at the quay",
        ),
        (
            meta("og:title", "Crane falls at the"),
            "<h1>Crane falls at the quay of Vigo</h1>",
            "Crane falls at the quay of Vigo",
        ),
        ("<title>A crane fell | Lisbon | Quay News</title>", "<h1>Lisbon</h1>", "A crane fell | Lisbon | Quay News"),
        (
            meta("og:title", "Why the crane had to fall"),
            "<h1>What we know of the quay</h1>",
            "Why the crane had to fall",
        ),
        ("<svg><title>icon</title></svg>", "<h1>Harbour board backs plan</h1>", "Harbour board backs plan"),
        (
            json_ld({"@type": "NewsArticle", "headline": "Bridge opens in Porto"})
            + "<title>Crane falls at quay</title>",
            "<h1>Crane falls at quay</h1>",
            "Crane falls at quay",
        ),
    ],
)
def test_headline_is_chosen_by_agreement(head: str, before: str, title: str) -> None:
    assert read(page(head, before=before)).title == title
