"""What a picture is told by its bytes, whatever its name says."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from balise.pictures import picture_size
from support.pictures import AVIF, jpeg, png, webp


@pytest.mark.parametrize(
    ("content", "size"),
    [(png(30, 20), (30, 20)), (jpeg(300, 200), (300, 200)), (webp(31, 17), (31, 17)), (AVIF, (12, 5))],
    ids=["png", "jpeg", "webp", "avif"],
)
def test_the_size_of_each_format_is_known(content: bytes, size: tuple[int, int]) -> None:
    assert picture_size(content) == size


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b'<svg xmlns="http://www.w3.org/2000/svg" width="5" height="6"/>',
        b"GIF89a\x05\0\x06\0",
        b"%PDF-1.7",
        png(0, 4),
    ],
    ids=["empty", "svg", "gif", "pdf", "flat"],
)
def test_anything_else_is_no_picture(content: bytes) -> None:
    assert picture_size(content) is None


@given(st.sampled_from([png(30, 20), jpeg(300, 200), webp(31, 17), AVIF]), st.integers(0, 400), st.binary(max_size=40))
def test_broken_files_are_refused_or_measured_and_never_stop_a_build(good: bytes, at: int, noise: bytes) -> None:
    size = picture_size(good[:at] + noise)
    assert size is None or min(size) > 0
