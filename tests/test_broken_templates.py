"""Is a file that only begins like a Word document refused, wherever it is broken?"""

from __future__ import annotations

import struct
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quarterdeck.exports import packing
from quarterdeck.exports.letters import check_template, template
from quarterdeck.refusal import Refused

ENTRY, END = b"PK\x01\x02", b"PK\x05\x06"
WHOLE = template("letter")
DIRECTORY = WHOLE.index(ENTRY)


def directory(extra: bytes = b"", **fields: bytes) -> bytes:
    """A zip of one part whose entry in the directory says something else."""
    zipped = packing.zipped([("a.xml", b"<a/>")])
    at, end = zipped.index(ENTRY), zipped.index(END)
    entry, tail = bytearray(zipped[at:end]), bytearray(zipped[end:])
    for place, said in fields.items():
        begins = int(place.removeprefix("at"))
        entry[begins : begins + len(said)] = said
    if extra:
        entry[30:32] = struct.pack("<H", len(extra))
    tail[12:16] = struct.pack("<I", len(entry) + len(extra))
    return bytes(zipped[:at] + entry + extra + tail)


@pytest.mark.parametrize(
    "broken",
    [
        pytest.param(directory(at28=b"\0\0\0\0\5\0"), id="a part without a name"),
        pytest.param(
            directory(struct.pack("<HHQ", 1, 8, 2**64 - 1), at42=b"\xff" * 4),
            id="a part farther away than bytes can be counted",
        ),
        pytest.param(directory(at42=struct.pack("<I", 2**31)), id="a part behind the end"),
        pytest.param(WHOLE[: len(WHOLE) // 2], id="cut in half"),
        pytest.param(b"PK\x03\x04", id="a beginning alone"),
    ],
)
def test_a_zip_that_leads_nowhere_is_no_word_document(broken: bytes) -> None:
    with pytest.raises(Refused, match="no Word document"):
        check_template(broken)


CHANGES = st.lists(
    st.tuples(
        st.integers(0, len(WHOLE) - 1) | st.integers(DIRECTORY, len(WHOLE) - 1),
        st.sampled_from((b"", b"\0", b"\xff", b"\0\0", b"\xff\xff\xff\xff"))
        | st.binary(max_size=8),
    ),
    min_size=1,
    max_size=4,
)


@settings(max_examples=300, deadline=None)
@given(CHANGES)
def test_whatever_bytes_are_changed_it_is_refused_or_a_template_still(
    changes: list[tuple[int, bytes]],
) -> None:
    broken = bytearray(WHOLE)
    for at, said in changes:
        broken[at : at + len(said)] = said
    with suppress(Refused):
        check_template(bytes(broken))
