"""The pages that are tested: of the seeds, and of the archive that is hard to show."""

from dataclasses import dataclass

from flask.testing import FlaskClient

__all__ = ["PAGES", "SitePage", "resolved"]


@dataclass(frozen=True, slots=True)
class SitePage:
    """A page of one of the two sites; `path` may name an article by the search that finds it: `{article:WORDS}`."""

    site: str
    path: str

    def __str__(self) -> str:
        return f"{self.site}{self.path[:40]}"


_ANY_SITE = ("/", "/help", "/settings", "/api", "/suggestions", "/nowhere", "/search?q=nothinglikethis&cur=USD")
_SEEDS = (
    "/search?q=Patriot+withdrawal",
    "/search?q=S-400&person=ismail-demir&person=vladimir-putin&person.op=all&year=2018",
    "/search?q=S-400&cur=USD&amount=%3E1bn",
    "/facet/person?q=S-400",
    "/entities/people",
    "/entity/nato",
    "/amounts?q=S-400&amount=%3E2bn",
    "/search?period=2017",
    "/search?period=2019-07",
    "/search?period=2019-XX",
    "/graph?q=S-400&by=lift",
    "/graph?person=ismail-demir&kind=people",
    "{article:Patriot withdrawal}?q=Patriot+withdrawal",
)
_AWKWARD = (
    "/search?q=kelpmoth",
    "/search",
    "/search?period=1990s",
    "/search?period=1994&axis=published&org=tallow-exchange",
    "/search?q=Grandmaster&from=hello&amount=zz..",
    "/search?person=-porqua-pirquaou&org=tallow-exchange&cur=USD&cur=EUR&amount=1k..",
    f"/search?q={'abcdefghij' * 90}",
    "/facet/person?q=kelpmoth&find=v&person=-porqua-pirquaou",
    "/facet/year",
    "/entities/organizations",
    "/amounts?q=kelpmoth&amount=zz..&person=-porqua-pirquaou",
    "/graph",
    "/graph?q=kelpmoth&org=tallow-exchange&from=hello",
    "/graph?q=nothinglikethis",
    "/entity/tallow-exchange",
    "/entity/grandmaster-oleandra-thessalonika-wintermarrow-featherstonehaugh-of-the-upper-qu",
    "{article:Grandmaster}?q=Grandmaster",
    "{article:اجتماع}",
    "{article:harbour board}",
)

PAGES = (
    *(SitePage("seeds", path) for path in (*_ANY_SITE, *_SEEDS)),
    *(SitePage("awkward", path) for path in ("/", *_AWKWARD)),
)
"""Every kind of page on both sites; pages without content of the archive on one."""


def resolved(path: str, client: FlaskClient) -> str:
    """Return a path with the address of the article that it names."""
    if not path.startswith("{article:"):
        return path
    words, _, rest = path.removeprefix("{article:").partition("}")
    hits = client.get("/api/v1/search", query_string={"q": words, "size": 1}).json["hits"]
    return f"/article/{hits[0]['id']}{rest}"
