"""Finding what killed builds left beside a published folder, without importing what it takes to remove it."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from pathlib import Path


def leftovers(published: Path) -> Iterator[tuple[Path, int]]:
    """Yield the folders that builds left, each with the inode number in its name, 0 without one."""
    pattern = re.compile(rf"\.{re.escape(published.name)}\.(?:staging-\w+|replacing-(\d+))")
    for name in sorted(os.listdir(published.parent)):
        found = pattern.fullmatch(name)
        if found:
            yield published.parent / name, int(found[1] or 0)
