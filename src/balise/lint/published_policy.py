"""Reading a content security policy (CSP level 3): what it says of scripts and styles, and what it lets through."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from balise.lint.published_page import PublishedPage
from balise.lint.published_site import PublishedSite

META = "content-security-policy"


@dataclass(frozen=True)
class Policy:
    """One policy: its directives with their words, in small letters where that does not matter."""

    directives: Mapping[str, tuple[str, ...]]

    def of(self, *names: str) -> tuple[str, ...] | None:
        """Return the words of the first of these directives that is there, `None` where nothing is said."""
        return next((self.directives[name] for name in names if name in self.directives), None)

    def allows(self, kind: str, text: str, nonce: str = "", *, attribute: bool = False) -> bool:
        """Tell whether code in the page runs: `kind` is `script` or `style`, `attribute` code in an attribute."""
        part = "attr" if attribute else "elem"
        words = self.of(f"{kind}-src-{part}", f"{kind}-src", "default-src")
        if words is None:
            return True
        keyed = any(word.startswith(("'nonce-", "'sha")) or word == "'strict-dynamic'" for word in words)
        if "'unsafe-inline'" in words and not keyed:
            return True
        if attribute and "'unsafe-hashes'" not in words:
            return False
        return bool(nonce and f"'nonce-{nonce}'" in words) or any(digest in words for digest in _digests(text))


def _digests(text: str) -> Sequence[str]:
    return [
        f"'{name}-{base64.b64encode(hashlib.new(name, text.encode()).digest()).decode()}'"
        for name in ("sha256", "sha384", "sha512")
    ]


def parse_policy(text: str) -> Policy:
    """Return a policy from its text; of equal directives the first counts."""
    found: dict[str, tuple[str, ...]] = {}
    for piece in text.split(";"):
        words = piece.split()
        if words:
            plain = [word if word.startswith(("'nonce-", "'sha")) else word.lower() for word in words[1:]]
            found.setdefault(words[0].lower(), tuple(plain))
    return Policy(found)


def policies_of(page: PublishedPage, site: PublishedSite) -> Sequence[Policy]:
    """Return every policy that holds on a page: of its headers, of its head, and of the folder's files for servers."""
    texts = [site.policy, (page.file.headers or {}).get(META, "")]
    texts += [one.get("content") for one in page.all("meta") if one.get("http-equiv").lower() == META]
    return [parse_policy(piece) for text in dict.fromkeys(texts) for piece in text.split(",") if piece.strip()]
