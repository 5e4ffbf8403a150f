"""Rules that recognize expressions of time, by the words of a sentence: each module knows one kind of them."""

__all__: list[str] = []
