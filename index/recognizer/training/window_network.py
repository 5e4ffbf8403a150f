"""The trained network for inference: one window, no padding, and only the computations that a label depends on.

It gives the same numbers as `index.recognizer.training.network` for the same weights, apart from rounding. The upper
layers process only the pieces of words that may be part of a name, the last one only the first pieces of labelled
words; "PoWER-BERT" (Goyal et al., 2020) drops pieces in the same way, but by the output of the layers below. A window
has two dimensions: with three, ONNX Runtime fuses each sum with the following normalization, into a step that takes
four times as long as the two.
"""

import math

import torch
from torch import Tensor, nn

from index.recognizer.training.network import EncoderLayer, Network

__all__ = ["WindowNetwork"]


class _Layer(nn.Module):
    """A layer of the encoder over one window.

    Queries, keys and values are separate steps: their input is then quantized once, and no part of a larger result has
    to be copied.
    """

    def __init__(self, layer: EncoderLayer) -> None:
        super().__init__()
        self.heads, self.join = layer.heads, layer.join
        self.ask, self.answer, self.tell = _split(layer.mix, 3)
        self.widen, self.narrow = layer.widen, layer.narrow
        self.join_norm, self.narrow_norm = layer.join_norm, layer.narrow_norm

    def forward(self, asking: Tensor, hidden: Tensor) -> Tensor:
        """Return the attention output for the queries `asking`, [asking, width], over `hidden`, [pieces, width]."""
        queries, keys, values = (
            self._by_head(each) for each in (self.ask(asking), self.answer(hidden), self.tell(hidden))
        )
        alike = (queries @ keys.transpose(1, 2) / math.sqrt(queries.shape[2])).softmax(dim=-1)
        seen = (alike @ values).transpose(0, 1).reshape(-1, self.join.in_features)
        asking = self.join_norm(asking + self.join(seen))
        inner = self.narrow(nn.functional.gelu(self.widen(asking)))
        normed: Tensor = self.narrow_norm(asking + inner)
        return normed

    def _by_head(self, each: Tensor) -> Tensor:
        """Reshape [pieces, width] to [heads, pieces, width of a head]."""
        return each.reshape(-1, self.heads, self.join.in_features // self.heads).transpose(0, 1)


def _split(step: nn.Linear, parts: int) -> list[nn.Linear]:
    """Split a step into the steps that give the parts of its result."""
    steps: list[nn.Linear] = []
    for weight, bias in zip(step.weight.chunk(parts), step.bias.chunk(parts), strict=True):
        part = nn.Linear(step.in_features, len(bias))
        part.weight, part.bias = nn.Parameter(weight.detach()), nn.Parameter(bias.detach())
        steps.append(part)
    return steps


class WindowNetwork(nn.Module):
    """Score each label for the first piece of each labelled word of a window, given pieces and letter cases."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network
        *inner, self.last = (_Layer(layer) for layer in network.encoder_layers())
        self.lower = nn.ModuleList(inner[: network.whole_layers])
        self.upper = nn.ModuleList(inner[network.whole_layers :])

    def forward(self, pieces: Tensor, cases: Tensor, kept: Tensor, firsts: Tensor) -> Tensor:
        """Return scores [words, labels].

        `pieces` and `cases` are [pieces], `kept` [kept], positions of pieces, `firsts` [words], positions among the
        kept.
        """
        network = self.network
        places = torch.arange(pieces.shape[0], device=pieces.device)
        hidden = network.norm(network.words(pieces) + network.positions(places) + network.cases(cases))
        for layer in self.lower:
            hidden = layer(hidden, hidden)
        asking = hidden[kept]
        for layer in self.upper:
            hidden = asking = layer(asking, hidden)
        scores: Tensor = network.out(self.last(asking[firsts], hidden))
        return scores
