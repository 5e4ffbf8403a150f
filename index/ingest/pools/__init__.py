"""Pools of workers: `base` states the contract, its siblings are alternatives, `retry` is shared by all of them."""

__all__: list[str] = []
