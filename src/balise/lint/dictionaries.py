"""Hunspell dictionaries on this machine, read with spylls where that is installed (the extra `lint`)."""

from __future__ import annotations

from functools import lru_cache
from itertools import islice
from pathlib import Path
from typing import Any

_USUAL = {"fr": ("fr_FR", "fr"), "nl": ("nl_NL", "nl"), "en": ("en_GB", "en_US", "en")}


def find_dictionary(folder: str, language: str) -> Path | None:
    """Return the path, without its suffix, of the dictionary for a language tag; the region's own goes first."""
    base = language.partition("-")[0]
    for name in (language.replace("-", "_"), *_USUAL.get(base, (base,))):
        path = Path(folder) / name
        if path.with_suffix(".aff").is_file() and path.with_suffix(".dic").is_file():
            return path
    return None


def has_reader() -> bool:
    """Tell whether spylls is installed."""
    from importlib.util import find_spec

    return find_spec("spylls") is not None


@lru_cache(maxsize=8)
def load_dictionary(path: Path) -> Any:
    """Return a dictionary of spylls; it takes seconds, so that each is read once."""
    import warnings

    from spylls.hunspell import Dictionary

    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)  # spylls 0.1.7 leaves the closing of files to the interpreter
        return Dictionary.from_files(str(path))


@lru_cache(maxsize=65536)
def is_known(path: Path, word: str) -> bool:
    """Tell whether a dictionary has a word, as it stands or in small letters."""
    dictionary = load_dictionary(path)
    return bool(dictionary.lookup(word) or dictionary.lookup(word.lower()))


@lru_cache(maxsize=1024)
def suggestions(path: Path, word: str, most: int = 3) -> tuple[str, ...]:
    """Return what a dictionary offers instead of a word, the likeliest first."""
    return tuple(islice(load_dictionary(path).suggest(word), most))
