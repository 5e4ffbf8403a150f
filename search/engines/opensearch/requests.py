"""One request for several questions, each of which is answered or is an error of all."""

from collections.abc import Sequence
from typing import Any

from opensearchpy import OpenSearch
from opensearchpy.exceptions import TransportError

from index.engines.opensearch.server import Server

__all__ = ["Body", "ask_all"]

Body = dict[str, Any]


def ask_all(server: Server, index: str, questions: Sequence[Body]) -> list[Body]:
    """Return the answers to the questions in order. Raises what `Server.call` raises when one has none."""
    if not questions:
        return []
    if len(questions) == 1:
        (body,) = questions
        return [server.call(lambda client: client.search(index=index, body=body, allow_partial_search_results=False))]
    head = {"index": index, "allow_partial_search_results": False}
    lines = [line for question in questions for line in (head, question)]

    def ask(client: OpenSearch) -> list[Body]:
        answers: list[Body] = client.msearch(body=lines)["responses"]
        for answer in answers:
            if "error" in answer:
                raise TransportError(answer["status"], answer["error"].get("type"), answer)
        return answers

    return server.call(ask)
