from index.extract.candidates import Candidate
from index.extract.mentions import make_mentions
from index.model import Article, Furniture, FurnitureReason, Kind, Span


def test_mentions_in_page_furniture_are_marked() -> None:
    body = "Ankara agreed. Support us, says Ankara"
    furniture = (Furniture(Span(15, len(body)), FurnitureReason.PROMOTION),)
    article = Article("a", "a", "", "", body, furniture=furniture)
    candidates = [Candidate(0, 6, Kind.PLACES, "gazetteer", ""), Candidate(32, 38, Kind.PLACES, "gazetteer", "")]
    mentions = make_mentions(article, candidates)
    assert [(mention.text, mention.in_furniture) for mention in mentions] == [("Ankara", False), ("Ankara", True)]
