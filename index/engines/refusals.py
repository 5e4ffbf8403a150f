"""Documents that an engine cannot take for their content: collected while it writes, and told before it commits."""

from collections.abc import Iterable, Mapping

from index.errors import DocumentRejectedError

__all__ = ["Refusals"]


class Refusals:
    """The documents of a commit that were refused. One that is put again, or deleted, is not refused any more."""

    def __init__(self) -> None:
        self._reasons: dict[str, str] = {}

    def add(self, reasons: Mapping[str, str]) -> None:
        """Take documents that were refused, each with the reason."""
        self._reasons.update(reasons)

    def discard(self, ids: Iterable[str]) -> None:
        """Forget documents."""
        for document_id in ids:
            self._reasons.pop(document_id, None)

    def tell(self) -> None:
        """Raise `DocumentRejectedError` for documents that were not told of yet, and forget them."""
        if self._reasons:
            reasons, self._reasons = self._reasons, {}
            raise DocumentRejectedError(reasons)
