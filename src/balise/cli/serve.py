"""`balise serve`: preview the site on this machine."""

from __future__ import annotations

from pathlib import Path

import click

from balise.cli.build import find_config

EPILOG = """\b
Examples:
  balise serve
  balise serve --dev-addr 127.0.0.1:8001
"""


@click.command(epilog=EPILOG)
@click.option("-f", "--config-file", type=click.Path(path_type=Path), help="The mkdocs.yml to use.")
@click.option("-a", "--dev-addr", metavar="IP:PORT", help="Where to listen; this machine alone by default.")
@click.option("-s", "--strict", is_flag=True, help="Let warnings stop the build.")
def command(config_file: Path | None, dev_addr: str | None, strict: bool) -> None:
    """Preview the site with MkDocs' development server; it rebuilds when a file changes. Stop with Ctrl-C."""
    from balise.host.runner import run_serve

    if run_serve(find_config(config_file), address=dev_addr, strict=strict):
        raise KeyboardInterrupt
    raise click.exceptions.Exit(1)
