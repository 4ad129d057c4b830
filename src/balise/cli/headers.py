"""`balise headers`: the response headers as a server's configuration reads them."""

from __future__ import annotations

import re
from pathlib import Path

import click

from balise.cli.build import find_config

EPILOG = """\b
Examples:
  balise headers nginx > /etc/nginx/snippets/balise.conf
  balise headers apache --root /var/www/help > /etc/apache2/conf-available/balise.conf
  balise headers netlify
"""
SERVERS = ("nginx", "apache", "netlify")
ROOT = "/var/www/site"


@click.command(epilog=EPILOG)
@click.argument("server", type=click.Choice(SERVERS))
@click.option("-f", "--config-file", type=click.Path(path_type=Path), help="The mkdocs.yml to use.")
@click.option("--root", default=ROOT, show_default=True, help="The folder Apache serves the site from.")
def command(server: str, config_file: Path | None, root: str) -> None:
    """Print what a server has to say beside each file.

    A built site holds `_headers` (Netlify, Cloudflare Pages) and `.htaccess` (Apache) already. For nginx, and for an
    Apache that reads no .htaccess, include what this prints.
    """
    from balise.headers import render_apache, render_netlify, render_nginx
    from balise.project import load_sources
    from balise.serving.settings import load_settings
    from balise.views import hosting

    if not re.fullmatch(r"/[^\s\"<>$]*", root):
        raise click.UsageError(f'"{root}" is not the path of a folder; write one such as {ROOT}')
    settings = load_settings(find_config(config_file))
    site = hosting(load_sources(settings.root, settings.content).site, settings.site_url)
    if server == "apache":
        text = render_apache(site, root)
    else:
        text = render_nginx(site) if server == "nginx" else render_netlify(site)
    click.echo(text, nl=False)
