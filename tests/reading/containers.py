"""Builds archives and workbooks by hand, so that nothing but the formats themselves stands between a test and the reader."""

import io
import struct
import zipfile
from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
STYLES = {"plain": 0, "stamp": 22, "date": 14, "clock": 21, "span": 46}  # the number formats every workbook knows
Cell = str | float | bool | None | tuple[str, float]


def zipped(members: Mapping[str, bytes | str], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", method) as archive:
        for name, text in members.items():
            archive.writestr(zipfile.ZipInfo(name), text, method)  # without the hour, every run makes the same bytes
    return content.getvalue()


def column(place: int) -> str:
    place, name = place + 1, ""
    while place:
        place, letter = divmod(place - 1, 26)
        name = chr(65 + letter) + name
    return name


def cell(value: Cell, row: int, place: int) -> str:
    """A text, a number, yes or no, or a number shown in one of the styles; "#N/A" is an error, None is no cell."""
    where = f'r="{column(place)}{row}"'
    if value is None:
        return ""
    if value == "#N/A":
        return f'<c {where} t="e"><v>#N/A</v></c>'
    if isinstance(value, bool):
        return f'<c {where} t="b"><v>{int(value)}</v></c>'
    if isinstance(value, tuple):
        return f'<c {where} s="{[*STYLES].index(value[0])}"><v>{value[1]!r}</v></c>'
    if isinstance(value, str):
        return f'<c {where} t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>'
    return f"<c {where}><v>{value!r}</v></c>"


def sheet(rows: Sequence[Sequence[Cell]], first: int = 1) -> str:
    return "".join(
        f'<row r="{number}">{"".join(cell(value, number, place) for place, value in enumerate(row))}</row>'
        for number, row in enumerate(rows, start=first)
    )


def workbook(sheets: Mapping[str, str], hidden: Sequence[str] = ()) -> bytes:
    """An .xlsx of sheets as `sheet` writes them."""
    numbered = list(enumerate(sheets, start=1))
    listed = "".join(
        f'<sheet name="{escape(name)}" sheetId="{number}"{" state=" + chr(34) + "hidden" + chr(34) if name in hidden else ""} '
        f'r:id="rId{number}"/>'
        for number, name in numbered
    )
    links = "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        for number, _ in numbered
    )
    styles = "".join(f'<xf numFmtId="{number}"/>' for number in STYLES.values())
    office = f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}">{office}</Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}">{links}</Relationships>',
        "xl/styles.xml": f'<styleSheet xmlns="{MAIN}"><cellXfs count="{len(STYLES)}">{styles}</cellXfs></styleSheet>',
    }
    for number, name in numbered:
        parts[f"xl/worksheets/sheet{number}.xml"] = f'<worksheet xmlns="{MAIN}"><sheetData>{sheets[name]}</sheetData></worksheet>'
    return zipped(parts)


def opendocument(rows: Sequence[Sequence[str | float]]) -> bytes:
    """An .ods with one sheet."""
    spaces = " ".join(f'xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"' for short in ("office", "table", "text"))

    def one(value: str | float) -> str:
        kind = "string" if isinstance(value, str) else f'float" office:value="{value}'
        return f'<table:table-cell office:value-type="{kind}"><text:p>{escape(str(value))}</text:p></table:table-cell>'

    body = "".join(f"<table:table-row>{''.join(map(one, row))}</table:table-row>" for row in rows)
    kind = "application/vnd.oasis.opendocument.spreadsheet"
    content = (
        f'<office:document-content {spaces}><office:body><office:spreadsheet><table:table table:name="S">{body}</table:table>'
        "</office:spreadsheet></office:body></office:document-content>"
    )
    listed = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
    manifest = f'<m:manifest xmlns:m="{listed}"><m:file-entry m:full-path="/" m:media-type="{kind}"/></m:manifest>'
    return zipped({"mimetype": kind, "META-INF/manifest.xml": manifest, "content.xml": content}, zipfile.ZIP_STORED)


def old_workbook(rows: Sequence[Sequence[str | float]]) -> bytes:
    """An .xls with one sheet: records of Excel 97 in a compound file."""

    def record(kind: int, body: bytes) -> bytes:
        return struct.pack("<HH", kind, len(body)) + body

    def one(value: str | float, row: int, place: int) -> bytes:
        where = struct.pack("<HHH", row, place, 0)
        if isinstance(value, str):
            return record(0x0204, where + struct.pack("<HB", len(value), 1) + value.encode("utf-16-le"))
        return record(0x0203, where + struct.pack("<d", value))

    cells = b"".join(one(value, row, place) for row, line in enumerate(rows) for place, value in enumerate(line))
    start = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0005, 0, 0, 0, 0))
    name = b"Sheet1"
    bound = 4 + 8 + len(name)
    ahead = len(start) + bound + 4
    book = start + record(0x0085, struct.pack("<IHBB", ahead, 0, len(name), 0) + name) + record(0x000A, b"")
    page = record(0x0809, struct.pack("<HHHHII", 0x0600, 0x0010, 0, 0, 0, 0))
    size = record(0x0200, struct.pack("<IIHHH", 0, len(rows), 0, len(rows[0]), 0))
    return compound((book + page + size + cells + record(0x000A, b"")).ljust(4096, b"\0"))


def compound(stream: bytes, name: str = "Workbook") -> bytes:
    """A file of the kind old Office documents are, with one stream in it."""
    free, last = 0xFFFFFFFF, 0xFFFFFFFE
    sectors = -(-len(stream) // 512)
    table = [0xFFFFFFFD, last, *range(3, sectors + 2), last]
    table += [free] * (128 - len(table))
    assert len(table) == 128, "one sector of links must do"
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 16
    head += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + b"\0" * 6
    head += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, last, 0, last, 0) + struct.pack("<I", 0) + struct.pack("<I", free) * 108

    def entry(title: str, kind: int, child: int, start: int, size: int) -> bytes:
        raw = (title + "\0").encode("utf-16-le") if title else b""
        return (
            raw.ljust(64, b"\0")
            + struct.pack("<HBBIII", len(raw), kind, 1, free, free, child)
            + b"\0" * 36
            + struct.pack("<IQ", start, size)
        )

    folder = entry("Root Entry", 5, 1, last, 0) + entry(name, 2, free, 2, len(stream)) + entry("", 0, free, 0, 0) * 2
    return head + struct.pack("<128I", *table) + folder + stream.ljust(sectors * 512, b"\0")


def binary_workbook(rows: Sequence[Sequence[str | float]]) -> bytes:
    """An .xlsb with one sheet."""

    def record(kind: int, body: bytes = b"") -> bytes:
        return (bytes([kind]) if kind < 0x80 else bytes([kind & 0x7F | 0x80, kind >> 7])) + bytes([len(body)]) + body

    def wide(text: str) -> bytes:
        return struct.pack("<I", len(text)) + text.encode("utf-16-le")

    def one(value: str | float, place: int) -> bytes:
        where = struct.pack("<II", place, 0)
        return record(6, where + wide(value)) if isinstance(value, str) else record(5, where + struct.pack("<d", value))

    lines = b"".join(
        record(0, struct.pack("<I", number) + bytes(13)) + b"".join(one(value, place) for place, value in enumerate(row))
        for number, row in enumerate(rows)
    )
    size = record(0x94, struct.pack("<IIII", 0, len(rows) - 1, 0, len(rows[0]) - 1))
    page = record(0x81) + size + record(0x91) + lines + record(0x92) + record(0x82)
    bundle = record(0x8F) + record(0x9C, struct.pack("<II", 0, 1) + wide("rId1") + wide("S")) + record(0x90)
    link = f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.bin"/>'
    office = f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.bin"/>'
    return zipped(
        {
            "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"/>',
            "_rels/.rels": f'<Relationships xmlns="{PACKAGE}">{office}</Relationships>',
            "xl/workbook.bin": record(0x83) + record(0x99, bytes(12)) + bundle + record(0x84),
            "xl/_rels/workbook.bin.rels": f'<Relationships xmlns="{PACKAGE}">{link}</Relationships>',
            "xl/worksheets/sheet1.bin": page,
        }
    )
