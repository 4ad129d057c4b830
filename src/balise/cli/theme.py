"""`balise theme`: what the theme is made of, to be looked at."""

from __future__ import annotations

from pathlib import Path

import click

EPILOG = """\b
Examples:
  balise theme gallery
  balise theme gallery ../gallery
"""
FOLDER = Path("gallery")


@click.group(epilog=EPILOG)
def command() -> None:
    """Look at what the theme is made of."""


@command.command()
@click.argument("folder", type=click.Path(path_type=Path), default=FOLDER)
def gallery(folder: Path) -> None:
    """Write a page for each component with all its examples, in every language, into FOLDER.

    The folder must be new, empty, or an earlier gallery.
    """
    from balise.gallery import gallery as draw_gallery
    from balise.gallery import write_gallery

    pages = write_gallery(folder, draw_gallery())
    click.echo(f"{pages} pages written to {folder}; open {folder / 'index.html'}")
