"""Load once what nearly every worker needs; imported by the server that workers are forked from, and by nothing else.

Workers share the memory of it, and start in a tenth of the time: the built-in packs, the rules that are compiled from
them, and the guess of a language. Nothing of it is a decision: a worker with other packs or another model loads these.
"""

import logging

from index.extract.pipeline import Extractor
from index.model import Article
from index.packs.loader import load_packs
from index.readers.article.language import detect_language
from index.settings import Settings
from index.stages import NO_MODEL

__all__: list[str] = []

# One of each kind of name and value, so that what is compiled when it is first met is compiled now.
_TEXT = (
    "Talks in Ankara\n\nJane Roe, a minister of Turkey, said on 4 January 2019 that NATO would pay $3 million for the "
    "S-400. She spoke to the Reuters news agency about the offer, which stands until March."
)


def _warm_up() -> None:
    extractor = Extractor(packs=load_packs(Settings().packs), model=NO_MODEL)
    article = Article(id="0", locator="", content_hash="", title="", body=_TEXT, language=detect_language(_TEXT))
    for _ in extractor.extract([article]):
        pass


try:
    _warm_up()
except Exception as error:  # noqa: BLE001 - whatever it is, a worker meets it again, where the user is told
    logging.getLogger(__name__).debug("not warmed up: %s", error)
