"""Components that find names with a model: the recognizer that ships with the program, or any spaCy pipeline."""

__all__: list[str] = []
