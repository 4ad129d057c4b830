"""What the preview reads of mkdocs.yml without MkDocs, and the addresses people type."""

from __future__ import annotations

from pathlib import Path

import pytest

from balise.errors import ProjectError, UsageError
from balise.serving.settings import Address, load_settings, parse_address


def write(folder: Path, text: str, name: str = "mkdocs.yml") -> Path:
    path = folder / name
    path.write_text(text, "utf-8")
    return path


def test_the_usual_configuration(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795219200")
    settings = load_settings(write(tmp_path, "site_url: https://a.example/b/\ndocs_dir: content\nplugins: [balise]\n"))
    assert (settings.root, settings.content, settings.site_url) == (tmp_path, "content", "https://a.example/b/")
    assert (settings.options.today, settings.options.allow_stale) == ("2026-11-21", False)
    assert (settings.address, settings.strict, settings.others) == ("127.0.0.1:8000", False, ())


@pytest.mark.parametrize(
    "plugins",
    [
        "plugins:\n  - search\n  - balise: {today: '2027-01-02', allow_stale: true}\n",
        "plugins:\n  search: {}\n  balise: {today: '2027-01-02', allow_stale: true}\n",
    ],
)
def test_options_of_the_plugin_and_the_others_beside_it(tmp_path: Path, plugins: str) -> None:
    settings = load_settings(write(tmp_path, plugins + "dev_addr: localhost:81\nstrict: true\n"))
    assert (settings.options.today, settings.options.allow_stale) == ("2027-01-02", True)
    assert (settings.address, settings.strict, settings.others) == ("localhost:81", True, ("search",))


def test_tags_of_the_host_are_read_without_running_anything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ADDRESS", "https://env.example/")
    text = (
        "plugins: [balise]\nsite_url: !ENV [NOT_THERE, ADDRESS, none]\ndocs_dir: !ENV [NOT_THERE, content]\n"
        "dev_addr: !ENV NOT_THERE\nx: !!python/object/apply:os.abort []\ny: !!python/name:os.abort\n"
    )
    settings = load_settings(write(tmp_path, text))
    assert (settings.site_url, settings.content) == ("https://env.example/", "content")
    assert settings.address == "127.0.0.1:8000"


def test_what_is_inherited_is_below_what_is_written(tmp_path: Path) -> None:
    write(tmp_path, "site_url: https://base.example/\nplugins: {balise: {today: '2027-01-02'}}\n", "base.yml")
    settings = load_settings(write(tmp_path, "INHERIT: base.yml\nplugins: {balise: {allow_stale: true}}\n"))
    assert (settings.site_url, settings.options.today, settings.options.allow_stale) == (
        "https://base.example/",
        "2027-01-02",
        True,
    )


@pytest.mark.parametrize(
    "text, message",
    [
        ("plugins: [search]\n", "mkdocs.yml does not name the plugin; write `plugins: [balise]` and `theme: balise`"),
        ("", "mkdocs.yml does not name the plugin; write `plugins: [balise]` and `theme: balise`"),
        ("- a\n", "mkdocs.yml cannot be read: it holds no keys"),
        ("INHERIT: none.yml\n", "none.yml cannot be read: [Errno 2] No such file or directory"),
        ("a: [\n", "mkdocs.yml cannot be read: while parsing"),
    ],
)
def test_a_configuration_that_cannot_be_used_is_quoted(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(ProjectError) as refused:
        load_settings(write(tmp_path, text))
    assert str(refused.value).startswith(message)


@pytest.mark.parametrize(
    "text, address, local",
    [
        ("127.0.0.1:8000", Address("127.0.0.1", 8000), True),
        ("127.0.0.9:0", Address("127.0.0.9", 0), True),
        ("localhost:80", Address("localhost", 80), True),
        ("[::1]:8000", Address("::1", 8000), True),
        ("0.0.0.0:8000", Address("0.0.0.0", 8000), False),
        ("[::]:8000", Address("::", 8000), False),
        ("192.168.1.7:8000", Address("192.168.1.7", 8000), False),
        ("localhost.example:8000", Address("localhost.example", 8000), False),
    ],
)
def test_an_address_is_local_or_not(text: str, address: Address, local: bool) -> None:
    assert (parse_address(text), parse_address(text).is_local, str(address)) == (address, local, text)


@pytest.mark.parametrize("text", ["nonsense", "", ":8000", "127.0.0.1:", "127.0.0.1:x", "127.0.0.1:65536", "a:٣"])
def test_an_address_that_is_none_is_quoted(text: str) -> None:
    with pytest.raises(UsageError) as refused:
        parse_address(text)
    assert str(refused.value) == f'"{text}" is no address to listen on; write IP:PORT, as in 127.0.0.1:8000'
