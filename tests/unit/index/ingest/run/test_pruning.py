"""Files and articles that are gone after a run."""

from index.ingest.run.pruning import _Hashes


def test_a_set_of_hashes_has_what_was_added_before_and_after_it_was_asked() -> None:
    texts = [f"news/{number}.txt" for number in range(1000)]
    hashes = _Hashes()
    assert "a" not in hashes
    for text in texts[:500]:
        hashes.add(text)
    assert all(text in hashes for text in texts[:500])
    assert not any(text in hashes for text in texts[500:])
    for text in texts[500:]:
        hashes.add(text)
    assert all(text in hashes for text in texts)
    assert "b" not in hashes
