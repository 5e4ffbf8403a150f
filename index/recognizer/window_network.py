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

    def __init__(self, layer: EncoderLayer, *, is_last: bool) -> None:
        super().__init__()
        self._heads = layer.heads
        self._is_last = is_last
        self.layer = layer
        self.join_norm, self.narrow_norm = _Norm(layer.join_norm), _Norm(layer.narrow_norm)
        width = layer.mix.in_features
        self.ask, self.answer = nn.Linear(width, width), nn.Linear(width, 2 * width)
        self.ask.weight.data, self.ask.bias.data = layer.mix.weight.data[:width], layer.mix.bias.data[:width]
        self.answer.weight.data, self.answer.bias.data = layer.mix.weight.data[width:], layer.mix.bias.data[width:]

    def forward(self, hidden: Tensor, firsts: Tensor) -> Tensor:
        """[pieces, width] to the same, or in the last layer to [words, width]."""
        if self._is_last:
            keys, values = self._split(self.answer(hidden), 2)
            hidden = hidden[firsts]
            (queries,) = self._split(self.ask(hidden), 1)
        else:
            queries, keys, values = self._split(self.layer.mix(hidden), 3)
        alike = (queries @ keys.transpose(1, 2) / math.sqrt(queries.shape[2])).softmax(dim=-1)
        seen = (alike @ values).transpose(0, 1).reshape(hidden.shape)
        hidden = self.join_norm(hidden + self.layer.join(seen))
        inner = self.layer.narrow(nn.functional.gelu(self.layer.widen(hidden)))
        normed: Tensor = self.narrow_norm(hidden + inner)
        return normed

    def _split(self, mixed: Tensor, parts: int) -> Tensor:
        """[pieces, parts x width] as [parts, heads, pieces, width of a head]."""
        pieces, width = mixed.shape
        return mixed.view(pieces, parts, self._heads, width // parts // self._heads).permute(1, 2, 0, 3)


class WindowNetwork(nn.Module):
    """Pieces and letter cases of a window, and where in it words begin, in; a score for each word and label out."""

    def __init__(self, network: Network) -> None:
        super().__init__()
        self.network = network
        self.norm = _Norm(network.norm)
        last = len(network.layers) - 1
        self.layers = nn.ModuleList(
            _Layer(layer, is_last=number == last) for number, layer in enumerate(network.encoder_layers())
        )

    def forward(self, pieces: Tensor, cases: Tensor, firsts: Tensor) -> Tensor:
        """Scores [words, labels]; `pieces` and `cases` are [pieces], `firsts` [words], the places of first pieces."""
        network = self.network
        places = torch.arange(pieces.shape[0], device=pieces.device)
        hidden = self.norm(network.words(pieces) + network.positions(places) + network.cases(cases))
        for layer in self.layers:
            hidden = layer(hidden, firsts)
        scores: Tensor = network.out(hidden)
        return scores
