"""A small archive with namesakes and misspellings, and its application with editing switched on."""

import re
import shutil
from collections.abc import Mapping, Sequence
from html import unescape
from pathlib import Path

from flask import Flask
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from index.deciding import Decider
from index.ingest.indexer import Indexer
from index.settings import Settings
from web.app import create_app
from web.visitors.editing import Editing

__all__ = ["TEXTS", "EditingSite", "copy_archive", "editing_app", "form_of", "make_archive"]

TEXTS = {
    "a": "Defence minister Ismail Demir spoke in Ankara on Monday. Demir said the talks went well.",
    "b": "Mr Demir <b>arrived</b> in Moscow. Mr Demir paid $3 million.",
    "c": "İsmail Demir met Hasan Demir in Berlin. The Kiel Institute was there.",
    "x": "Mevlut Cavusglu, foreign minister, went to Berlin. Cavusglu met Angela Merkl. Angela Merkel was there.",
    "y": "Foreign minister Mevlut Cavusoglu met Hasan Demir. Cavusoglu praised Acme Corporation.",
    "z": "Interior minister Hasan Demir spoke in Izmir. Hasan Demir laughed.",
}


def make_archive(folder: Path) -> Settings:
    """Index the articles in a folder and return the settings of the archive."""
    (folder / "news").mkdir(parents=True)
    for name, text in TEXTS.items():
        (folder / "news" / f"{name}.txt").write_text(text, encoding="utf-8")
    settings = Settings(index=folder / ".dossier", workers=1, packs=("core",), model="none")
    assert Indexer(settings, pool="local").index([str(folder / "news")]).added == len(TEXTS)
    return settings


def copy_archive(settings: Settings, folder: Path) -> Settings:
    """Copy an archive into another folder and return the settings of the copy."""
    shutil.copytree(settings.index, folder / ".dossier")
    return Settings(index=folder / ".dossier", workers=1, packs=("core",), model="none")


def editing_app(settings: Settings) -> Flask:
    """Return an application on which "ana" decides."""
    return create_app(settings, changes=Editing(Decider(settings), decided_by="ana"))


def form_of(text: str, to: str = "/decide", *, at: int = 0) -> Mapping[str, Sequence[str]]:
    """Return the hidden fields of a form of a page that is sent to an address, by name."""
    form = re.findall(rf'<form method="post" action="{to}".*?</form>', text, re.DOTALL)[at]
    fields: dict[str, list[str]] = {}
    for name, value in re.findall(r'<input type="hidden" name="([^"]*)" value="([^"]*)">', form):
        fields.setdefault(name, []).append(unescape(value))
    return fields


class EditingSite:
    """A person who looks at pages and sends the forms on them."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client

    def open(self, address: str) -> str:
        """Return the text of a page."""
        answer = self.client.get(address, follow_redirects=True)
        assert answer.status_code == 200, (address, answer.status_code)
        return answer.get_data(as_text=True)

    def send(self, address: str, to: str = "/decide", *, at: int = 0, **more: str) -> TestResponse:
        """Send a form of a page, with more fields, and return the answer."""
        return self.client.post(to, data={**form_of(self.open(address), to, at=at), **more})

    def decide(self, address: str) -> str:
        """Make the decision that a page shows and return the page that it leads to."""
        answer = self.send(address)
        assert answer.status_code == 303, answer.get_data(as_text=True)
        return self.open(answer.headers["Location"])

    def undo(self, text: str) -> str:
        """Press the button to undo on a page and return the page that it leads to."""
        answer = self.client.post("/undo", data=form_of(text, "/undo"))
        assert answer.status_code == 303
        return self.open(answer.headers["Location"])

    def entity(self, entity_id: str) -> tuple[str, str, int, int]:
        """Return name, kind, articles and mentions of an entity."""
        found = self.client.get(f"/api/v1/entities/{entity_id}").json["entity"]["entity"]
        return found["name"], found["kind"], found["documents"], found["mentions"]
