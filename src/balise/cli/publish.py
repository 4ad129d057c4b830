"""`balise publish`: put the site published before the last build back."""

from __future__ import annotations

import os
import time
from pathlib import Path

import click

from balise.building.staging import previous_folder, publish_previous
from balise.cli.build import find_config, shown_path

EPILOG = """\b
Examples:
  balise publish --previous
  balise publish --previous --site-dir /var/www/help
"""


@click.command(epilog=EPILOG)
@click.option("--previous", is_flag=True, help="Exchange the published site with the one before it.")
@click.option("-f", "--config-file", type=click.Path(path_type=Path), help="The mkdocs.yml to use.")
@click.option("-d", "--site-dir", type=click.Path(), help="The folder the site was written to.")
def command(previous: bool, config_file: Path | None, site_dir: str | None) -> None:
    """Go back to the site published before the last build.

    A build keeps the site it replaces, hidden beside the published folder. The two are exchanged in one step, byte for
    byte as they were; the same command again goes forward. The sources stay as they are, so the next build publishes
    what they say.
    """
    if not previous:
        raise click.UsageError("say what to publish: --previous goes back to the site before the last build")
    published = find_published(find_config(config_file), site_dir or "")
    is_kept = publish_previous(published, lambda: click.echo("Another build publishes there; waiting.", err=True))
    said = f"{shown_path(str(published))} is the site of {_time_of(published)} again."
    if is_kept:
        said += f" The one of {_time_of(previous_folder(published))} is kept; the same command brings it back."
    click.echo(said, err=True)


def _time_of(site: Path) -> str:
    """Return when a site was built, in local time."""
    return time.strftime("%Y-%m-%d %H:%M:%S", time.localtime(site.stat().st_mtime))


def find_published(config: Path, site_dir: str) -> Path:
    """Return the folder that a build with these options publishes into.

    MkDocs is asked only where mkdocs.yml may name one: its import takes longer than all the rest.
    """
    if not site_dir:
        text = config.read_text("utf-8", "replace")
        if "site_dir" in text or "INHERIT" in text:
            from balise.host.runner import load_host_config

            return Path(load_host_config(config).site_dir)
    return Path(os.path.normpath(config.parent / (site_dir or "site")))
