"""The trained network as it runs: one window, no padding, and nothing computed that no label is read from.

The same numbers as `index.recognizer.network` gives for the same weights, but for rounding, in steps that ONNX Runtime
is quick at: layers are normalized by plain sums and products, which its processor kernels run many times faster than
its own step for it, and the last layer goes on only with the first piece of each word.
"""

import math

import torch
from torch import Tensor, nn

from index.recognizer.network import EncoderLayer, Network

__all__ = ["WindowNetwork"]


class _Norm(nn.Module):
    """Layer normalization (Ba, Kiros and Hinton, 2016), written out."""

    def __init__(self, norm: nn.LayerNorm) -> None:
        super().__init__()
        self.weight, self.bias, self._epsilon = norm.weight, norm.bias, norm.eps

    def forward(self, hidden: Tensor) -> Tensor:
        centred = hidden - hidden.mean(-1, keepdim=True)
        spread = (centred * centred).mean(-1, keepdim=True)
        return centred * (1 / torch.sqrt(spread + self._epsilon)) * self.weight + self.bias


class _Layer(nn.Module):
    """A layer of the encoder over one window."""

    def __init__(self, layer: EncoderLayer) -> None:
        super().__init__()
        self.heads, self.mix, self.join = layer.heads, layer.mix, layer.join
        self.widen, self.narrow = layer.widen, layer.narrow
        self.join_norm, self.narrow_norm = _Norm(layer.join_norm), _Norm(layer.narrow_norm)

    def forward(self, hidden: Tensor) -> Tensor:
        """[pieces, width] to the same."""
        return self.conclude(hidden, *_by_head(self.mix(hidden), 3, self.heads))

    def conclude(self, hidden: Tensor, queries: Tensor, keys: Tensor, values: Tensor) -> Tensor:
        """What those who ask, [asking, width], become after seeing all; the rest: [heads, pieces, width of a head]."""
        alike = (queries @ keys.transpose(1, 2) / math.sqrt(queries.shape[2])).softmax(dim=-1)
        seen = (alike @ values).transpose(0, 1).reshape(hidden.shape)
        hidden = self.join_norm(hidden + self.join(seen))
        inner = self.narrow(nn.functional.gelu(self.widen(hidden)))
        normed: Tensor = self.narrow_norm(hidden + inner)
        return normed


class _LastLayer(_Layer):
    """The last layer, in which all pieces answer and only the first piece of each word asks."""

    def __init__(self, layer: EncoderLayer) -> None:
        super().__init__(layer)
        width = self.mix.in_features
        self.ask, self.answer = nn.Linear(width, width), nn.Linear(width, 2 * width)
        self.ask.weight.data, self.ask.bias.data = self.mix.weight.data[:width], self.mix.bias.data[:width]
        self.answer.weight.data, self.answer.bias.data = self.mix.weight.data[width:], self.mix.bias.data[width:]

    def read(self, hidden: Tensor, firsts: Tensor) -> Tensor:
        """[pieces, width] and [words] to [words, width]."""
        asking = hidden[firsts]
        (queries,) = _by_head(self.ask(asking), 1, self.heads)
        keys, values = _by_head(self.answer(hidden), 2, self.heads)
        return self.conclude(asking, queries, keys, values)


def _by_head(mixed: Tensor, parts: int, heads: int) -> Tensor:
    """[pieces, parts x width] as [parts, heads, pieces, width of a head]."""
    pieces, width = mixed.shape
    return mixed.view(pieces, parts, heads, width // parts // heads).permute(1, 2, 0, 3)


class WindowNetwork(nn.Module):
    """Pieces and letter cases of a window, and where in it words begin, in; a score for each word and label out."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network
        self.norm = _Norm(network.norm)
        *inner, last = network.encoder_layers()
        self.inner = nn.ModuleList(_Layer(layer) for layer in inner)
        self.last = _LastLayer(last)

    def forward(self, pieces: Tensor, cases: Tensor, firsts: Tensor) -> Tensor:
        """Scores [words, labels]; `pieces` and `cases` are [pieces], `firsts` [words], the places of first pieces."""
        network = self.network
        places = torch.arange(pieces.shape[0], device=pieces.device)
        hidden = self.norm(network.words(pieces) + network.positions(places) + network.cases(cases))
        for layer in self.inner:
            hidden = layer(hidden)
        scores: Tensor = network.out(self.last.read(hidden, firsts))
        return scores
