"""Where the fields of records stand in the data files; a file is read again only when a finding needs it."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from balise.problems import Location
from balise.source import SourceProblem, YamlDocument, load_yaml

if TYPE_CHECKING:
    from balise.project import Project

FILES = {"channels": "channels", "figures": "figures", "dates": "figures", "claims": "figures", "series": "figures"}
"""The data file of each section, without suffix."""


def load_document(project: Project, file: str) -> YamlDocument | None:
    """Return a data file with the places of its values; `None` for one that cannot be read."""
    path = project.root / project.content / "data" / f"{file}.yml"
    try:
        status = path.stat()
        return _load(path, project.root, status.st_mtime_ns, status.st_size)
    except (SourceProblem, OSError):
        return None


@lru_cache(maxsize=4)
def _load(path: Path, root: Path, changed: int, size: int) -> YamlDocument:
    return load_yaml(path, root)


def field_place(project: Project, section: str, name: str, field: str) -> Location:
    """Return where a field of a record stands (`phone`, `url.fr`, `hours.1`), or the record where it has none."""
    record = project.registries.places.get(f"{section}.{name}")
    file = FILES.get(section, section)
    document = load_document(project, file)
    if document is None:
        return record or Location(f"{project.content}/data/{file}.yml")
    items = document.value.get(section, []) if isinstance(document.value, dict) else []
    for index, item in enumerate(items if isinstance(items, list) else ()):
        if isinstance(item, dict) and item.get("id") == name:
            return _inside(document, (section, index), field)
    return record or Location(document.path)


def _inside(document: YamlDocument, at: tuple[str | int, ...], field: str) -> Location:
    key, _, rest = field.partition(".")
    step: str | int = int(rest) - 1 if rest.isdecimal() else rest
    if rest and (*at, key, step) in document.places:
        return document.location(*at, key, step)
    return document.location(*at, key)
