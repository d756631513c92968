"""What does a compressed file hold?"""

from __future__ import annotations

import gzip
import io
import zlib
from pathlib import Path

from quarterdeck.importing.refusing import FileRefused

MOST_BYTES = 300 * 2**20
"""A few kilobytes can unpack to all the memory there is."""

_SIGNATURE = b"\x1f\x8b"
_CHUNK = 2**20


def is_packed(path: Path) -> bool:
    """Whether a file is compressed by gzip, whatever its name."""
    try:
        with path.open("rb") as file:
            return file.read(len(_SIGNATURE)) == _SIGNATURE
    except OSError:
        return False


def unpacked(data: bytes, most: int = MOST_BYTES) -> bytes:
    """The bytes within gzip bytes, any others as they are; a broken or huge file is refused."""
    if not data.startswith(_SIGNATURE):
        return data
    found = bytearray()
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(data)) as packed:
            while chunk := packed.read(_CHUNK):
                found += chunk
                if len(found) > most:
                    raise _too_large(most)
    except (EOFError, OSError, zlib.error) as error:
        raise FileRefused(
            "The compressed file is cut short or damaged.",
            f"After {len(found):,} unpacked bytes.",
            "Fetch or export it again and drop the whole file.",
        ) from error
    return bytes(found)


def _too_large(most: int) -> FileRefused:
    return FileRefused(
        f"The compressed file unpacks to more than {most // 2**20} MB.",
        "Whole file.",
        "Split it by year and drop the parts one after the other.",
    )
