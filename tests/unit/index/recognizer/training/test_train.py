import json
from dataclasses import replace
from pathlib import Path

import pytest

torch = pytest.importorskip("torch", reason="only training needs torch: pip install 'dossier-search[train]'")
safetensors = pytest.importorskip("safetensors.torch", reason="only training needs safetensors")

from index.errors import ModelError  # noqa: E402 - what follows needs torch
from index.recognizer.training.augmentation import NamePools  # noqa: E402
from index.recognizer.training.documents import Document, Name  # noqa: E402
from index.recognizer.training.network import EncoderShape, Network, load_encoder, read_shape  # noqa: E402
from index.recognizer.training.recipe import TRAINING_SETS, Recipe  # noqa: E402
from index.recognizer.training.train import Material, train  # noqa: E402
from index.recognizer.training.window_network import WindowNetwork  # noqa: E402

WORDS = ("[PAD]", "[UNK]", "[CLS]", "[SEP]", "ayla", "brunt", "left", "oslo", "for", "now", ".")
WIDTH, INNER = 8, 16
RECIPE = Recipe(trainings=2, steady=6, falling=6, budget=64, warm_up=2, rate=1e-2)


@pytest.fixture
def encoder(tmp_path: Path) -> Path:
    """A BERT of one layer with random weights."""
    torch.manual_seed(0)
    shape = {
        "model_type": "bert", "vocab_size": len(WORDS), "hidden_size": WIDTH, "num_hidden_layers": 1,
        "num_attention_heads": 2, "intermediate_size": INNER, "max_position_embeddings": 256, "layer_norm_eps": 1e-12,
    }  # fmt: skip
    (tmp_path / "config.json").write_text(json.dumps(shape))
    (tmp_path / "vocab.txt").write_text("\n".join(WORDS))
    layer = "encoder.layer.0"
    sizes = {
        "embeddings.word_embeddings.weight": (len(WORDS), WIDTH),
        "embeddings.position_embeddings.weight": (256, WIDTH),
        "embeddings.token_type_embeddings.weight": (2, WIDTH),
        "embeddings.LayerNorm.weight": (WIDTH,),
        "embeddings.LayerNorm.bias": (WIDTH,),
    }
    for name, (out, into) in {
        "attention.self.query": (WIDTH, WIDTH), "attention.self.key": (WIDTH, WIDTH),
        "attention.self.value": (WIDTH, WIDTH), "attention.output.dense": (WIDTH, WIDTH),
        "intermediate.dense": (INNER, WIDTH), "output.dense": (WIDTH, INNER),
    }.items():  # fmt: skip
        sizes |= {f"{layer}.{name}.weight": (out, into), f"{layer}.{name}.bias": (out,)}
    for name in ("attention.output.LayerNorm", "output.LayerNorm"):
        sizes |= {f"{layer}.{name}.weight": (WIDTH,), f"{layer}.{name}.bias": (WIDTH,)}
    safetensors.save_file(
        {name: 0.1 * torch.randn(size) for name, size in sizes.items()}, tmp_path / "model.safetensors"
    )
    return tmp_path


@pytest.fixture
def material() -> Material:
    document = Document("gmb_train", "Ayla Brunt left Oslo for now.", (Name(0, 10, "PERSON"), Name(16, 20, "GPE")))
    documents = {source: [replace(document, source=source)] * 8 for source in TRAINING_SETS}
    return Material(documents, NamePools(["Ayla"], ["Brunt"], ["Oslo"], ["Brunt"]))


def weights(network: torch.nn.Module) -> list[float]:
    return [float(each) for each in torch.cat([part.flatten() for part in network.state_dict().values()])]


def test_the_same_seed_gives_the_same_weights(encoder: Path, material: Material) -> None:
    assert weights(train(encoder, material, RECIPE)) == weights(train(encoder, material, RECIPE))


def test_another_seed_gives_others(encoder: Path, material: Material) -> None:
    other = replace(RECIPE, seed=2)
    assert weights(train(encoder, material, RECIPE)) != weights(train(encoder, material, other))


@pytest.mark.parametrize("stopped", [4, 7, 10, 11, 12, 13, 18, 23])
def test_a_stopped_training_goes_on_from_its_checkpoint(
    encoder: Path, material: Material, tmp_path: Path, stopped: int
) -> None:
    checkpoint = tmp_path / "checkpoint.pt"
    train(encoder, material, RECIPE, checkpoint=checkpoint, save_every=stopped)
    resumed = train(encoder, material, RECIPE, checkpoint=checkpoint, save_every=100)
    assert weights(resumed) == weights(train(encoder, material, RECIPE))


def test_the_average_of_two_trainings_is_between_them(encoder: Path, material: Material) -> None:
    first = weights(train(encoder, material, replace(RECIPE, trainings=1)))
    both = weights(train(encoder, material, RECIPE))
    assert first != both
    assert both == pytest.approx(first, abs=0.1)


def test_shifts_are_added_to_the_scores_of_both_labels_of_a_kind(encoder: Path, material: Material) -> None:
    plain = train(encoder, material, replace(RECIPE, shifts={})).out.bias
    shifted = train(encoder, material, replace(RECIPE, shifts={"ORG": 0.5})).out.bias
    assert (shifted - plain).tolist() == pytest.approx([0, 0, 0, 0.5, 0.5, 0, 0, 0, 0])


def test_the_pieces_of_the_encoder_stay_as_they_are(encoder: Path, material: Material) -> None:
    before = load_encoder(encoder).words.weight
    assert torch.equal(train(encoder, material, RECIPE).words.weight, before)


@pytest.mark.parametrize("layers", [1, 2, 6])
def test_the_network_of_a_window_reads_the_same(layers: int) -> None:
    torch.manual_seed(0)
    shape = EncoderShape(len(WORDS), WIDTH, layers, heads=2, inner=INNER, positions=256, epsilon=1e-12)
    network = Network(shape).eval()
    pieces, cases = torch.tensor([2, 4, 5, 6, 7, 3]), torch.tensor([12, 1, 1, 0, 2, 12])
    kept, firsts = torch.tensor([0, 1, 2, 4, 5]), torch.tensor([1, 3])
    stands = torch.ones(1, 6, dtype=torch.bool)
    whole = network(pieces[None], cases[None], stands, kept[None], stands[:, :5])[0, firsts]
    assert torch.allclose(WindowNetwork(network).eval()(pieces, cases, kept, firsts), whole, atol=1e-5)


def test_padding_does_not_change_what_is_read(encoder: Path) -> None:
    network = load_encoder(encoder).eval()
    short = torch.tensor([[2, 4, 3]])
    padded = torch.tensor([[2, 4, 3, 0, 0]])
    stands = torch.tensor([[True, True, True, False, False]])
    kept, is_kept = torch.tensor([[0, 1, 0]]), torch.tensor([[True, True, False]])
    alone = network(short, torch.zeros_like(short), stands[:, :3], kept[:, :2], is_kept[:, :2])
    beside = network(padded, torch.zeros_like(padded), stands, kept, is_kept)[:, :2]
    assert torch.allclose(alone, beside, atol=1e-5)


def test_another_kind_of_encoder_is_refused(encoder: Path) -> None:
    (encoder / "config.json").write_text('{"model_type": "gpt2"}')
    with pytest.raises(ModelError, match="gpt2"):
        read_shape(encoder)


def test_a_folder_without_an_encoder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="No encoder"):
        read_shape(tmp_path)
