"""``provenance version``: which version this is, and on what it runs."""

from __future__ import annotations

import platform

import click

from provenance import __version__
from provenance.cli.exits import Exit


@click.command()
def version() -> int:
    """Say which version this is, and what a report of a fault should name besides."""
    from importlib.metadata import version as version_of

    click.echo(f"provenance {__version__}")
    click.echo(f"Python {platform.python_version()}, {platform.system()} {platform.machine()}")
    click.echo(f"huggingface-hub {version_of('huggingface-hub')}")
    return Exit.OK
