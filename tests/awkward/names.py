"""Invented names for the awkward archive, and a pack that knows them."""

import random
from pathlib import Path

__all__ = ["EVERYWHERE", "LONG_NAME", "LONG_SYSTEM", "ONE_WORD", "PEOPLE", "PLACES", "SYSTEMS", "write_pack"]

_ONSETS = ("B", "Br", "D", "F", "G", "H", "K", "L", "M", "N", "P", "R", "S", "T", "V", "Z")
_MIDDLES = ("a", "e", "i", "o", "u", "ai", "ou")
_ENDS = ("dran", "lvek", "mbor", "nsil", "rqua", "shtu", "ttif", "vyr", "zzem", "ldow")


def _invented(count: int, *, seed: int) -> tuple[str, ...]:
    """Return distinct names of two invented words."""
    chance = random.Random(seed)
    names: dict[str, None] = {}
    while len(names) < count:
        first, last = (
            chance.choice(_ONSETS) + chance.choice(_MIDDLES) + chance.choice(_ENDS) + ending
            for ending in (chance.choice(("", "a", "o")), chance.choice(("en", "ik", "ou", "ar")))
        )
        names[f"{first} {last}"] = None
    return tuple(names)


LONG_NAME = "Grandmaster Oleandra Thessalonika Wintermarrow-Featherstonehaugh of the Upper Quagmirelands"
"""A person with ninety letters."""

ONE_WORD = "Zwischenzeitlichkeitsverwaltungsobersterrechnungsprufungshofpersonalabteilungsleitungsbeirat"
"""An organization of one word that no browser breaks by itself."""

LONG_SYSTEM = "Kvornbrandt-XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX-9000/Mk-77"
"""A system whose name has no blank."""

EVERYWHERE = "Tallow Exchange"
"""The organization in more than a thousand articles."""

PEOPLE = (*_invented(299, seed=1), LONG_NAME)
"""Three hundred people; the second word of a name is a surname."""

PLACES = ("Ostrelbury", "Quenmoor", "Varnaholt", "Sillowick", "Marrowgate", "Dunquist", "Ellopont", "Brackenthorpe",
          "Upper Quagmirelands", "مدينة النخيل الطويلة")  # fmt: skip
"""Ten places; one is written from right to left."""

SYSTEMS = (
    ("Merlwing-4", "air defence"), ("Merlwing-7", "air defence"), ("Hollowtern", "air defence"),
    ("Skarn-12", "fighter"), ("Skarn-15", "fighter"), ("Peldrake", "drone"), ("Oxbow-2", "drone"), ("Oxbow-3", "drone"),
    (LONG_SYSTEM, "drone"),
)  # fmt: skip
"""Nine systems with their kinds."""

_OTHER_NAMES = {PEOPLE[0]: ("The Old Lantern",), PEOPLE[1]: ("Cobalt Heron", "Heron of Quenmoor")}
_ORGANIZATIONS = (EVERYWHERE, ONE_WORD, "Quenmoor Salt Board", "Guild of Lamplighters", "Varnaholt Ferry Union",
                  "Hollow Pier Trust", "Sillowick Observatory", "Brackenthorpe Mint")  # fmt: skip


def write_pack(folder: Path) -> Path:
    """Write a pack with all names into `folder`, and return it."""
    folder.mkdir(parents=True)
    tables = {
        "people": [(name, "|".join(_OTHER_NAMES.get(name, ())), "") for name in PEOPLE],
        "organizations": [(name, "", "") for name in _ORGANIZATIONS],
        "places": [(name, "", "") for name in PLACES],
        "systems": [(name, "", category) for name, category in SYSTEMS],
    }
    head = ['name = "awkward"', 'version = "1"', 'licence = "CC0"', 'sources = ["Invented for tests"]']
    for table, rows in tables.items():
        head += [
            f"[tables.{table}]", f'kind = "{table}"', 'description = ["category"]', f"[tables.{table}.columns]",
            'name = "The name"', 'aliases = "Other names"', 'category = "What it is"',
        ]  # fmt: skip
        lines = ["name\taliases\tcategory", *("\t".join(row) for row in rows)]
        (folder / f"{table}.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")
    (folder / "pack.toml").write_text("\n".join(head) + "\n", encoding="utf-8")
    return folder
