"""What a run of all doctests leaves out: modules of the training when torch, which only training needs, is missing."""

from importlib.util import find_spec

collect_ignore = (
    [f"index/recognizer/{name}.py" for name in ("network", "training", "export")] if find_spec("torch") is None else []
)
