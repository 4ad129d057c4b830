"""What a build remembers for the next one: kept in the project, believed only where this user's own builds wrote it."""

from __future__ import annotations

import contextlib
import fcntl
import hashlib
import hmac
import os
import secrets
import stat
from collections.abc import Iterator
from pathlib import Path

FOLDER = Path(".balise") / "cache"
"""Where a project's memory stands; it may be deleted at any time."""
_MAGIC = b"balise memory 1\n"
_KEY_BYTES = 32


def write_memory(root: Path, name: str, content: bytes) -> str:
    """Keep bytes under a name, signed, and return their signature; "" where nothing can be kept."""
    key = _key(create=True)
    path = root / FOLDER / name
    if key is None or not _is_plain(root, path):
        return ""
    signature = _sign(key, root, name, content)
    draft = path.with_name(f"{name}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with _alone_in(path.parent):
            draft.unlink(missing_ok=True)  # what a killed build left
            try:
                with open(draft, "xb") as handle:  # never through a link that the project brought
                    handle.write(_MAGIC + signature + content)
                draft.replace(path)
            except BaseException:
                draft.unlink(missing_ok=True)
                raise
    except OSError:
        return ""
    return signature.hex()


@contextlib.contextmanager
def _alone_in(folder: Path) -> Iterator[None]:
    """Let no other build write into a folder meanwhile."""
    lock = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
    finally:
        os.close(lock)


def read_memory(root: Path, name: str, wanted: str | None = None) -> bytes | None:
    """Return what was kept under a name; `None` for nothing, and for anything that was not kept by this user here.

    A project that comes from elsewhere may bring any file: a signature with a key outside the project tells. With
    `wanted`, it must be this signature.
    """
    path = root / FOLDER / name
    key = _key(create=False)
    if key is None or not _is_plain(root, path):
        return None
    try:
        text = path.read_bytes()
    except OSError:
        return None
    start = len(_MAGIC) + hashlib.blake2b().digest_size
    signature, content = text[len(_MAGIC) : start], text[start:]
    good = text.startswith(_MAGIC) and hmac.compare_digest(signature, _sign(key, root, name, content))
    return content if good and wanted in (None, signature.hex()) else None


def _sign(key: bytes, root: Path, name: str, content: bytes) -> bytes:
    digest = hashlib.blake2b(key=key)
    for part in (os.fsencode(root), name.encode()):
        digest.update(len(part).to_bytes(4, "big") + part)
    digest.update(content)
    return digest.digest()


def _is_plain(root: Path, path: Path) -> bool:
    """Tell whether a file and its folders are plain ones, or not there yet; links are never followed."""
    kinds = ((root / FOLDER.parent, stat.S_ISDIR), (root / FOLDER, stat.S_ISDIR), (path, stat.S_ISREG))
    for place, is_kind in kinds:
        try:
            if not is_kind(place.lstat().st_mode):
                return False
        except FileNotFoundError:
            return True
        except OSError:
            return False
    return True


def _key(*, create: bool) -> bytes | None:
    """Return this user's key, made at the first use; `None` where there is no safe place for one."""
    try:
        path = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "balise" / "key"
    except RuntimeError:  # nobody's home
        return None
    if not path.is_absolute():
        return None
    try:
        status = path.lstat()
        if not stat.S_ISREG(status.st_mode) or status.st_uid != os.getuid() or status.st_mode & 0o077:
            return None
        key = path.read_bytes()
        return key if len(key) == _KEY_BYTES else None
    except OSError:
        return _new_key(path) if create else None


def _new_key(path: Path) -> bytes | None:
    """Make the key; of two processes that do so at once, both return the same one."""
    draft = path.with_name(f"key.{os.getpid()}.tmp")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        try:
            with os.fdopen(descriptor, "wb") as handle:
                handle.write(secrets.token_bytes(_KEY_BYTES))
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            draft.unlink()
    except OSError:
        return None
    return _key(create=False)
