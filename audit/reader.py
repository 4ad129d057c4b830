"""What readers do that several parts need: unfolding answers, and using the search."""

from __future__ import annotations

from typing import Any

WORDS = "112"
"""A number that every edition's search knows."""
UNFOLD = "() => document.querySelectorAll('main details').forEach(one => { one.open = true; })"


def search(tab: Any, words: str = WORDS) -> None:
    """Type words into the search of a page from A to Z, and wait for its results."""
    tab.fill("#search-words", words)
    tab.locator(".search-box li a").first.wait_for(timeout=15_000)
