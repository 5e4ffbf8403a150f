"""Work of one worker: tasks and their results, reading sources, extracting and linking. Knows no catalog."""

__all__: list[str] = []
