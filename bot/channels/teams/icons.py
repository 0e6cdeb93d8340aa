"""The app's two icons, drawn here: opening quotation marks, in colour and as an outline."""

from __future__ import annotations

import math
import struct
import zlib
from collections.abc import Callable
from functools import cache

RGBA = tuple[int, int, int, int]

BLUE: RGBA = (29, 58, 102, 255)
WHITE: RGBA = (255, 255, 255, 255)
CLEAR: RGBA = (255, 255, 255, 0)

MARKS = (0.33, 0.67)
"""The middle of each mark, from the left, as a share of the width."""

SAMPLES = 3


@cache
def colour_icon(size: int = 192) -> bytes:
    """A PNG as Teams asks for it: a full square, white on one colour."""
    return _png(size, lambda cover: _mix(BLUE, WHITE, cover))


@cache
def outline_icon(size: int = 32) -> bytes:
    """A PNG as Teams asks for it: white on nothing."""
    return _png(size, lambda cover: (*WHITE[:3], round(255 * cover)))


def _inside(x: float, y: float) -> bool:
    """Whether a point of the unit square belongs to one of the marks: a disc with a tail."""
    for middle in MARKS:
        across, down = x - middle, y - 0.58
        disc = math.hypot(across, down)
        tail = math.hypot(across - 0.1, down)
        if disc <= 0.13 or (0.13 < tail <= 0.23 and across < 0.03 and down < 0):
            return True
    return False


def _png(size: int, paint: Callable[[float], RGBA]) -> bytes:
    rows = bytearray()
    for row in range(size):
        rows.append(0)
        for column in range(size):
            rows += bytes(paint(_cover(column, row, size)))
    header = struct.pack(">IIBBBBB", size, size, 8, 6, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", zlib.compress(bytes(rows), 9)), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(kind, data) for kind, data in chunks)


def _cover(column: int, row: int, size: int) -> float:
    """How much of a pixel the marks cover, so that edges are smooth."""
    points = [(each + 0.5) / SAMPLES for each in range(SAMPLES)]
    hits = sum(_inside((column + x) / size, (row + y) / size) for x in points for y in points)
    return hits / SAMPLES**2


def _mix(under: RGBA, over: RGBA, cover: float) -> RGBA:
    red, green, blue, _ = (
        round(low + (high - low) * cover) for low, high in zip(under, over, strict=True)
    )
    return red, green, blue, 255


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
