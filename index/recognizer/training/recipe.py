"""Recipe of the shipped recognizer: training sets with their shares, probabilities of augmentation, learning rates."""

import gzip
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Final

from index.errors import ModelError
from index.model import Kind
from index.packs.loader import Packs, split_cell
from index.recognizer.training.augmentation import Chances
from index.recognizer.training.cleaning import Conventions, read_forms

__all__ = ["PACKS", "TRAINING_SETS", "VOTING_SETS", "Recipe", "given_names", "read_place_names", "recipe_conventions"]

# Share of each set's documents in one round over the data; above 1, some come twice.
TRAINING_SETS: Final[Mapping[str, float]] = {
    "gmb_train": 0.75,
    "docred_train": 1.0,
    "crossner_train": 1.0,
    "uner_ewt_train": 1.0,
    "wikigold_train": 1.5,
}
# Input of the cleaning: titles, given names, and the kinds of known forms.
PACKS: Final = ("core", "defence", "names")
# Annotated by a program and partly corrected by people: consistent enough to vote on its own forms.
VOTING_SETS: Final = ("gmb_train",)
_CONVENTIONS = Path(__file__).with_name("conventions.tsv")
_KINDS = {Kind.PEOPLE: "PERSON", Kind.ORGANIZATIONS: "ORG", Kind.PLACES: "GPE"}


@dataclass(frozen=True, slots=True)
class Recipe:
    """Numbers of a training, tuned on short runs against the development sets.

    Each of `trainings` starts from the same weights and reads documents in an order of its own, first for `steady`
    steps at the full rate, then for `falling` steps in which the rate falls to zero and the share `capitals` of the
    rows is read as if written in capitals. The weights of all of them are averaged.
    """

    trainings: int = 2
    steady: int = 1_200
    falling: int = 950
    seed: int = 1
    budget: int = 2_048
    rate: float = 2e-4
    new_rate: float = 1e-3
    warm_up: int = 150
    weight_decay: float = 0.01
    dropout: float = 0.1
    doubt_below: float = 0.05
    capitals: float = 0.1
    chances: Chances = field(default_factory=Chances)
    # Added to the scores of these kinds in the end, to balance missed and wrong names.
    shifts: Mapping[str, float] = field(default_factory=lambda: {"ORG": 0.3, "GPE": -0.3})

    @property
    def steps(self) -> int:
        """Number of steps of all trainings."""
        return self.trainings * self.steps_of_one

    @property
    def steps_of_one(self) -> int:
        """Number of steps of one training."""
        return self.steady + self.falling

    def scaled(self, steps: int) -> "Recipe":
        """Return the recipe scaled in all parts to about `steps` steps."""
        part = steps / self.steps
        return replace(self, steady=round(part * self.steady), falling=max(1, round(part * self.falling)))


def recipe_conventions(packs: Packs) -> Conventions:
    """Return the conventions for the training sets, with the titles and unambiguous forms of `packs`."""
    known: dict[str, str] = {}
    unsure: set[str] = set()
    for entry in packs.entries:
        kind = _KINDS.get(entry.kind)
        ambiguous = split_cell(entry.attributes.get("ambiguous", ""))
        unsure.update(ambiguous)
        for form in (entry.name, *entry.aliases):
            if kind is None or known.setdefault(form, kind) != kind:
                unsure.add(form)
    for row in packs.rows("demonyms"):
        for form in split_cell(row["demonym"]):
            known.setdefault(form, "NORP")
    titles = {word for row in packs.rows("titles") if row["use"] == "title" for word in split_cell(row["title"])}
    heads = {word for row in packs.rows("organization_words") for word in split_cell(row["word"])}
    return Conventions(
        read_forms(_CONVENTIONS),
        titles=frozenset(titles),
        known={form: kind for form, kind in known.items() if form not in unsure},
        given=frozenset(given_names(packs)),
        heads=frozenset(heads),
    )


def given_names(packs: Packs) -> Iterator[str]:
    """Yield the given names of all regions in the packs."""
    for row in packs.rows("given_names"):
        yield from split_cell(row["names"])


def read_place_names(data: Path) -> Iterator[str]:
    """Yield the names of cities and countries in the gazetteer of a data folder.

    Raises `ModelError` when it is missing.
    """
    path = data / "gazetteer" / "world_cities.jsonl.gz"
    if not path.is_file():
        raise ModelError(f"No {path}. Name the folder that holds gazetteer/world_cities.jsonl.gz with `--data`.")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield row["name"]
            yield row["country"]
