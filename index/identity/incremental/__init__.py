"""Resolution of only what a change touches, equal to resolving everything; reads through `IdentityStore`."""

__all__: list[str] = []
