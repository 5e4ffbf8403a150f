"""Tables of older programs, brought up to those of this one step by step."""

__all__: list[str] = []
