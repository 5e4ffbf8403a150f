"""Proposes the amounts of money that `index.normalize.money` finds."""

from spacy.tokens import Doc

from index.extract.candidates import Candidate, Certainty, add_candidates, language_of, tokens_of
from index.extract.language import ArticleLanguage
from index.model import Kind
from index.normalize.money import MoneyGrammar, find_amounts

__all__ = ["MoneyComponent", "create_money"]


class MoneyComponent:
    """Proposes amounts with their value."""

    def __init__(self, grammar: MoneyGrammar, name: str) -> None:
        self._grammar = grammar
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
                for match in find_amounts(tokens_of(doc).text, self._grammar, language=language_of(doc))
            ),
        )


@ArticleLanguage.factory("dossier_money")
def create_money(nlp: ArticleLanguage, name: str) -> MoneyComponent:
    """The component with the currencies, scales and words of the packs of `nlp`."""
    return MoneyComponent(MoneyGrammar.from_packs(nlp.packs.rows), name.removeprefix("dossier_"))
