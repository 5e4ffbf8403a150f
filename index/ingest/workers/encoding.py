"""The vector of an article in a worker."""

from collections.abc import Callable

from index.ingest.workers.tasks import WorkerOptions
from index.model import Article
from index.recognizer.encoder.lead import is_known_language, lead_text
from index.stages import NO_MEANING

__all__ = ["ArticleVector", "make_encoder"]

ArticleVector = Callable[[Article], bytes]
"""The vector of an article; empty when the encoder does not know its language, or it has no words."""


def make_encoder(options: WorkerOptions) -> ArticleVector | None:
    """Load the encoder; None when no vectors are to be made. Raises `ModelError`."""
    if options.meaning == NO_MEANING:
        return None
    # Importing it takes 60 ms, which a run without vectors and without our recognizer need not pay.
    from index.recognizer.encoder.article_encoder import ArticleEncoder

    encoder = ArticleEncoder()
    return lambda article: encoder.encode(lead_text(article)) if is_known_language(article.language) else b""
