"""Archives give their tables and nothing else: no rubbish, no bomb, no path of theirs, no secret left unsaid."""

import gzip
import io
import itertools
import struct
import tarfile
import tracemalloc
import zipfile
from pathlib import Path

import pytest

from data.files import archives, unpack
from data.files.plain_table import Part, Room
from data.files.read_table import Unreadable
from tests.reading.containers import sheet, workbook, zipped
from tests.reading.material import cells, table

CSV = "id,subject\n1,a\n2,b\n"


def tarred(members: dict[str, bytes | str], mode: str = "w:gz") -> bytes:
    content = io.BytesIO()
    with tarfile.open(fileobj=content, mode="w") as archive:
        for name, text in members.items():
            raw = text.encode() if isinstance(text, str) else text
            head = tarfile.TarInfo(name)
            head.size = len(raw)
            archive.addfile(head, io.BytesIO(raw))
    plain = content.getvalue()
    return gzip.compress(plain, mtime=0) if mode == "w:gz" else plain  # without the hour, every run makes the same bytes


def parts(folder: Path, content: bytes, name: str = "export.zip", room: Room | None = None) -> list[Part]:
    path = folder / name
    path.write_bytes(content)
    work = folder / "work"
    work.mkdir(exist_ok=True)
    count = itertools.count()
    return list(unpack.tables(path, name, lambda: work / str(next(count)), room or Room(work)))


def names(found: list[Part]) -> list[str]:
    return [part.name for part in found]


@pytest.mark.parametrize(
    "content",
    [
        gzip.compress(CSV.encode(), mtime=0),
        gzip.compress(CSV[:9].encode(), mtime=0) + gzip.compress(CSV[9:].encode(), mtime=0),
        zipped({"tickets.csv": CSV}),
        zipped({"tickets.csv": CSV}, zipfile.ZIP_STORED),
        zipped({"tickets.csv": CSV}, zipfile.ZIP_BZIP2),
        zipped({"deep/down/tickets.csv.gz": gzip.compress(CSV.encode(), mtime=0)}),
        tarred({"tickets.csv": CSV}),
        tarred({"tickets.csv": CSV}, "w"),
        zipped({"tickets.tar.gz": tarred({"tickets.csv": CSV})}),
    ],
)
def test_an_archive_of_one_table_is_read_like_the_table(tmp_path, content):
    assert cells(table(tmp_path, content)) == [["1", "a"], ["2", "b"]]


def test_every_table_has_the_name_it_has_in_the_archive(tmp_path):
    found = parts(
        tmp_path,
        zipped(
            {
                "a/tickets.csv": CSV,
                "b/tickets.csv": CSV,
                "book.xlsx": workbook({"One": sheet([["id", "x"], [1.0, "y"]]), "Two": sheet([["id", "x"], [1.0, "y"]])}),
                "inner.zip": zipped({"users.json": '[{"id": 1}]'}),
            }
        ),
    )
    assert names(found) == [
        "export.zip: a/tickets.csv",
        "export.zip: b/tickets.csv",
        "export.zip: book.xlsx: One",
        "export.zip: book.xlsx: Two",
        "export.zip: inner.zip: users.json",
    ]
    assert {part.path for part in found} == set((tmp_path / "work").iterdir()), "something is left that nobody takes"


def test_what_a_computer_adds_and_what_cannot_be_a_table_is_no_part(tmp_path):
    rubbish = ["__MACOSX/._tickets.csv", ".DS_Store", "a/.DS_Store", "a/._x.csv", "Thumbs.db", "folder/", "README.txt", "guide.pdf"]
    found = parts(tmp_path, zipped({"tickets.csv": CSV} | dict.fromkeys(rubbish, "x")))
    assert names(found) == ["export.zip: tickets.csv"]


@pytest.mark.parametrize(
    "name", ["../../../etc/cron.d/x.csv", "/etc/x.csv", r"C:\Windows\x.csv", r"..\..\x.csv", "a/../../x.csv", "x\n\x1b.csv"]
)
@pytest.mark.parametrize("kind", ["zip", "tar"])
def test_a_members_name_is_never_a_path(tmp_path, name, kind):
    found = parts(tmp_path, zipped({name: CSV}) if kind == "zip" else tarred({name: CSV}))
    assert [part.path.parent for part in found] == [tmp_path / "work"]
    assert "x.csv" in found[0].name
    assert not {"..", "\n", "\x1b", "C:", ": /"} & {sign for sign in ("..", "\n", "\x1b", "C:", ": /") if sign in found[0].name}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["export.zip", "work"]


def test_links_and_devices_are_not_followed(tmp_path):
    content = io.BytesIO()
    with tarfile.open(fileobj=content, mode="w") as archive:
        for name, kind in (("link.csv", tarfile.SYMTYPE), ("hard.csv", tarfile.LNKTYPE), ("pipe.csv", tarfile.FIFOTYPE)):
            head = tarfile.TarInfo(name)
            head.type, head.linkname = kind, "/etc/passwd"
            archive.addfile(head)
    with pytest.raises(Unreadable, match="without any table"):
        parts(tmp_path, content.getvalue())


def bomb(size: int = 100 << 20) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive, archive.open("tickets.csv", "w") as member:
        for _ in range(size >> 20):
            member.write(bytes(1 << 20))
    return content.getvalue()


BOMBS = {
    "zip": bomb,
    "gzip": lambda: gzip.compress(bytes(100 << 20), mtime=0),
    "tar": lambda: tarred({"tickets.csv": bytes(100 << 20)}),
}


@pytest.mark.parametrize("packed", BOMBS)
def test_a_bomb_is_refused_before_it_fills_the_disk(tmp_path, packed):
    with pytest.raises(Unreadable, match="grow to more than 250 times its size"):
        parts(tmp_path, BOMBS[packed]())
    assert not any((tmp_path / "work").iterdir())


@pytest.mark.parametrize("packed", BOMBS)
def test_a_bomb_inside_an_archive_costs_itself(tmp_path, packed):
    bad, good = parts(tmp_path, zipped({"bad.csv": BOMBS[packed](), "good.csv": CSV}))
    assert "grow to more than 250 times its size" in bad.fault
    assert good.name == "export.zip: good.csv"
    assert sum(path.stat().st_size for path in (tmp_path / "work").iterdir()) == len(CSV)


def test_a_size_that_the_archive_hides_does_not_help(tmp_path):
    """The list of the archive says 1 byte where there are 1,000."""
    content = zipped({"tickets.csv": CSV * 500}, zipfile.ZIP_STORED)
    size = struct.pack("<I", len(CSV) * 500)
    found = parts(tmp_path, content.replace(size, struct.pack("<I", 1)))
    assert "damaged inside its archive" in found[0].fault
    assert not any((tmp_path / "work").iterdir()) or next((tmp_path / "work").iterdir()).stat().st_size <= 1


@pytest.mark.parametrize(
    "content", [zipped({"a.csv": CSV * 9000}), gzip.compress(CSV.encode() * 9000, mtime=0), tarred({"a.csv": CSV * 9000})]
)
def test_an_archive_larger_than_the_limit_says_which_limit(tmp_path, content):
    with pytest.raises(Unreadable, match="more than 0 MB once unpacked, the limit set in the file of settings") as refusal:
        parts(tmp_path, content, room=Room(tmp_path, 100_000, " set in the file of settings"))
    assert str(refusal.value).startswith("export.zip")
    assert not any((tmp_path / "work").iterdir())


def test_an_archive_larger_than_the_disk_says_so(tmp_path, monkeypatch):
    usage = type("Usage", (), {"free": (256 << 20) + 1000})
    monkeypatch.setattr("shutil.disk_usage", lambda path: usage)
    with pytest.raises(Unreadable, match="does not fit on the disk"):
        parts(tmp_path, zipped({"a.csv": CSV * 9000}))


def test_the_limit_is_for_all_tables_together(tmp_path):
    found = parts(tmp_path, zipped({f"{i}.csv": CSV for i in range(9)}), room=Room(tmp_path, 9 * len(CSV)))
    assert len(found) == 9
    with pytest.raises(Unreadable, match="once unpacked"):
        parts(tmp_path, zipped({f"{i}.csv": CSV for i in range(10)}), room=Room(tmp_path, 9 * len(CSV)))


def test_too_many_members_are_refused_without_listing_them(tmp_path):
    content = zipped({f"{i}.csv": "" for i in range(2500)})
    with pytest.raises(Unreadable, match="more than 2,000 files"):
        parts(tmp_path, content)
    with pytest.raises(Unreadable, match="more than 2,000 files"):
        parts(tmp_path, tarred({f"{i}.csv": "" for i in range(2500)}), "b.tgz")


def test_archives_are_opened_one_level_deep(tmp_path):
    deep = zipped({"c.zip": zipped({"x.csv": CSV})})
    found = parts(tmp_path, zipped({"b.zip": deep, "ok.zip": zipped({"y.csv": CSV})}))
    assert "too deep to be opened" in found[0].fault
    assert names(found[1:]) == ["export.zip: ok.zip: y.csv"]


def test_a_locked_member_is_named_and_the_others_are_read(tmp_path):
    content = bytearray(zipped({"secret.csv": CSV, "open.csv": CSV}))
    for signature, flags in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(signature) + flags] |= 1
    found = parts(tmp_path, bytes(content))
    assert [bool(part.fault) for part in found] == [True, False]
    assert found[0].fault.startswith("export.zip: secret.csv is encrypted: the archive has a password.")


def test_a_packing_nobody_knows_is_named(tmp_path):
    content = bytearray(zipped({"a.csv": CSV}))
    for signature, method in ((b"PK\x03\x04", 8), (b"PK\x01\x02", 10)):
        content[content.index(signature) + method] = 9
    assert "packed in a way that is not read" in parts(tmp_path, bytes(content))[0].fault


def test_damage_to_one_member_leaves_the_others(tmp_path):
    content = bytearray(zipped({"a.csv": CSV * 99, "b.csv": CSV}))
    content[45] ^= 0xFF
    found = parts(tmp_path, bytes(content))
    assert [("damaged inside its archive" in part.fault) for part in found] == [True, False]


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"PK\x03\x04 damaged", "is a damaged zip archive"),
        (zipped({"tickets.csv": CSV * 100})[:-30], "is a damaged zip archive"),
        (gzip.compress(CSV.encode() * 1000, mtime=0)[:-20], "is a damaged archive"),
        (tarred({"tickets.csv": CSV * 1000})[:-40], "is a damaged archive"),
        (zipped({}), "without any table in it"),
        (zipped({"photo.png": "x", "__MACOSX/x": "y"}), r"without any table in it \(it holds photo.png\)"),
    ],
)
def test_a_damaged_or_empty_archive_says_so(tmp_path, content, sentence):
    with pytest.raises(Unreadable, match=sentence):
        parts(tmp_path, content)


def test_a_tar_with_endless_names_is_refused(tmp_path):
    head = tarfile.TarInfo("x")
    head.type, head.size = tarfile.XHDTYPE, 50 << 20
    with pytest.raises(Unreadable, match="longer than names are"):
        parts(tmp_path, gzip.compress(head.tobuf() + bytes(50 << 20), mtime=0))


def test_a_member_is_never_whole_in_memory(tmp_path):
    row = "".join(f"{place},some words about {place * 7919 % 1000}\n" for place in range(100_000))
    content = zipped({"a.csv": "id,subject\n" + row * 20})
    path = tmp_path / "a.zip"
    path.write_bytes(content)
    count = itertools.count()
    tracemalloc.start()
    (part,) = unpack.tables(path, "a.zip", lambda: tmp_path / str(next(count)), Room(tmp_path))
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert part.path.stat().st_size > 50 << 20
    assert most < 8 * archives.PIECE
