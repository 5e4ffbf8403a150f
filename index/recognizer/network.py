"""The network that is trained: a BERT encoder with letter case as an input of its own, and one layer that labels words.

Source of the encoder: Devlin et al., "BERT" (2018); layers are added up and then normalized, as there.
"""

import json
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
    """The sizes of an encoder, as its `config.json` gives them."""

    vocabulary: int
    width: int
    layers: int
    heads: int
    inner: int
    positions: int
    epsilon: float


class EncoderLayer(nn.Module):
    """Attention over the window, then two dense steps for each piece."""

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

    def forward(self, hidden: Tensor, mask: Tensor) -> Tensor:
        """[rows, pieces, width] to the same; `mask` is added to how much two pieces concern each other."""
        rows, pieces, width = hidden.shape
        heads = self.mix(hidden).view(rows, pieces, 3, self.heads, width // self.heads).permute(2, 0, 3, 1, 4)
        seen = nn.functional.scaled_dot_product_attention(heads[0], heads[1], heads[2], attn_mask=mask)
        joined = self.join(seen.transpose(1, 2).reshape(rows, pieces, width))
        hidden = self.join_norm(hidden + joined)
        inner = self.narrow(nn.functional.gelu(self.widen(hidden)))
        normed: Tensor = self.narrow_norm(hidden + self._dropout(inner))
        return normed


class Network(nn.Module):
    """Pieces and letter cases in, a score for each label and piece out.

    The `whole_layers`, the lower half, go on with all pieces, those above only with the pieces of words that may be
    part of a name; the first of these still sees all.
    """

    def __init__(self, shape: EncoderShape, *, dropout: float = 0.1) -> None:
        super().__init__()
        self.shape = shape
        self.whole_layers = shape.layers // 2
        self.words = nn.Embedding(shape.vocabulary, shape.width)
        self.positions = nn.Embedding(shape.positions, shape.width)
        self.cases = nn.Embedding(CASES, shape.width)
        self.norm = nn.LayerNorm(shape.width, eps=shape.epsilon)
        self.layers = nn.ModuleList(EncoderLayer(shape, dropout) for _ in range(shape.layers))
        self.out = nn.Linear(shape.width, len(LABELS))
        self._dropout = nn.Dropout(dropout)
        nn.init.normal_(self.cases.weight, std=_START_DEVIATION)

    def encoder_layers(self) -> Iterator[EncoderLayer]:
        """The layers in the order they are run."""
        for layer in self.layers:
            assert isinstance(layer, EncoderLayer)
            yield layer

    def forward(self, pieces: Tensor, cases: Tensor, mask: Tensor, kept: Tensor) -> Tensor:
        """Scores [rows, pieces, labels]; all inputs are [rows, pieces].

        `mask` is true where a piece stands, `kept` where all layers go on with it; other scores mean nothing.
        """
        places = torch.arange(pieces.shape[1], device=pieces.device)
        hidden = self.norm(self.words(pieces) + self.positions(places) + self.cases(cases))
        all_seen, kept_seen = _seen(mask), _seen(mask & kept)
        for number, layer in enumerate(self.layers):
            hidden = layer(hidden, all_seen if number <= self.whole_layers else kept_seen)
        scores: Tensor = self.out(self._dropout(hidden))
        return scores


def _seen(mask: Tensor) -> Tensor:
    """What is added to how much two pieces concern each other: nothing, or what leaves a piece out."""
    return (1.0 - mask[:, None, None, :].float()) * _NEVER


def read_shape(folder: Path) -> EncoderShape:
    """The sizes of the encoder in `folder`. Raises `ModelError` when it is not an encoder of the kind we can train."""
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
    """A network that starts from the weights of the encoder in `folder`."""
    network = Network(read_shape(folder), dropout=dropout)
    weights = load_file(folder / "model.safetensors")
    own = network.state_dict()
    own.update(_rename(weights, layers=network.shape.layers))
    network.load_state_dict(own)
    return network


def _rename(weights: dict[str, Tensor], *, layers: int) -> dict[str, Tensor]:
    """The weights of a BERT under our names; all pieces are of its first segment, whose embedding joins the places."""
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
