"""Rules that merge names of places: with the region after it, or without the word for a building."""

import re
from collections.abc import Iterable, Iterator
from itertools import combinations

from index.identity.clusters import Clusters, NameGroup, Stage
from index.identity.naming.keys import key_of
from index.identity.pack_names import PackNames
from index.identity.records import NameId
from index.identity.similarity.short_forms import is_part_of_place
from index.model import Kind
from index.normalize.name_words import NameWords, Words

__all__ = ["link_places", "located_in", "names_of_building"]

_LOCATED = re.compile(r"(?P<place>[^,]+?)(?:,\s*|\s+in\s+)(?P<region>\S.*)")
# More regions than this behind one name are a name that many places have.
_MOST_REGIONS = 6


def link_places(clusters: Clusters, pack_names: PackNames, words: NameWords) -> None:
    """Link the names of places that say more, or less, than another name of what can only be the same place."""
    clusters.begin(Stage.REGION)
    _link_located(clusters, pack_names, words)
    clusters.begin(Stage.BUILDING)
    _link_buildings(clusters, words)


def _link_located(clusters: Clusters, pack_names: PackNames, words: NameWords) -> None:
    """Link "Biloxi, Miss." and "Biloxi, Mississippi" to "Biloxi", when the archive names no Biloxi elsewhere."""
    located: dict[NameId, list[tuple[NameGroup, Words]]] = {}
    for group in clusters.loose(Kind.PLACES):
        found = located_in(group, words)
        if found is not None:
            place, region = found
            located.setdefault((Kind.PLACES, place), []).append((group, region))
    for place_id, found_here in sorted(located.items()):
        regions = {region for _, region in found_here}
        is_named = place_id in clusters.groups
        assert place_id not in clusters.frozen, "names of places and the same with a region are open together"
        target = place_id if is_named else min((group for group, _ in found_here), key=_by_weight).id
        if len(regions) > _MOST_REGIONS or not _is_one_place(regions, pack_names):
            if is_named:
                heads = {group.id for group, _ in found_here}
                clusters.choose(place_id, heads, "short form", "“{}” without the region")
        elif _may_lie_in(clusters.head(target), regions, clusters, pack_names):
            for group, _ in found_here:
                text = clusters.groups[target].text
                clusters.link(group.id, target, "region", f"“{text}” with where it lies, the only one in the archive")


def located_in(group: NameGroup, words: NameWords) -> tuple[str, Words] | None:
    """The key of the place and the words of the region of a name that has both: "Biloxi, Mississippi"."""
    found = _LOCATED.fullmatch(group.text)
    if found is None:
        return None
    place, region = (key_of(found[part], Kind.PLACES, reference=None, words=words) for part in ("place", "region"))
    if not place or not region or place == group.key or words.is_generic(tuple(place.split())):
        return None
    return place, tuple(region.split())


def _is_one_place(regions: Iterable[Words], pack_names: PackNames) -> bool:
    """True when all regions may be one: one the beginning of the other ("Miss."), or one the country of the other."""
    return all(
        " ".join(right).startswith(" ".join(left)) or _shares_country(left, right, pack_names)
        for left, right in combinations(sorted(regions), 2)
    )


def _shares_country(left: Words, right: Words, pack_names: PackNames) -> bool:
    one, other = (pack_names.by_words.get((Kind.PLACES, region)) for region in (left, right))
    if one is None or other is None:
        return False
    country = one.attributes.get("country"), other.attributes.get("country")
    return one is other or country[0] == other.name or country[1] == one.name


def _may_lie_in(head: NameId, regions: Iterable[Words], clusters: Clusters, pack_names: PackNames) -> bool:
    """False for a place that packs know and that lies in another country: "Paris, Texas"."""
    entry = clusters.entries.get(head)
    if entry is None:
        return True
    known = [pack_names.by_words.get((Kind.PLACES, region)) for region in regions]
    country = entry.attributes.get("country")
    return country is not None and all(
        place is not None and country in (place.name, place.attributes.get("country")) for place in known
    )


def _link_buildings(clusters: Clusters, words: NameWords) -> None:
    """Link "Ayla Brunt" to "Ayla Brunt Center" when no other building in the archive has the name."""
    longer: dict[Words, list[NameGroup]] = {}
    for group in clusters.of_kind(Kind.PLACES):
        for name in names_of_building(group.words, words):
            longer.setdefault(name, []).append(group)
    for group in clusters.turns(Kind.PLACES):
        candidates = clusters.few(longer.get(group.words, []), group.kind, " ".join(group.words))
        found = [other for other in candidates if is_part_of_place(group.words, other.words, words)]
        clusters.link_to_only(group, found, "short form", "shorter form of “{}”, the only one in the archive")


def names_of_building(full: Words, words: NameWords) -> Iterator[Words]:
    """Yield a name without the words at its end that say what kind of building it is, as long as two words are left."""
    for end in range(len(full) - 1, 1, -1):
        if full[end] not in words.facilities:
            break
        yield full[:end]


def _by_weight(group: NameGroup) -> tuple[int, str]:
    return -group.mentions, group.key
