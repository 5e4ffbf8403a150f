"""The network for training: a BERT encoder with letter case as an extra input, and one layer that labels words.

Source of the encoder: Devlin et al., "BERT" (2018); as there, outputs are added before they are normalized.
"""

import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn

from index.errors import ModelError
from index.recognizer.labels import LABELS
from index.recognizer.words import CASES

__all__ = ["EncoderLayer", "EncoderShape", "Network", "load_encoder", "read_shape"]

_START_DEVIATION = 0.02
_NEVER = -1e9


@dataclass(frozen=True, slots=True)
class EncoderShape:
    """Sizes of an encoder, as in its `config.json`."""

    vocabulary: int
    width: int
    layers: int
    heads: int
    inner: int
    positions: int
    epsilon: float


class EncoderLayer(nn.Module):
    """Attention over the window, then two dense layers for each piece."""

    def __init__(self, shape: EncoderShape, dropout: float) -> None:
        super().__init__()
        self.heads = shape.heads
        self.mix = nn.Linear(shape.width, 3 * shape.width)
        self.join = nn.Linear(shape.width, shape.width)
        self.join_norm = nn.LayerNorm(shape.width, eps=shape.epsilon)
        self.widen = nn.Linear(shape.width, shape.inner)
        self.narrow = nn.Linear(shape.inner, shape.width)
        self.narrow_norm = nn.LayerNorm(shape.width, eps=shape.epsilon)
        self._dropout = nn.Dropout(dropout)

    def forward(self, asking: Tensor, hidden: Tensor, stands: Tensor) -> Tensor:
        """Return the attention output for the query positions `asking`, [rows, asking, width], over all of `hidden`.

        `hidden` is [rows, pieces, width]. `stands`, [rows, pieces], is true for pieces that are not padding.
        """
        width = asking.shape[2]
        queries = self._by_head(nn.functional.linear(asking, self.mix.weight[:width], self.mix.bias[:width]))
        mixed = nn.functional.linear(hidden, self.mix.weight[width:], self.mix.bias[width:])
        keys, values = map(self._by_head, mixed.chunk(2, dim=2))
        alike = queries @ keys.transpose(2, 3) / math.sqrt(queries.shape[3])
        seen = alike.masked_fill(~stands[:, None, None, :], _NEVER).softmax(dim=-1).to(values.dtype) @ values
        asking = self.join_norm(asking + self.join(seen.transpose(1, 2).flatten(2)))
        inner = self.narrow(nn.functional.gelu(self.widen(asking)))
        normed: Tensor = self.narrow_norm(asking + self._dropout(inner))
        return normed

    def _by_head(self, each: Tensor) -> Tensor:
        """Reshape [rows, pieces, width] to [rows, heads, pieces, width of a head]."""
        return each.unflatten(2, (self.heads, -1)).transpose(1, 2)


class Network(nn.Module):
    """Score each label for each kept piece, given pieces and letter cases.

    The `whole_layers`, all but the last, process all pieces. The layers above process only the pieces of words that may
    be part of a name; the first of them still attends to all pieces.
    """

    def __init__(self, shape: EncoderShape, *, dropout: float = 0.1) -> None:
        super().__init__()
        self.shape = shape
        self.whole_layers = shape.layers - 1
        self.words = nn.Embedding(shape.vocabulary, shape.width)
        self.positions = nn.Embedding(shape.positions, shape.width)
        self.cases = nn.Embedding(CASES, shape.width)
        self.norm = nn.LayerNorm(shape.width, eps=shape.epsilon)
        self.layers = nn.ModuleList(EncoderLayer(shape, dropout) for _ in range(shape.layers))
        self.out = nn.Linear(shape.width, len(LABELS))
        self._dropout = nn.Dropout(dropout)
        nn.init.normal_(self.cases.weight, std=_START_DEVIATION)

    def encoder_layers(self) -> Iterator[EncoderLayer]:
        """Yield the layers in the order they run."""
        for layer in self.layers:
            assert isinstance(layer, EncoderLayer)
            yield layer

    def forward(self, pieces: Tensor, cases: Tensor, stands: Tensor, kept: Tensor, is_kept: Tensor) -> Tensor:
        """Return scores [rows, kept, labels].

        `pieces` and `cases` are [rows, pieces]; `stands`, of the same shape, is true for pieces that are not padding.
        `kept` are the positions of the pieces that all layers process, [rows, kept]; `is_kept`, of the same shape, is
        false for padding.
        """
        places = torch.arange(pieces.shape[1], device=pieces.device)
        hidden = self.norm(self.words(pieces) + self.positions(places) + self.cases(cases))
        (*layers,) = self.encoder_layers()
        for layer in layers[: self.whole_layers]:
            hidden = layer(hidden, hidden, stands)
        asking = hidden.take_along_dim(kept[:, :, None], dim=1)
        for layer in layers[self.whole_layers :]:
            hidden = asking = layer(asking, hidden, stands)
            stands = is_kept
        scores: Tensor = self.out(self._dropout(asking))
        return scores


def read_shape(folder: Path) -> EncoderShape:
    """Read the sizes of the encoder in `folder`. Raises `ModelError` when it is not an encoder that we can train."""
    try:
        read = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise ModelError(f"No encoder in {folder}: {error} Name a folder with config.json and weights.") from error
    if read.get("model_type") != "bert":
        raise ModelError(f"The encoder in {folder} is a {read.get('model_type')!r}; only BERT encoders are read.")
    return EncoderShape(
        vocabulary=read["vocab_size"],
        width=read["hidden_size"],
        layers=read["num_hidden_layers"],
        heads=read["num_attention_heads"],
        inner=read["intermediate_size"],
        positions=read["max_position_embeddings"],
        epsilon=read["layer_norm_eps"],
    )


def load_encoder(folder: Path, *, dropout: float = 0.1) -> Network:
    """Load the weights of the encoder in `folder` into a new network."""
    network = Network(read_shape(folder), dropout=dropout)
    weights = load_file(folder / "model.safetensors")
    own = network.state_dict()
    own.update(_rename(weights, layers=network.shape.layers))
    network.load_state_dict(own)
    return network


def _rename(weights: dict[str, Tensor], *, layers: int) -> dict[str, Tensor]:
    """Rename the weights of a BERT to our names.

    The embedding of its first segment is added to that of the positions.
    """
    found = {
        "words.weight": weights["embeddings.word_embeddings.weight"],
        "positions.weight": weights["embeddings.position_embeddings.weight"]
        + weights["embeddings.token_type_embeddings.weight"][0],
        "norm.weight": weights["embeddings.LayerNorm.weight"],
        "norm.bias": weights["embeddings.LayerNorm.bias"],
    }
    for number in range(layers):
        theirs, ours = f"encoder.layer.{number}", f"layers.{number}"
        for part in ("weight", "bias"):
            mixed = [weights[f"{theirs}.attention.self.{name}.{part}"] for name in ("query", "key", "value")]
            found[f"{ours}.mix.{part}"] = torch.cat(mixed)
            found[f"{ours}.join.{part}"] = weights[f"{theirs}.attention.output.dense.{part}"]
            found[f"{ours}.join_norm.{part}"] = weights[f"{theirs}.attention.output.LayerNorm.{part}"]
            found[f"{ours}.widen.{part}"] = weights[f"{theirs}.intermediate.dense.{part}"]
            found[f"{ours}.narrow.{part}"] = weights[f"{theirs}.output.dense.{part}"]
            found[f"{ours}.narrow_norm.{part}"] = weights[f"{theirs}.output.LayerNorm.{part}"]
    return found
