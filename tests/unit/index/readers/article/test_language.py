import pytest

from index.readers.article.language import detect_language, normalize_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The ferries between the islands returned to service on Monday after a week of strikes.", "en"),
        ("Die Fähren zwischen den Inseln fahren seit Montag wieder, teilte die Gewerkschaft am Abend mit.", "de"),
        ("Bakan, yeni sistemlerin teslimatının gelecek yıl başlayacağını ve görüşmelerin süreceğini söyledi.", "tr"),
        ("Министр обороны заявил, что поставки новых систем начнутся в следующем году.", "ru"),
        ("Le ministre a déclaré que les livraisons commenceraient l’année prochaine, selon l’agence.", "fr"),
        ("Too short to tell.", None),
        ("1 2 3 4 5 6 7 8 9 " * 10, None),
        ("", None),
    ],
)
def test_language_is_told_where_it_is_clear(text: str, language: str | None) -> None:
    assert detect_language(text) == language


@pytest.mark.parametrize(
    ("stated", "code"),
    [
        ("en", "en"),
        ("EN-us", "en"),
        ("pt_BR", "pt"),
        (" tr ", "tr"),
        ("english", None),
        ("", None),
        (None, None),
        ("e", None),
    ],
)
def test_stated_language_is_a_code(stated: str | None, code: str | None) -> None:
    assert normalize_language(stated) == code
