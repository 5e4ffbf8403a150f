from search.engines.cache import BoundedCache


def test_a_value_is_computed_once() -> None:
    cache = BoundedCache[str](100, len)
    calls: list[str] = []

    def compute() -> str:
        calls.append("x")
        return "value"

    assert [cache.get("key", compute), cache.get("key", compute)] == ["value", "value"]
    assert calls == ["x"]


def test_what_was_not_used_for_longest_is_forgotten_first() -> None:
    cache = BoundedCache[str](10, len)
    for key in ("a", "b"):
        cache.get(key, lambda: "12345")
    cache.get("a", lambda: "never")
    cache.get("c", lambda: "12345")
    assert cache.get("a", lambda: "again") == "12345"
    assert cache.get("b", lambda: "again") == "again"


def test_a_value_larger_than_the_cache_is_kept_alone() -> None:
    cache = BoundedCache[str](3, len)
    assert cache.get("a", lambda: "12345") == cache.get("a", lambda: "never") == "12345"
