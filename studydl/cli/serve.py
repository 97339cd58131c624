"""``studydl serve``: the application in a browser."""

from __future__ import annotations

import socket

import click

from studydl.errors import StudyError

__all__ = ["serve"]

_WARNING = (
    "Warning: {host} can be reached from other machines. There is no password and no encryption: "
    "whoever reaches it studies in your name and can run code, since code cards do. "
    "Leave --host away to serve this machine only."
)


@click.command(short_help="Serve the application to a browser.")
@click.option("--host", default="127.0.0.1", help="The address to listen at.", show_default=True)
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
@click.option("--lang", type=click.Choice(["en", "zh"]), help="Language; else that of LANG.")
def serve(*, host: str, port: int, lang: str | None) -> None:
    """Serve the application to a browser, on this machine only unless --host says otherwise.

    Each visitor has an application of their own over the same log. Ctrl+C ends it.

    Exit code: 0, or 2 if the address cannot be listened at.
    """
    try:
        from studydl.web.server import StudyServer, address, is_local, own_command
    except ModuleNotFoundError as error:
        hint = "pip install 'studydl[serve]'"
        raise StudyError(
            "serving needs textual-serve, which is not installed", hint=hint
        ) from error

    _refuse_what_is_taken(host, port)
    if not is_local(host):
        click.echo(_WARNING.format(host=host), err=True)
    click.echo(f"studydl is at {address(host, port)} (ctrl+c ends it)")
    StudyServer(own_command(*(["--lang", lang] if lang else [])), host, port).serve()


def _refuse_what_is_taken(host: str, port: int) -> None:
    """Find out before anything is promised whether the address can be listened at."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        with socket.socket(family) as trial:
            trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            trial.bind((host, port))
    except OSError as error:
        hint = "name another --port, or a --host of this machine"
        where = f"{host}, port {port}"
        raise StudyError(
            f"cannot listen there: {error.strerror}", where=where, hint=hint
        ) from error
