"""Proposes the amounts of money that `index.normalize.money` finds."""

from spacy.tokens import Doc

from index.extract.candidates import Candidate, Certainty, add_candidates, tokens_of
from index.extract.language import ArticleLanguage
from index.model import Kind
from index.normalize.money import Currencies, find_amounts

__all__ = ["MoneyComponent", "create_money"]


class MoneyComponent:
    """Proposes amounts with their value."""

    def __init__(self, currencies: Currencies, name: str) -> None:
        self._currencies = currencies
        self._name = name

    def __call__(self, doc: Doc) -> Doc:
        """Add a candidate for each amount."""
        return add_candidates(
            doc,
            (
                Candidate(
                    match.span.start,
                    match.span.end,
                    Kind.AMOUNTS,
                    self._name,
                    match.evidence,
                    certainty=Certainty.SURE,
                    amount=match.amount,
                )
                for match in find_amounts(tokens_of(doc).text, self._currencies)
            ),
        )


@ArticleLanguage.factory("dossier_money")
def create_money(nlp: ArticleLanguage, name: str) -> MoneyComponent:
    """The component with the currencies of the packs of `nlp`."""
    return MoneyComponent(Currencies.from_rows(nlp.packs.rows("currencies")), name.removeprefix("dossier_"))
