"""Training of the recognizer that ships: documents and their cleaning, the network, evaluation and export."""

__all__: list[str] = []
