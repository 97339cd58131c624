"""Serves the application to a browser; only pages that it served itself may talk to it."""

from __future__ import annotations

import shlex
import sys
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from aiohttp import web
from textual_serve.server import Server

if TYPE_CHECKING:
    from aiohttp.typedefs import Handler

__all__ = ["StudyServer", "address", "is_local", "own_command"]

_PAGES = Path(__file__).parent / "pages"


def is_local(host: str) -> bool:
    """Return whether a host can be reached from this machine only."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def address(host: str, port: int) -> str:
    """Return where a browser finds a host and a port."""
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


def own_command(*arguments: str) -> str:
    """Return the command that starts the application for one visitor."""
    return shlex.join([sys.executable, "-m", "studydl", *arguments])


class StudyServer(Server):
    """Starts the application once for each visitor, and speaks with it over a websocket.

    Textual's server lets any page that is open in the browser connect, and so read the cards and
    type into an editor for code. This one asks where a request comes from. Its page loads nothing
    from anywhere else.
    """

    def __init__(self, command: str, host: str, port: int) -> None:
        """Serve a command.

        Args:
            command: What is started for each visitor.
            host: The address to listen at.
            port: The port to listen at.
        """
        super().__init__(
            command,
            host=host,
            port=port,
            title="studydl",
            public_url=address(host, port),
            templates_path=_PAGES,
        )

    def initialize_logging(self) -> None:
        """Log nothing: visits are nobody's business, and failures are answered."""

    async def on_startup(self, app: web.Application) -> None:
        """Say nothing: who started the server has said where it is."""

    async def _make_app(self) -> web.Application:
        app = await super()._make_app()
        app.middlewares.append(self._only_own_pages)
        return app

    @web.middleware
    async def _only_own_pages(self, request: web.Request, handler: Handler) -> web.StreamResponse:
        """Refuse another page's request, and a name that was made to lead here."""
        named = urlsplit(f"//{request.host}").hostname or ""
        if is_local(self.host) and not is_local(named):
            raise web.HTTPForbidden(text=f"studydl is served to this machine only, not to {named}")
        origin = request.headers.get("Origin")
        if origin is not None and urlsplit(origin).netloc != request.host:
            raise web.HTTPForbidden(text=f"pages from {origin} may not speak with studydl")
        return await handler(request)
