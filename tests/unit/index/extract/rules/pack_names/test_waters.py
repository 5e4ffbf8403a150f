from collections.abc import Callable

import pytest

from index.model import Kind, Mention

Find = Callable[[str], list[Mention]]
NIGER, NIGER_RIVER = "core:niger", "core:niger-river"
CONGO, CONGO_RIVER = "core:republic-of-the-congo", "core:congo-river"


@pytest.mark.parametrize(
    ("text", "references"),
    [
        ("Farmers along the Niger lost their harvest.", [NIGER_RIVER]),
        ("They swam across the Niger at dawn.", [NIGER_RIVER]),
        ("The Niger is long.", [NIGER_RIVER]),
        ("Dams on the Niger and the Senegal were built.", [NIGER_RIVER, "core:senegal-river"]),
        ("Water from the Jordan, they said.", ["core:jordan-river"]),
        ("The Tennessee flooded.", ["core:tennessee-river"]),
        ("Along the Mississippi, corn grows.", ["core:mississippi-river"]),
        # The country: no article, or a noun behind it
        ("Soldiers in Niger left.", [NIGER]),
        ("The Niger coup failed.", [NIGER]),
        ("Soldiers along the Niger border left.", [NIGER]),
        ("The Mississippi governor spoke.", ["core:mississippi"]),
        ("Ports along Niger's river grew.", [NIGER]),
        # A country with an article of its own
        ("He rowed down the Congo.", [CONGO_RIVER]),
        ("A barge sank on the Congo on Monday.", [CONGO_RIVER]),
        ("Both banks of the Congo were lit.", [CONGO_RIVER]),
        ("The Congo burst its banks.", [CONGO_RIVER]),
        ("In the Congo, rebels sank a boat.", [CONGO]),
        ("The Congo is at war.", [CONGO]),
        ("A debate on the Congo was held.", [CONGO]),
        ("The Gambia voted.", ["core:gambia"]),
        # A town
        ("Boats are stuck on the Columbia at dusk.", ["core:columbia-river"]),
        ("In the Moscow and Perth offices, boats hung from a wall.", ["core:moscow", "core:perth"]),
    ],
)
def test_a_river_has_an_article_and_no_noun_behind_it(text: str, references: list[str], find: Find) -> None:
    assert [mention.reference for mention in find(text) if mention.kind is Kind.PLACES] == references
