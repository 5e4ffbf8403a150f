"""Workers on the machines of a Ray cluster: the only folder that imports Ray. Reading stays where the files are."""

__all__: list[str] = []
