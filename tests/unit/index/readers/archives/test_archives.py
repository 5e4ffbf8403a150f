import base64
import bz2
import gzip
import io
import lzma
import stat
import struct
import tarfile
import zipfile
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.model import Failure
from index.readers import registry
from index.readers.archives import tar_archive
from index.readers.base import Draft, ReadOptions, Source
from index.readers.content.source_bytes import open_content
from index.readers.registry import read_source
from tests.support.examples import examples
from tests.unit.index.readers.reading import article, articles, found, read, reasons, skipped

STORY = b"Ferries return after strike\n\nThe ferries between the islands returned to service on Monday morning.\n"
ROWS = b'{"id": "x", "text": "The strike is over."}\n{"text": "The port of Izmir is open."}\n'
SMALL = ReadOptions(max_bytes=100_000)


def make_zip(files: Mapping[str, bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    output = io.BytesIO()
    with zipfile.ZipFile(output, "w", method) as archive:
        for name, data in files.items():
            archive.writestr(name, data)
    return output.getvalue()


def make_tar(files: Mapping[str, bytes], *, form: int = tarfile.PAX_FORMAT) -> bytes:
    output = io.BytesIO()
    with tarfile.open(fileobj=output, mode="w", format=form) as archive:
        for name, data in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            archive.addfile(member, io.BytesIO(data))
    return output.getvalue()


def make_tar_gz(files: Mapping[str, bytes]) -> bytes:
    return gzip.compress(make_tar(files))


def make_zip_gz(files: Mapping[str, bytes]) -> bytes:
    return gzip.compress(make_zip(files))


Make = Callable[[Mapping[str, bytes]], bytes]
ARCHIVES = [
    pytest.param(make_zip, "a.zip", id="zip"),
    pytest.param(make_tar, "a.tar", id="tar"),
    pytest.param(make_tar_gz, "a.tar.gz", id="tar.gz"),
    pytest.param(make_zip_gz, "a.zip.gz", id="zip.gz"),
]


@pytest.mark.parametrize(("make", "name"), ARCHIVES)
def test_members_are_read_in_their_own_format_and_named_by_their_locator(make: Make, name: str) -> None:
    page = b"<html><body><p>" + STORY + b"</p></body></html>"
    items = read(
        make({"news/a.txt": STORY, "rows.jsonl": ROWS, "b.html": page, "c.txt.gz": gzip.compress(STORY)}), name
    )
    assert found(items) == dict.fromkeys(
        (
            f"{name}!/news/a.txt",
            f"{name}!/rows.jsonl#x",
            f"{name}!/rows.jsonl#2",
            f"{name}!/b.html",
            f"{name}!/c.txt.gz",
        ),
        "article",
    )
    assert articles(items)[0].body == STORY.decode()
    assert len({item.id for item in articles(items)}) == 5


@pytest.mark.parametrize(("make", "name"), ARCHIVES)
@pytest.mark.parametrize("wrong", ["a.txt", "a.docx", "a", "a.json"])
def test_an_archive_is_known_by_its_content(make: Make, name: str, wrong: str) -> None:
    assert found(read(make({"b.txt": STORY}), wrong)) == {f"{wrong}!/b.txt": "article"}


@pytest.mark.parametrize("name", ["a.zip", "a.tar", "a.odt", "a.docx", "a.warc", "a.rss"])
def test_a_text_with_the_name_of_an_archive_is_a_text(name: str) -> None:
    assert article(STORY, name).body == STORY.decode()


@pytest.mark.parametrize(("make", "name"), ARCHIVES)
def test_one_bad_member_loses_only_itself(make: Make, name: str) -> None:
    files = {
        "a.txt": STORY,
        "empty.txt": b"",
        "bad.json": b'{"a": ',
        "photo.png": b"\x89PNG\r\n\x1a\n" + bytes(50),
        "z.txt": STORY,
    }
    assert found(read(make(files), name)) == {
        f"{name}!/a.txt": "article",
        f"{name}!/empty.txt": "empty",
        f"{name}!/bad.json": "bad-json",
        f"{name}!/photo.png": "binary",
        f"{name}!/z.txt": "article",
    }


@pytest.mark.parametrize(("make", "name"), ARCHIVES)
def test_hidden_files_and_those_of_macos_are_left_out(make: Make, name: str) -> None:
    files = {".git/config.txt": STORY, "__MACOSX/._a.txt": STORY, "news/.hidden": STORY, "a.txt": STORY}
    assert list(found(read(make(files), name))) == [f"{name}!/a.txt"]


@pytest.mark.parametrize(
    ("stored", "expected"),
    [
        ("../../etc/passwd", {"a.zip!/../../etc/passwd": "bad-name"}),
        ("news/../../a.txt", {"a.zip!/news/../../a.txt": "bad-name"}),
        ("..\\a.txt", {"a.zip!/../a.txt": "bad-name"}),
        ("/etc/a.txt", {"a.zip!/etc/a.txt": "article"}),
        ("C:\\news\\a.txt", {"a.zip!/news/a.txt": "article"}),
        ("./news//a.txt", {"a.zip!/news/a.txt": "article"}),
        ("a\x07\n.txt", {"a.zip!/a\\x07\\n.txt": "article"}),
        ("Ñandú/çay.txt", {"a.zip!/Ñandú/çay.txt": "article"}),
        ("a#1.txt", {"a.zip!/a#1.txt": "article"}),
    ],
)
def test_names_of_members_never_lead_out_of_the_archive(stored: str, expected: dict[str, str]) -> None:
    items = read(make_zip({stored: STORY, "z.txt": STORY}), "a.zip")
    assert found(items) == {**expected, "a.zip!/z.txt": "article"}
    assert found(read(make_tar({stored.replace("\\", "/"): STORY}), "a.zip")) == expected


def test_a_member_without_a_name_is_a_bad_name() -> None:
    data = make_zip({"a": STORY, "b.txt": STORY})
    at = data.index(b"PK\x01\x02") + 28
    # The one letter of the name becomes an extra field.
    data = data[:at] + struct.pack("<HH", 0, 1) + data[at + 4 :]
    assert found(read(data, "a.zip")) == {"a.zip!/": "bad-name", "a.zip!/b.txt": "article"}


@pytest.mark.parametrize("in_file", [False, True])
def test_places_outside_of_the_file_are_damage(in_file: bool, tmp_path: Path) -> None:
    data = make_zip({"a.txt": STORY})
    at = data.rindex(b"PK\x05\x06")
    data = data[: at + 12] + struct.pack("<II", 1 << 20, 0) + data[at + 20 :]
    (tmp_path / "a.zip").write_bytes(data)
    source = Source("a.zip", path=tmp_path / "a.zip") if in_file else Source("a.zip", data=data)
    assert reasons(list(read_source(source))) == ["damaged"]


def test_names_in_utf8_without_the_mark_for_it_are_read() -> None:
    data = make_zip({"çay.txt": STORY})
    for at in (data.index(b"PK\x03\x04") + 6, data.index(b"PK\x01\x02") + 8):
        data = data[:at] + struct.pack("<H", struct.unpack("<H", data[at : at + 2])[0] & ~0x800) + data[at + 2 :]
    assert list(found(read(data, "a.zip"))) == ["a.zip!/çay.txt"]


@pytest.mark.parametrize("make", [make_zip, make_tar])
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_members_of_one_name_are_both_read(make: Make) -> None:
    class Twice(dict[str, bytes]):
        def items(self) -> list[tuple[str, bytes]]:  # type: ignore[override]
            return [("a.txt", STORY), ("a.txt", STORY.upper())]

    assert found(read(make(Twice()), "a.zip")) == {"a.zip!/a.txt": "article", "a.zip!/a.txt~2": "article"}


def test_an_archive_in_an_archive_is_read_and_one_in_that_is_not() -> None:
    inner = make_zip({"a.txt": STORY})
    items = read(make_zip({"b.zip": inner, "c.tar.gz": make_tar_gz({"d.zip": inner, "e.txt": STORY})}), "o.zip")
    assert found(items) == {
        "o.zip!/b.zip!/a.txt": "article",
        "o.zip!/c.tar.gz!/d.zip": "unsupported",
        "o.zip!/c.tar.gz!/e.txt": "article",
    }


def test_links_and_devices_are_counted() -> None:
    output = io.BytesIO()
    with tarfile.open(fileobj=output, mode="w") as archive:
        for kind in (tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.CHRTYPE, tarfile.DIRTYPE):
            member = tarfile.TarInfo(f"link{kind!r}")
            member.type, member.linkname = kind, "/etc/passwd"
            archive.addfile(member)
    assert (len(skipped(read(output.getvalue(), "a.tar"))), found(read(output.getvalue(), "a.tar"))) == (4, {})
    link = zipfile.ZipInfo("link")
    link.external_attr = (stat.S_IFLNK | 0o777) << 16
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as zipped:
        zipped.writestr(link, "/etc/passwd")
        zipped.writestr("folder/", b"")
    assert len(skipped(read(packed.getvalue(), "a.zip"))) == 1


def encrypted(data: bytes) -> bytes:
    """Mark the first member as encrypted."""
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.index(signature) + offset
        data = data[:at] + bytes([data[at] | 1]) + data[at + 1 :]
    return data


def test_encrypted_members_are_named() -> None:
    assert found(read(encrypted(make_zip({"a.txt": STORY})), "a.zip")) == {"a.zip": "encrypted"}
    both = encrypted(make_zip({"a.txt": STORY, "b.txt": STORY}))
    assert found(read(both, "a.zip")) == {"a.zip!/a.txt": "encrypted", "a.zip!/b.txt": "article"}


def test_an_unknown_compression_is_named() -> None:
    data = make_zip({"a.txt": STORY, "b.txt": STORY})
    for signature, offset in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        at = data.index(signature) + offset
        data = data[:at] + struct.pack("<H", 97) + data[at + 2 :]
    assert found(read(data, "a.zip")) == {"a.zip!/a.txt": "unsupported", "a.zip!/b.txt": "article"}


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_every_compression_that_python_knows_is_read(method: int) -> None:
    assert found(read(make_zip({"a.txt": STORY}, method=method), "a.zip")) == {"a.zip!/a.txt": "article"}


@pytest.mark.parametrize("method", [zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_member_with_wrong_bytes_is_damaged(method: int) -> None:
    data = bytearray(make_zip({"a.txt": STORY * 20, "b.txt": STORY}, method=method))
    for at in range(60, 90):
        data[at] ^= 0x55
    assert found(read(bytes(data), "a.zip")) == {"a.zip!/a.txt": "damaged", "a.zip!/b.txt": "article"}


@pytest.mark.parametrize("make", [make_zip, make_tar, make_tar_gz, make_zip_gz])
@pytest.mark.parametrize("share", [0.2, 0.5, 0.8])
def test_an_archive_that_is_cut_off_says_so(make: Make, share: float) -> None:
    noise = bytes(range(65, 91)) * 100
    data = make({f"{number}.txt": STORY + noise[number:] for number in range(5)})
    items = read(data[: int(len(data) * share)], "a.bin")
    assert "damaged" in reasons(items)
    assert set(reasons(items)) == {"damaged"}


def test_members_before_a_broken_tar_header_are_read() -> None:
    data = bytearray(make_tar({"a.txt": STORY, "b.txt": STORY}, form=tarfile.USTAR_FORMAT))
    data[1024:1030] = b"broken"
    assert found(read(bytes(data), "a.tar")) == {"a.tar!/a.txt": "article", "a.tar": "damaged"}


@pytest.mark.parametrize("form", [tarfile.USTAR_FORMAT, tarfile.GNU_FORMAT, tarfile.PAX_FORMAT])
def test_every_form_of_tar_is_read(form: int) -> None:
    name = "n" * 90 + "/" + "m" * 60 + ".txt"
    assert found(read(make_tar({name: STORY}, form=form), "a.tar")) == {f"a.tar!/{name}": "article"}


def test_a_very_long_tar_header_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tar_archive, "_LONGEST_EXTENSION", 1000)
    assert reasons(read(make_tar({"n" * 5000 + ".txt": STORY}), "a.tar")) == ["damaged"]


def test_too_many_members_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("index.readers.content.zip_files.MOST_MEMBERS", 3)
    monkeypatch.setattr("index.readers.archives.tar_archive.MOST_MEMBERS", 3)
    files = {f"{number}.txt": STORY for number in range(4)}
    assert reasons(read(make_zip(files), "a.zip")) == ["too-large"]
    assert reasons(read(make_tar(files), "a.tar")) == ["too-large"]


def test_a_long_list_of_members_is_refused_before_it_is_read() -> None:
    data = make_zip({f"{number}.txt": b"x" for number in range(10)})
    at = data.rindex(b"PK\x05\x06")
    hostile = data[: at + 12] + struct.pack("<I", 1 << 30) + data[at + 16 :]
    assert reasons(read(hostile, "a.zip")) == ["too-large"]
    large = b"PK\x06\x06" + bytes(36) + struct.pack("<QQ", 1 << 30, 0) + b"PK\x06\x07" + bytes(16)
    assert reasons(read(data[:at] + large + data[at:], "a.zip")) == ["too-large"]


def test_a_member_larger_than_the_limit_is_lost_alone() -> None:
    long = b"".join(b"%d lines of a long story\n" % number for number in range(20_000))
    items = read(make_zip({"a.txt": long, "b.txt": STORY}), "a.zip", SMALL)
    assert found(items) == {"a.zip!/a.txt": "too-large", "a.zip!/b.txt": "article"}


def test_members_that_unpack_to_far_more_than_text_are_stopped() -> None:
    bomb = make_zip({f"{number}.txt": b"x" * 99_000 for number in range(60)})
    items = read(bomb, "a.zip", SMALL)
    assert found(items)["a.zip"] == "compressed-bomb"
    assert len(items) < 40


def test_a_member_that_states_a_small_size_is_stopped_too() -> None:
    data = make_zip({"a.txt": b"x" * 50_000_000})
    size = struct.pack("<I", 50_000_000)
    assert data.count(size) == 2
    for stated in (struct.pack("<I", 10), struct.pack("<I", 0x7FFFFFFF)):
        items = read(data.replace(size, stated), "a.zip", SMALL)
        assert set(found(items).values()) <= {"damaged", "compressed-bomb", "too-large"}


def test_a_bomb_of_archives_is_stopped() -> None:
    inner = make_zip({f"{number}.txt": b"x" * 99_000 for number in range(30)})
    items = read(make_zip({f"{number}.zip": inner for number in range(50)}), "a.zip", SMALL)
    assert found(items)["a.zip"] == "compressed-bomb"
    assert len(items) < 150


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_a_compressed_text_is_one_article(pack: Callable[[bytes], bytes]) -> None:
    assert article(pack(STORY), "a.txt").body == STORY.decode()
    # Several streams one after the other are one text.
    assert article(pack(STORY) + pack(STORY), "a.txt").body == 2 * STORY.decode()


@pytest.mark.parametrize("suffix", ["gz", "bz2", "xz"])
def test_the_name_under_the_suffix_of_compression_counts(suffix: str) -> None:
    pack = {"gz": gzip.compress, "bz2": bz2.compress, "xz": lzma.compress}[suffix]
    assert found(read(pack(b"a,text\n1,The strike is over.\n"), f"a.csv.{suffix}")) == {f"a.csv.{suffix}#1": "article"}


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
@pytest.mark.parametrize("share", [0.3, 0.6, 0.95])
def test_compressed_data_that_is_cut_off_or_wrong_is_damaged(pack: Callable[[bytes], bytes], share: float) -> None:
    data = pack(bytes(range(32, 127)) * 50 + STORY)
    assert reasons(read(data[: int(len(data) * share)], "a.txt")) == ["damaged"]
    at = int(len(data) * share)
    assert reasons(read(data[:at] + bytes(10) + data[at + 10 :], "a.txt")) == ["damaged"]


@pytest.mark.parametrize("pack", [gzip.compress, bz2.compress, lzma.compress])
def test_compressed_data_that_unpacks_to_far_more_than_text_is_stopped(pack: Callable[[bytes], bytes]) -> None:
    assert set(reasons(read(pack(b"x" + b"\n" * 5_000_000), "a.jsonl", SMALL))) <= {"bad-json", "compressed-bomb"}


def test_xz_data_that_asks_for_too_much_memory_is_refused() -> None:
    filters = [{"id": lzma.FILTER_LZMA2, "preset": 0, "dict_size": 1 << 28}]
    assert reasons(read(lzma.compress(STORY, filters=filters), "a.txt.xz")) == ["damaged"]


@settings(max_examples=examples(100))
@given(data=st.data())
def test_broken_archives_never_raise(data: st.DataObject) -> None:
    make = data.draw(st.sampled_from([make_zip, make_tar, make_tar_gz]))
    archive = bytearray(make({"a.txt": STORY, "b.jsonl": ROWS}))
    for _ in range(data.draw(st.integers(1, 20))):
        archive[data.draw(st.integers(0, len(archive) - 1))] = data.draw(st.integers(0, 255))
    items = read(bytes(archive), "a.zip")
    assert items
    assert "reader-error" not in reasons(items)


def test_archives_in_messages_and_messages_in_archives_are_read() -> None:
    inner = base64.b64encode(make_zip({"b.txt": STORY})).decode()
    message = (
        "From: a@example.org\nDate: Mon, 4 Mar 2019 10:00:00 +0000\nSubject: Ferries\nMIME-Version: 1.0\nContent-Type: "
        'multipart/mixed; boundary="x"\n\n--x\nContent-Type: text/plain\n\nSee the attachment.\n--x\nContent-Type: '
        'application/zip; name="b.zip"\nContent-Disposition: attachment; filename="b.zip"\nContent-Transfer-Encoding: '
        f"base64\n\n{inner}\n--x--\n"
    )
    [one] = articles(read(make_zip({"mail.eml": message.encode()}), "a.zip"))
    assert one.locator == "a.zip!/mail.eml"
    assert "returned to service" in one.body


def test_an_attached_archive_unpacks_to_no_more_than_a_document() -> None:
    options = ReadOptions(max_bytes=200_000)
    bomb = make_zip({f"{number}.txt": b"x" * 99_000 for number in range(300)})
    with open_content(Source("m.eml", data=STORY), options) as content:
        content.read_inner = partial(registry._read_inner, depth=registry._Depth())
        items = list(content.read_inner(Source("b.zip", data=bomb, size=len(bomb)), options))
    assert sum(len(item.body) for item in items if isinstance(item, Draft)) <= 200_000
    assert isinstance(items[-1], Failure)
    assert items[-1].reason == "compressed-bomb"
