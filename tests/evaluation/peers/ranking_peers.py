"""The engines that ranking is compared with, each as its own documentation would have it set up for English."""

import re
from collections.abc import Callable, Sequence
from pathlib import Path

import bm25s
import Stemmer
import tantivy
from whoosh import analysis, fields, index, qparser

from index.model import Document

__all__ = ["PEERS"]

_DEPTH = 10
_Ranker = Callable[[str], Sequence[str]]


def _make_bm25s(documents: Sequence[Document], _folder: Path) -> _Ranker:
    stemmer = Stemmer.Stemmer("english")
    retriever = bm25s.BM25()
    retriever.index(
        bm25s.tokenize([d.body for d in documents], stopwords="en", stemmer=stemmer, show_progress=False),
        show_progress=False,
    )
    ids = [document.id for document in documents]

    def rank(text: str) -> Sequence[str]:
        tokens = bm25s.tokenize([text], stopwords="en", stemmer=stemmer, show_progress=False)
        found, scores = retriever.retrieve(tokens, k=min(_DEPTH, len(ids)), show_progress=False)
        return [ids[int(place)] for place, score in zip(found[0], scores[0], strict=True) if score > 0]

    return rank


def _make_tantivy(documents: Sequence[Document], folder: Path) -> _Ranker:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw")
    builder.add_text_field("title", tokenizer_name="en_stem")
    builder.add_text_field("body", tokenizer_name="en_stem")
    index_ = tantivy.Index(builder.build(), path=str(folder))
    writer = index_.writer()
    for document in documents:
        writer.add_document(tantivy.Document(id=document.id, title=document.title, body=document.body))
    writer.commit()
    writer.wait_merging_threads()
    index_.reload()
    searcher = index_.searcher()

    def rank(text: str) -> Sequence[str]:
        words = " ".join(re.findall(r"\w+", text.lower()))
        query = index_.parse_query(words, ["title", "body"])
        return [searcher.doc(address)["id"][0] for _, address in searcher.search(query, _DEPTH).hits]

    return rank


def _make_whoosh(documents: Sequence[Document], folder: Path) -> _Ranker:
    text = fields.TEXT(analyzer=analysis.StemmingAnalyzer())
    schema = fields.Schema(id=fields.ID(stored=True), title=text, body=text)
    index_ = index.create_in(str(folder), schema)
    writer = index_.writer()
    for document in documents:
        writer.add_document(id=document.id, title=document.title, body=document.body)
    writer.commit()
    searcher = index_.searcher()
    parser = qparser.MultifieldParser(["title", "body"], schema, group=qparser.OrGroup, plugins=[])

    def rank(text: str) -> Sequence[str]:
        words = " ".join(re.findall(r"\w+", text))
        return [hit["id"] for hit in searcher.search(parser.parse(words), limit=_DEPTH)]

    return rank


PEERS: dict[str, Callable[[Sequence[Document], Path], _Ranker]] = {
    "bm25s": _make_bm25s,
    "tantivy": _make_tantivy,
    "whoosh": _make_whoosh,
}
