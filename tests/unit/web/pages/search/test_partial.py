"""Articles that fill a page after the last one with all words."""

import re

from flask.testing import FlaskClient


def test_they_stand_under_a_heading_of_their_own(client: FlaskClient) -> None:
    text = client.get("/search?q=Patriot+withdrawal").get_data(as_text=True)
    before, after = text.split('<h2 id="partial">With some of your words</h2>')
    assert len(re.findall(r"<h3 dir", before)) == 2
    assert len(re.findall(r"<h3 dir", after)) == 3
    # All five are shown, so no link leads to more.
    assert "articles with some of your words" not in after


def test_a_link_leads_to_the_rest(client: FlaskClient) -> None:
    text = client.get("/search?q=Patriot+withdrawal&size=3").get_data(as_text=True)
    assert '<a href="/search?q=Patriot+withdrawal&amp;words=any&amp;size=3">All 5 articles with some of' in text


def test_there_is_no_such_heading_where_all_words_are_asked_for(client: FlaskClient) -> None:
    for query in ("q=S-400", "q=Patriot+withdrawal&words=all", "q=Patriot+withdrawal&words=any", "q=Patriot+xylophone"):
        assert 'id="partial"' not in client.get(f"/search?{query}").get_data(as_text=True)
