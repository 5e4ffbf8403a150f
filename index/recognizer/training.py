"""Trains the network: same data, same seed and same number of steps give the same weights on the same machine.

The rate of learning rises for a few steps and stays. Then several branches go on from the same weights, each with other
documents and a rate that falls to nothing; the average of their weights is better than each ("Model soups", Wortsman
et al., 2022). From the second round over the data on, a word whose label the network finds next to impossible is left
out: at that point it is more often the annotation that is wrong than the network. In the branches names are believed
again, and only missing ones are doubted.
"""

import logging
import math
import random
from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path
from typing import Any, Final

import torch
from torch import Tensor, nn

from index.packs.loader import Packs
from index.recognizer.augmentation import NamePools, collect_pools, vary
from index.recognizer.cleaning import clean
from index.recognizer.documents import Document, read_documents
from index.recognizer.labels import OUTSIDE, label_index
from index.recognizer.network import Network, load_encoder
from index.recognizer.pieces import Pieces, read_vocabulary
from index.recognizer.recipe import (
    TRAINING_SETS,
    VOTING_SETS,
    Recipe,
    given_names,
    read_place_names,
    recipe_conventions,
)
from index.recognizer.rows import IGNORED, Row, in_capitals, make_batches
from index.recognizer.words import SPECIAL_CASE

__all__ = ["Material", "prepare", "train"]

_log = logging.getLogger(__name__)
_LOG_EVERY = 50
_MAX_NORM = 1.0
_STATE: Final = ("network", "optimizer")
_PLAIN_STATE: Final = ("step", "trunk", "total")


@dataclass(frozen=True, slots=True)
class Material:
    """Cleaned documents by set, and the names to swap in."""

    documents: Mapping[str, Sequence[Document]]
    pools: NamePools


def prepare(data: Path, packs: Packs) -> Material:
    """Read and clean the training sets of a data folder. Raises `ModelError` when one is not there."""
    raw = [document for source in TRAINING_SETS for document in read_documents(data, source)]
    cleaned = clean(raw, recipe_conventions(packs), voting=VOTING_SETS)
    pools = collect_pools(cleaned, given=given_names(packs), places=read_place_names(data), rough=VOTING_SETS)
    by_source: dict[str, list[Document]] = {source: [] for source in TRAINING_SETS}
    for document in cleaned:
        by_source[document.source].append(document)
    return Material(by_source, pools)


def _draw_round(material: Material, dice: random.Random) -> list[Document]:
    """The documents of one round in random order: of each set its share."""
    drawn: list[Document] = []
    for source, share in TRAINING_SETS.items():
        documents = material.documents[source]
        whole, part = divmod(share, 1.0)
        drawn += list(documents) * int(whole)
        drawn += dice.sample(list(documents), round(part * len(documents)))
    dice.shuffle(drawn)
    return drawn


def _batches(material: Material, pieces: Pieces, recipe: Recipe) -> Iterator[tuple[int, Sequence[Row]]]:
    """Batches without end, each with the number of its round."""
    number = 0
    while True:
        dice = random.Random(f"{recipe.seed}/{number}")  # noqa: S311 - to be repeated, not to be secret
        varied = (vary(document, material.pools, recipe.chances, dice) for document in _draw_round(material, dice))
        for batch in make_batches(varied, pieces, budget=recipe.budget, dice=dice):
            yield number, batch
        number += 1


def _some_in_capitals(batch: Sequence[Row], chance: float, dice: random.Random) -> list[Row]:
    return [in_capitals(row) if dice.random() < chance else row for row in batch]


def _pad(rows: Sequence[Row], padding: int) -> tuple[Tensor, Tensor, Tensor, Tensor, Tensor]:
    longest = max(map(len, rows))

    def fill(lists: Sequence[list[int]] | Sequence[list[bool]], value: int) -> Tensor:
        return torch.tensor([numbers + [value] * (longest - len(numbers)) for numbers in lists])

    mask = torch.tensor([[True] * len(row) + [False] * (longest - len(row)) for row in rows])
    kept = fill([row.kept for row in rows], False)
    return (
        fill([row.pieces for row in rows], padding),
        fill([row.cases for row in rows], SPECIAL_CASE),
        mask,
        kept,
        fill([row.labels for row in rows], IGNORED).masked_fill(~kept, IGNORED),
    )


def _rate(step: int, recipe: Recipe) -> float:
    """The part of the full rate at a step."""
    if step < recipe.trunk:
        return min(1.0, (step + 1) / recipe.warm_up)
    step -= recipe.trunk
    for branch in recipe.branches:
        if step < branch:
            return 1.0 - step / branch
        step -= branch
    return 0.0


def _loss(scores: Tensor, labels: Tensor, *, doubt_below: float, trust_names: bool) -> Tensor:
    """Mean cross entropy of the labelled words, without those whose label has a chance under `doubt_below`.

    With `trust_names` only words that are said to be no name are doubted.
    """
    known = labels != IGNORED
    labels = labels[known]
    each = nn.functional.cross_entropy(scores[known], labels, reduction="none")
    if doubt_below > 0:
        kept = each.detach() < -math.log(doubt_below)
        if trust_names:
            kept |= labels != OUTSIDE
        each = each[kept]
    return each.mean()


class _Training:
    """A network and its optimizer, the state both had where branches begin, and the sum of the branches' weights."""

    def __init__(self, network: Network, recipe: Recipe) -> None:
        self.network = network
        self.recipe = recipe
        self.step = 0
        self.trunk: dict[str, Any] | None = None
        self.total: dict[str, Tensor] = {}
        # The embeddings of pieces stay as the encoder learned them from far more text than ours: a third of the time
        # saved.
        network.words.weight.requires_grad_(False)
        new = [*network.cases.parameters(), *network.out.parameters()]
        own = {id(parameter) for parameter in new}
        old = [each for each in network.parameters() if each.requires_grad and id(each) not in own]
        self.optimizer = torch.optim.AdamW(
            [{"params": old}, {"params": new}], lr=recipe.rate, weight_decay=recipe.weight_decay
        )

    def take_step(self, loss: Tensor) -> None:
        """Change the weights against `loss`; where branches begin and end, note them."""
        part = _rate(self.step, self.recipe)
        for group, rate in zip(self.optimizer.param_groups, (self.recipe.rate, self.recipe.new_rate), strict=True):
            group["lr"] = rate * part
        loss.backward()
        nn.utils.clip_grad_norm_(self.network.parameters(), _MAX_NORM)
        self.optimizer.step()
        self.optimizer.zero_grad()
        self.step += 1
        if self.step == self.recipe.trunk:
            self.trunk = deepcopy({"network": self.network.state_dict(), "optimizer": self.optimizer.state_dict()})
        elif self.step in accumulate(self.recipe.branches, initial=self.recipe.trunk):
            self._end_branch()

    def _end_branch(self) -> None:
        for name, weights in self.network.state_dict().items():
            self.total[name] = self.total.get(name, torch.zeros_like(weights)) + weights
        if self.trunk is not None:
            self.network.load_state_dict(self.trunk["network"])
            self.optimizer.load_state_dict(self.trunk["optimizer"])

    def average(self) -> Network:
        """The network with the mean of the branches' weights, and with the recipe's shifts."""
        self.network.load_state_dict({name: total / len(self.recipe.branches) for name, total in self.total.items()})
        with torch.no_grad():
            for kind, shift in self.recipe.shifts.items():
                for is_first in (True, False):
                    self.network.out.bias[label_index(kind, is_first=is_first)] += shift
        return self.network.eval()

    def save(self, path: Path) -> None:
        """Write all of it, and the state of the random numbers, to a file."""
        fresh = path.with_suffix(".new")
        state = {name: getattr(self, name) for name in _PLAIN_STATE}
        state |= {name: getattr(self, name).state_dict() for name in _STATE}
        torch.save(state | {"dice": torch.get_rng_state()}, fresh)
        fresh.replace(path)

    def load(self, path: Path) -> None:
        """Take up what `save` wrote."""
        saved = torch.load(path)
        for name in _STATE:
            getattr(self, name).load_state_dict(saved[name])
        for name in _PLAIN_STATE:
            setattr(self, name, saved[name])
        torch.set_rng_state(saved["dice"])


def train(
    encoder: Path, material: Material, recipe: Recipe, *, checkpoint: Path | None = None, save_every: int = 200
) -> Network:
    """A trained network. With `checkpoint`, what is there is taken up again, and the state is saved now and then."""
    torch.manual_seed(recipe.seed)
    pieces = Pieces(read_vocabulary(encoder / "vocab.txt"))
    training = _Training(load_encoder(encoder, dropout=recipe.dropout), recipe)
    if checkpoint is not None and checkpoint.is_file():
        training.load(checkpoint)
    training.network.train()
    done = training.step
    losses: list[float] = []
    dice = random.Random(f"{recipe.seed}/capitals")  # noqa: S311 - to be repeated, not to be secret
    for step, (number, batch) in enumerate(_batches(material, pieces, recipe)):
        if step >= recipe.trunk:
            batch = _some_in_capitals(batch, recipe.capitals, dice)
        if step < done:
            continue
        if step >= recipe.steps:
            break
        read, cases, mask, kept, labels = _pad(batch, pieces.padding)
        loss = _loss(
            training.network(read, cases, mask, kept),
            labels,
            doubt_below=recipe.doubt_below if number > 0 else 0.0,
            trust_names=step >= recipe.trunk,
        )
        training.take_step(loss)
        losses.append(loss.item())
        if training.step % _LOG_EVERY == 0:
            mean = sum(losses[-_LOG_EVERY:]) / len(losses[-_LOG_EVERY:])
            _log.info("step %d of %d, round %d, loss %.4f", training.step, recipe.steps, number + 1, mean)
        if checkpoint is not None and training.step % save_every == 0:
            training.save(checkpoint)
    return training.average()
