"""Trains the network: same data, same seed and same number of steps give the same weights on the same machine.

The rate of learning rises for a few steps, stays, and from a part of all steps on falls to nothing. From the second
round over the data on, a word whose label the network finds next to impossible is left out: at that point it is more
often the annotation that is wrong than the network. While the rate falls, names are believed again, and only missing
ones are doubted.
"""

import logging
import math
import random
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import torch
from torch import Tensor, nn

from index.packs.loader import Packs
from index.recognizer.augmentation import NamePools, collect_pools, vary
from index.recognizer.cleaning import clean
from index.recognizer.documents import Document, read_documents
from index.recognizer.labels import OUTSIDE
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
from index.recognizer.rows import IGNORED, Row, make_batches
from index.recognizer.words import SPECIAL_CASE

__all__ = ["Material", "prepare", "train"]

_log = logging.getLogger(__name__)
_LOG_EVERY = 50
_MAX_NORM = 1.0


@dataclass(frozen=True, slots=True)
class Material:
    """Cleaned documents by set, and the names to swap in."""

    documents: Mapping[str, Sequence[Document]]
    pools: NamePools


@dataclass(slots=True)
class _State:
    step: int = 0
    losses: list[float] = field(default_factory=list)


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


def _pad(rows: Sequence[Row], padding: int) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    longest = max(map(len, rows))

    def fill(lists: Sequence[list[int]], value: int) -> Tensor:
        return torch.tensor([numbers + [value] * (longest - len(numbers)) for numbers in lists])

    mask = torch.tensor([[True] * len(row) + [False] * (longest - len(row)) for row in rows])
    return (
        fill([row.pieces for row in rows], padding),
        fill([row.cases for row in rows], SPECIAL_CASE),
        mask,
        fill([row.labels for row in rows], IGNORED),
    )


def _rate(step: int, recipe: Recipe) -> float:
    """The part of the full rate at a step."""
    start = recipe.decay_from * recipe.steps
    if step < recipe.warm_up:
        return (step + 1) / recipe.warm_up
    return 1.0 if step < start else max(0.0, (recipe.steps - step) / (recipe.steps - start))


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


def train(
    encoder: Path, material: Material, recipe: Recipe, *, checkpoint: Path | None = None, save_every: int = 400
) -> Network:
    """A trained network. With `checkpoint`, what is there is taken up again, and the state is saved now and then."""
    torch.manual_seed(recipe.seed)
    pieces = Pieces(read_vocabulary(encoder / "vocab.txt"))
    network = load_encoder(encoder, dropout=recipe.dropout)
    # The embeddings of pieces stay as the encoder learned them from far more text than ours: a third of the time saved.
    network.words.weight.requires_grad_(False)
    new = [*network.cases.parameters(), *network.out.parameters()]
    own = {id(parameter) for parameter in new}
    old = [each for each in network.parameters() if each.requires_grad and id(each) not in own]
    optimizer = torch.optim.AdamW([{"params": old}, {"params": new}], lr=recipe.rate, weight_decay=recipe.weight_decay)
    state = _State()
    if checkpoint is not None and checkpoint.is_file():
        saved = torch.load(checkpoint)
        network.load_state_dict(saved["network"])
        optimizer.load_state_dict(saved["optimizer"])
        state.step = saved["step"]
    network.train()
    done = state.step
    for step, (number, batch) in enumerate(_batches(material, pieces, recipe)):
        if step < done:
            continue
        if step >= recipe.steps:
            break
        part = _rate(step, recipe)
        for group, rate in zip(optimizer.param_groups, (recipe.rate, recipe.new_rate), strict=True):
            group["lr"] = rate * part
        read, cases, mask, labels = _pad(batch, pieces.padding)
        loss = _loss(
            network(read, cases, mask),
            labels,
            doubt_below=recipe.doubt_below if number > 0 else 0.0,
            trust_names=step >= recipe.decay_from * recipe.steps,
        )
        loss.backward()
        nn.utils.clip_grad_norm_(network.parameters(), _MAX_NORM)
        optimizer.step()
        optimizer.zero_grad()
        state.losses.append(loss.item())
        if (step + 1) % _LOG_EVERY == 0:
            _log.info(
                "step %d of %d, round %d, loss %.4f",
                step + 1,
                recipe.steps,
                number + 1,
                sum(state.losses[-_LOG_EVERY:]) / len(state.losses[-_LOG_EVERY:]),
            )
        if checkpoint is not None and (step + 1) % save_every == 0:
            _save(network, optimizer, step + 1, checkpoint)
    return network.eval()


def _save(network: Network, optimizer: torch.optim.Optimizer, step: int, checkpoint: Path) -> None:
    fresh = checkpoint.with_suffix(".new")
    torch.save({"network": network.state_dict(), "optimizer": optimizer.state_dict(), "step": step}, fresh)
    fresh.replace(checkpoint)
