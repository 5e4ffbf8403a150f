"""`search-cli recognizer`: describe, evaluate and train the recognizer of names, and export the encoder of meaning."""

import logging
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import click

from index.errors import ModelError, UsageError
from search.cli.state import State, with_state
from search.cli.terminal import write_paged
from search.output.formats import Format, Row, rows_as_text

__all__ = ["recognizer_command"]

_SCORE_COLUMNS = ("set", "kind", "f1", "precision", "recall", "names")
_INFO_COLUMNS = ("property", "value")
_NEEDED_TO_TRAIN = ("torch", "safetensors", "onnx")
_NEEDED_TO_EXPORT = ("safetensors", "onnx")
_SHIPPED_ENCODER = "index/recognizer/encoder/model"
_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)


@click.group("recognizer", epilog="Example: search-cli recognizer info")
def recognizer_command() -> None:
    """Describe the recognizer of names, evaluate it, and train another one; export the encoder of meaning.

    The recognizer is a small network that finds people, organizations and places, beside rules and packs.
    """


@recognizer_command.command("info")
@click.option("--folder", type=_FOLDER, help="A recognizer other than the one that ships with the program.")
@click.option("-o", "--output", type=click.Choice([form.value for form in Format]), help="Output format.")
@with_state
def info_command(state: State, /, *, folder: Path | None, output: str | None) -> int:
    """Verify the files of the recognizer and of the encoder, and show their sources and their model cards."""
    from index.recognizer.encoder.folder import read_folder, verify_folder
    from index.recognizer.folder import SHIPPED, open_folder

    opened, encoder = open_folder(folder or SHIPPED), read_folder()
    verify_folder(encoder)
    values = {
        "version": opened.version,
        "folder": str(opened.path),
        "network": opened.fingerprint,
        "encoder": opened.encoder,
        "encoder's sha256": opened.encoder_digest,
        "model card": str(opened.path / "README.md"),
        "meaning: folder": str(encoder.path),
        "meaning: encoder": encoder.encoder,
        "meaning: encoder's sha256": encoder.encoder_digest,
        "meaning: model card": str(encoder.path / "README.md"),
    }
    rows: list[Row] = [{"property": name, "value": value} for name, value in values.items()]
    _write(state, rows, columns=_INFO_COLUMNS, output=output)
    return 0


@recognizer_command.command("evaluate", epilog="Example: search-cli recognizer evaluate --data ./data")
@click.option("--data", type=_FOLDER, required=True, help="A folder with ner/*_dev.jsonl.gz.")
@click.option("--folder", type=_FOLDER, help="A recognizer other than the one that ships with the program.")
@click.option("-o", "--output", type=click.Choice([form.value for form in Format]), help="Output format.")
@with_state
def evaluate_command(state: State, /, *, data: Path, folder: Path | None, output: str | None) -> int:
    """Evaluate the recognizer alone, without rules and packs, on development sets: strict F1 by kind."""
    from index.recognizer.folder import SHIPPED
    from index.recognizer.reading import load_recognizer
    from index.recognizer.training.evaluation import evaluate

    rows: list[Row] = [
        {
            "set": score.source,
            "kind": score.kind,
            "f1": f"{score.f1:.3f}",
            "precision": f"{score.precision:.3f}",
            "recall": f"{score.recall:.3f}",
            "names": score.wanted,
        }
        for score in evaluate(load_recognizer(folder or SHIPPED), data)
    ]
    _write(state, rows, columns=_SCORE_COLUMNS, output=output)
    return 0


@recognizer_command.command(
    "train", epilog="Example: search-cli recognizer train --data ./data --encoder ./all-MiniLM-L6-v2"
)
@click.option("--data", type=_FOLDER, required=True, help="A folder with ner/*_train.jsonl.gz and gazetteer/.")
@click.option("--encoder", type=_FOLDER, required=True, help="A BERT encoder: config.json, vocab.txt, weights.")
@click.option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("recognizer"),
    show_default=True,
    help="Folder for the trained recognizer.",
)
@click.option("--steps", type=click.IntRange(1), help="Length of the training; by default that of the shipped one.")
@click.option("--seed", type=int, default=1, show_default=True, help="Seed of all random numbers.")
@with_state
def train_command(state: State, /, *, data: Path, encoder: Path, output: Path, steps: int | None, seed: int) -> int:
    """Train a recognizer: about an hour on two cores. After a stop, it continues from the last checkpoint in OUTPUT.

    Needs `pip install 'dossier-search[train]'`.
    """
    _require(_NEEDED_TO_TRAIN, task="Training")
    from index.packs.loader import load_packs
    from index.recognizer.training.export import export
    from index.recognizer.training.recipe import PACKS, Recipe
    from index.recognizer.training.train import prepare, train

    if not (encoder / "vocab.txt").is_file():
        raise ModelError(f"No vocab.txt in {encoder}. Name the folder of an encoder with its vocabulary.")
    logging.basicConfig(format="%(asctime)s %(message)s")
    logging.getLogger("index.recognizer").setLevel(logging.WARNING if state.is_quiet else logging.INFO)
    recipe = replace(Recipe(), seed=seed)
    recipe = recipe if steps is None else recipe.scaled(steps)
    output.mkdir(parents=True, exist_ok=True)
    checkpoint = output / "checkpoint.pt"
    network = train(encoder, prepare(data, load_packs(PACKS)), recipe, checkpoint=checkpoint)
    export(network, encoder, output, encoder_name=encoder.resolve().name, version=f"{recipe.steps}.{recipe.seed}")
    checkpoint.unlink(missing_ok=True)
    if not state.is_quiet:
        click.echo(f"Written to {output}. Measure it: search-cli recognizer evaluate --folder {output} --data {data}")
    return 0


@recognizer_command.command("encoder", epilog="Example: search-cli recognizer encoder --weights ./all-MiniLM-L6-v2")
@click.option("--weights", type=_FOLDER, required=True, help="The original encoder: model.safetensors, vocab.txt.")
@click.option(
    "--output",
    type=click.Path(file_okay=False, path_type=Path),
    default=Path("encoder"),
    show_default=True,
    help="Folder for the exported encoder.",
)
@with_state
def encoder_command(state: State, /, *, weights: Path, output: Path) -> int:
    """Export the encoder of meaning from its original weights: the same bytes each time, in seconds.

    Needs `pip install 'dossier-search[train]'`, but not torch.
    """
    _require(_NEEDED_TO_EXPORT, task="Exporting")
    from index.recognizer.training.encoder_export import export_encoder

    export_encoder(weights, output, name=weights.resolve().name)
    if not state.is_quiet:
        click.echo(f"Written to {output}. It ships as {_SHIPPED_ENCODER}.")
    return 0


def _require(modules: tuple[str, ...], *, task: str) -> None:
    missing = [name for name in modules if find_spec(name) is None]
    if missing:
        raise UsageError(f"{task} needs {', '.join(missing)}: pip install 'dossier-search[train]'")


def _write(state: State, rows: list[Row], *, columns: tuple[str, ...], output: str | None) -> None:
    terminal = state.terminal()
    form = Format(output) if output else Format.TABLE if terminal.is_interactive else Format.TSV
    pieces = rows_as_text(
        rows, output_format=form, columns=columns, has_header=bool(output) or terminal.is_interactive,
        width=terminal.width,
    )  # fmt: skip
    if not state.is_quiet:
        write_paged("".join(pieces), terminal=terminal, is_allowed=state.is_paged)
