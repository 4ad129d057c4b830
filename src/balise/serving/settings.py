"""What the preview needs of mkdocs.yml, read without MkDocs, and the address it listens on."""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from balise.errors import ProjectError, UsageError
from balise.pipeline import Options
from balise.today import default_today

DEFAULT_ADDRESS = "127.0.0.1:8000"
_DEEPEST_INHERITANCE = 8


@dataclass(frozen=True)
class Settings:
    """A project's folder and what its mkdocs.yml says to the preview; `others` are plugins that it does not run."""

    root: Path
    content: str
    site_url: str
    options: Options
    address: str
    strict: bool
    others: tuple[str, ...]


@dataclass(frozen=True)
class Address:
    """Where the preview listens: a name or an IP address, and a port; port 0 is any free one."""

    host: str
    port: int

    @property
    def is_local(self) -> bool:
        """Tell whether only this machine can reach the address."""
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return self.host.lower() == "localhost"

    def __str__(self) -> str:
        """Return the address as it stands in a URL."""
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"


def parse_address(text: str) -> Address:
    """Return the address a person typed as `IP:PORT` or `[IPv6]:PORT`. Raises `UsageError`."""
    host, _, port = text.rpartition(":")
    host = host[1:-1] if host.startswith("[") and host.endswith("]") else host
    if not host or not port.isascii() or not port.isdigit() or int(port) > 65535:
        raise UsageError(f'"{text}" is no address to listen on; write IP:PORT, as in {DEFAULT_ADDRESS}')
    return Address(host, int(port))


def load_settings(config_file: Path) -> Settings:
    """Return what mkdocs.yml says to the preview. Raises `ProjectError`."""
    value = _load_mapping(config_file)
    plugins = _plugins(value.get("plugins") or ())
    if "balise" not in plugins:
        message = f"{config_file.name} does not name the plugin; write `plugins: [balise]` and `theme: balise`"
        raise ProjectError(message)
    own = plugins.pop("balise")
    root = config_file.parent.resolve()
    return Settings(
        root=root,
        content=os.path.relpath(root / str(value.get("docs_dir") or "docs"), root).replace(os.sep, "/"),
        site_url=str(value.get("site_url") or ""),
        options=Options(str(own.get("today") or "") or default_today(), bool(own.get("allow_stale"))),
        address=str(value.get("dev_addr") or DEFAULT_ADDRESS),
        strict=bool(value.get("strict")),
        others=tuple(plugins),
    )


def _plugins(listed: Any) -> dict[str, Mapping[str, Any]]:
    """Return the plugins by name with their options; mkdocs.yml may list them or map them."""
    items = listed.items() if isinstance(listed, dict) else ((item, None) for item in listed)
    found: dict[str, Mapping[str, Any]] = {}
    for item, options in items:
        name, given = next(iter(item.items())) if isinstance(item, dict) and item else (item, options)
        found[str(name)] = given if isinstance(given, dict) else {}
    return found


def _load_mapping(config_file: Path, depth: int = 0) -> dict[str, Any]:
    """Return a configuration with those it inherits from; tags that name Python objects are left out."""
    import yaml

    try:
        value = _host_loader(config_file.read_text("utf-8-sig")).get_single_data() or {}
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as failure:
        raise ProjectError(f"{config_file.name} cannot be read: {' '.join(str(failure).split())}") from None
    if not isinstance(value, dict):
        raise ProjectError(f"{config_file.name} cannot be read: it holds no keys")
    parent = value.pop("INHERIT", None)
    if not parent or depth == _DEEPEST_INHERITANCE:
        return value
    return _merged(_load_mapping(config_file.parent / str(parent), depth + 1), value)


def _merged(below: dict[str, Any], above: dict[str, Any]) -> dict[str, Any]:
    mapped = {key for key in above if isinstance(above[key], dict) and isinstance(below.get(key), dict)}
    return {**below, **above, **{key: _merged(below[key], above[key]) for key in mapped}}


def _host_loader(text: str) -> Any:
    """Return a reader of MkDocs' YAML: `!ENV` looks into the environment, every other tag is nothing."""
    import yaml

    class HostLoader(yaml.SafeLoader):
        """Reads values only; nothing it reads is run."""

    def variable(loader: Any, node: Any) -> Any:
        names = [node.value] if node.id == "scalar" else [item.value for item in node.value]
        default = names.pop() if len(names) > 1 else None
        return next((os.environ[name] for name in names if name in os.environ), default)

    HostLoader.add_constructor("!ENV", variable)
    HostLoader.add_constructor(None, lambda loader, node: None)
    return HostLoader(text)
