"""What the user wrote, as a tree: parser, printer, rewriter."""

__all__: list[str] = []
