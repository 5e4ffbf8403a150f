"""Train the network. Same data, seed and number of steps give the same weights on the same machine.

The learning rate rises for a few steps, stays, and in the end falls to zero. This is done several times from the same
start with the documents in another order, and the weights are averaged ("Model soups", Wortsman et al., 2022). From the
second round over the data on, words whose label the network finds almost impossible are left out: by then the
annotation is more often wrong than the network. While the rate falls, annotated names are trusted again, and only
missing ones are doubted.
"""

import logging
import math
import random
from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import count, islice
from pathlib import Path
from typing import Final, NamedTuple

import torch
from torch import Tensor, nn

from index.packs.loader import Packs
from index.recognizer.labels import OUTSIDE, label_index
from index.recognizer.pieces import Pieces, read_vocabulary
from index.recognizer.training.augmentation import NamePools, collect_pools, vary
from index.recognizer.training.cleaning import clean
from index.recognizer.training.documents import Document, read_documents
from index.recognizer.training.network import Network, load_encoder
from index.recognizer.training.recipe import (
    TRAINING_SETS,
    VOTING_SETS,
    Recipe,
    given_names,
    read_place_names,
    recipe_conventions,
)
from index.recognizer.training.rows import IGNORED, Row, in_capitals, make_batches
from index.recognizer.words import SPECIAL_CASE

__all__ = ["Material", "prepare", "train"]

_log = logging.getLogger(__name__)
_LOG_EVERY = 50
_MAX_NORM = 1.0
# Steps in 16 bits take two thirds of the time where the processor has instructions for them; weights stay in 32.
_HAS_SHORT_NUMBERS = any(torch.cpu.get_capabilities().get(name) for name in ("avx512_bf16", "bf16"))
_STATE: Final = ("network", "optimizer")
_PLAIN_STATE: Final = ("step", "total")


class _Batch(NamedTuple):
    """Rows of one step, the round over the data they belong to, and whether the rate falls by then."""

    rows: Sequence[Row]
    round_number: int
    is_falling: bool


@dataclass(frozen=True, slots=True)
class Material:
    """Cleaned documents by set, and the names to swap in."""

    documents: Mapping[str, Sequence[Document]]
    pools: NamePools


def prepare(data: Path, packs: Packs) -> Material:
    """Read and clean the training sets of a data folder. Raises `ModelError` when one is missing."""
    raw = [document for source in TRAINING_SETS for document in read_documents(data, source)]
    cleaned = clean(raw, recipe_conventions(packs), voting=VOTING_SETS)
    pools = collect_pools(cleaned, given=given_names(packs), places=read_place_names(data), rough=VOTING_SETS)
    by_source: dict[str, list[Document]] = {source: [] for source in TRAINING_SETS}
    for document in cleaned:
        by_source[document.source].append(document)
    return Material(by_source, pools)


def _draw_round(material: Material, dice: random.Random) -> list[Document]:
    """Return the documents of one round in random order: of each set its share."""
    drawn: list[Document] = []
    for source, share in TRAINING_SETS.items():
        documents = material.documents[source]
        whole, part = divmod(share, 1.0)
        drawn += list(documents) * int(whole)
        drawn += dice.sample(list(documents), round(part * len(documents)))
    dice.shuffle(drawn)
    return drawn


def _all_batches(material: Material, pieces: Pieces, recipe: Recipe) -> Iterator[_Batch]:
    """Yield the batches of all trainings in turn."""
    for seed in range(recipe.seed, recipe.seed + recipe.trainings):
        yield from islice(_batches(material, pieces, recipe, seed), recipe.steps_of_one)


def _batches(material: Material, pieces: Pieces, recipe: Recipe, seed: int) -> Iterator[_Batch]:
    """Yield batches without end."""
    capitals = random.Random(f"{seed}/capitals")  # noqa: S311 - to be repeated, not to be secret
    step = 0
    for number in count():
        dice = random.Random(f"{seed}/{number}")  # noqa: S311 - to be repeated, not to be secret
        varied = (vary(document, material.pools, recipe.chances, dice) for document in _draw_round(material, dice))
        for rows in make_batches(varied, pieces, budget=recipe.budget, dice=dice):
            is_falling = step >= recipe.steady
            yield _Batch(_some_in_capitals(rows, recipe.capitals, capitals) if is_falling else rows, number, is_falling)
            step += 1


def _some_in_capitals(batch: Sequence[Row], chance: float, dice: random.Random) -> list[Row]:
    return [in_capitals(row) if dice.random() < chance else row for row in batch]


def _pad(rows: Sequence[Row], padding: int) -> tuple[tuple[Tensor, ...], Tensor]:
    """Return the padded input of the network for rows, and the labels [rows, kept] to predict."""
    longest = max(map(len, rows))
    kept = [[place for place, is_kept in enumerate(row.kept) if is_kept] for row in rows]
    most = max(map(len, kept))
    labels = [[row.labels[place] for place in places] for row, places in zip(rows, kept, strict=True)]
    return (
        _fill([row.pieces for row in rows], padding, longest),
        _fill([row.cases for row in rows], SPECIAL_CASE, longest),
        _fill([[True] * len(row) for row in rows], False, longest),
        _fill(kept, 0, most),
        _fill([[True] * len(places) for places in kept], False, most),
    ), _fill(labels, IGNORED, most)


def _fill(lists: Sequence[Sequence[int]], value: int, length: int) -> Tensor:
    """Return a tensor with one row for each list, padded to one length."""
    return torch.tensor([[*numbers, *[value] * (length - len(numbers))] for numbers in lists])


def _rate(step: int, recipe: Recipe) -> float:
    """Return the share of the full rate at a step of a training."""
    if step < recipe.steady:
        return min(1.0, (step + 1) / recipe.warm_up)
    return 1.0 - (step - recipe.steady) / recipe.falling


def _loss(scores: Tensor, labels: Tensor, *, doubt_below: float, trust_names: bool) -> Tensor:
    """Return the mean cross entropy of the labelled words, without those whose label is less likely than `doubt_below`.

    With `trust_names` only words annotated as outside of names are left out.
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
    """A network and its optimizer, and the sum of the weights of finished trainings."""

    network: Network
    optimizer: torch.optim.Optimizer

    def __init__(self, encoder: Path, recipe: Recipe) -> None:
        self.encoder = encoder
        self.recipe = recipe
        self.step = 0
        self.total: dict[str, Tensor] = {}
        self._begin()

    def _begin(self) -> None:
        """Start from the encoder. New weights are the same each time, so that averages make sense."""
        recipe = self.recipe
        torch.manual_seed(recipe.seed)
        self.network = load_encoder(self.encoder, dropout=recipe.dropout).train()
        # Piece embeddings stay frozen: the encoder learned them from far more text than ours. This saves a third
        # of the time.
        self.network.words.weight.requires_grad_(False)
        new = [*self.network.cases.parameters(), *self.network.out.parameters()]
        own = {id(parameter) for parameter in new}
        old = [each for each in self.network.parameters() if each.requires_grad and id(each) not in own]
        self.optimizer = torch.optim.AdamW(
            [{"params": old}, {"params": new}], lr=recipe.rate, weight_decay=recipe.weight_decay
        )

    def take_step(self, loss: Tensor) -> None:
        """Take a step against `loss`; at the end of a training, record the weights and start again."""
        recipe = self.recipe
        part = _rate(self.step % recipe.steps_of_one, recipe)
        for group, rate in zip(self.optimizer.param_groups, (recipe.rate, recipe.new_rate), strict=True):
            group["lr"] = rate * part
        loss.backward()
        nn.utils.clip_grad_norm_(self.network.parameters(), _MAX_NORM)
        self.optimizer.step()
        self.optimizer.zero_grad()
        self.step += 1
        if self.step % recipe.steps_of_one == 0:
            for name, weights in self.network.state_dict().items():
                self.total[name] = self.total.get(name, torch.zeros_like(weights)) + weights
            self._begin()

    def average(self) -> Network:
        """Return the network with the mean of the weights, and with the recipe's shifts."""
        self.network.load_state_dict({name: total / self.recipe.trainings for name, total in self.total.items()})
        with torch.no_grad():
            for kind, shift in self.recipe.shifts.items():
                for is_first in (True, False):
                    self.network.out.bias[label_index(kind, is_first=is_first)] += shift
        return self.network.eval()

    def save(self, path: Path) -> None:
        """Write the whole state, including the random numbers, to a file."""
        fresh = path.with_suffix(".new")
        state = {name: getattr(self, name) for name in _PLAIN_STATE}
        state |= {name: getattr(self, name).state_dict() for name in _STATE}
        torch.save(state | {"dice": torch.get_rng_state()}, fresh)
        fresh.replace(path)

    def load(self, path: Path) -> None:
        """Restore the state written by `save`."""
        saved = torch.load(path)
        for name in _STATE:
            getattr(self, name).load_state_dict(saved[name])
        for name in _PLAIN_STATE:
            setattr(self, name, saved[name])
        torch.set_rng_state(saved["dice"])


def train(
    encoder: Path, material: Material, recipe: Recipe, *, checkpoint: Path | None = None, save_every: int = 200
) -> Network:
    """Train a network. With `checkpoint`, training resumes from that file, and the state is saved now and then."""
    pieces = Pieces(read_vocabulary(encoder / "vocab.txt"))
    training = _Training(encoder, recipe)
    if checkpoint is not None and checkpoint.is_file():
        training.load(checkpoint)
    losses: deque[float] = deque(maxlen=_LOG_EVERY)
    for rows, round_number, is_falling in islice(_all_batches(material, pieces, recipe), training.step, None):
        inputs, labels = _pad(rows, pieces.padding)
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=_HAS_SHORT_NUMBERS):
            scores = training.network(*inputs)
        loss = _loss(
            scores.float(),
            labels,
            doubt_below=recipe.doubt_below if round_number > 0 else 0.0,
            trust_names=is_falling,
        )
        training.take_step(loss)
        losses.append(loss.item())
        if training.step % _LOG_EVERY == 0:
            mean = sum(losses) / len(losses)
            _log.info("step %d of %d, round %d, loss %.4f", training.step, recipe.steps, round_number + 1, mean)
        if checkpoint is not None and training.step % save_every == 0:
            training.save(checkpoint)
    return training.average()
