"""`studydl serve`: the application over a websocket, for pages of its own only."""

import asyncio
import re
import socket

import aiohttp
import pytest
from click.testing import CliRunner

from studydl.cli.serve import serve
from studydl.errors import StudyError
from studydl.web.server import address, is_local, own_command
from tests.web.serving import served

PATIENCE = 30
EVERYWHERE = "0.0.0.0"  # noqa: S104 - to be warned of
ESCAPES = re.compile(rb"\x1b(?:\[[0-9;?<>=]*[A-Za-z]|\][^\x07]*\x07|P[^\x1b]*\x1b\\|[@-_])")


async def read_until(websocket, text: str) -> str:
    """Read what the application draws until a text is among it."""
    seen = b""
    async with asyncio.timeout(PATIENCE):
        while text.encode() not in ESCAPES.sub(b"", seen):
            message = await websocket.receive()
            assert message.type in {aiohttp.WSMsgType.BINARY, aiohttp.WSMsgType.TEXT}, message
            if message.type is aiohttp.WSMsgType.BINARY:
                seen += message.data
    return ESCAPES.sub(b"", seen).decode()


async def connected(session, at: str):
    """Connect; until the server listens, try again."""
    for _ in range(100):
        try:
            return await session.ws_connect(f"{at}/ws?width=100&height=30")
        except aiohttp.ClientConnectorError:
            await asyncio.sleep(0.1)
    raise AssertionError("the server does not listen")


async def test_the_application_is_drawn_and_takes_keys(tmp_path):
    with served(tmp_path) as at:
        async with aiohttp.ClientSession() as session:
            websocket = await connected(session, at)
            assert "Activation functions" in await read_until(websocket, "Activation functions")
            await websocket.send_json(["stdin", "?"])
            assert "Everywhere" in await read_until(websocket, "Everywhere")
            await websocket.close()


async def test_a_page_from_elsewhere_is_refused(tmp_path):
    with served(tmp_path) as at:
        async with aiohttp.ClientSession() as session:
            await (await connected(session, at)).close()
            with pytest.raises(aiohttp.WSServerHandshakeError, match="403"):
                await session.ws_connect(f"{at}/ws", origin="http://elsewhere.example")
            stranger = {"Host": f"elsewhere.example:{at.rpartition(':')[2]}"}
            async with session.get(at, headers=stranger) as answer:
                assert answer.status == 403
            own = {"Origin": at}
            async with session.get(at, headers=own) as answer:
                assert answer.status == 200


async def test_the_page_loads_nothing_from_elsewhere(tmp_path):
    with served(tmp_path) as at:
        async with aiohttp.ClientSession() as session:
            await (await connected(session, at)).close()
            async with session.get(at) as answer:
                page = await answer.text()
    sources = re.findall(r'(?:src|href|url\()\s*=?\s*"([^"]+)"', page)
    assert sources
    assert all(source.startswith(at) for source in sources)


def test_a_port_that_is_taken_is_said_before_anything_is_promised():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = CliRunner().invoke(serve, ["--port", str(port)])
    assert isinstance(done.exception, StudyError)
    assert f"127.0.0.1, port {port}" in str(done.exception)
    assert "studydl is at" not in done.output


@pytest.mark.parametrize("host", [EVERYWHERE, "::", "192.168.1.5", "example.org"])
def test_only_addresses_of_this_machine_are_local(host):
    assert not is_local(host)
    assert is_local("127.0.0.1")
    assert is_local("::1")
    assert is_local("localhost")


def test_serving_to_others_is_warned_of(monkeypatch):
    monkeypatch.setattr("studydl.web.server.StudyServer.serve", lambda _self: None)
    done = CliRunner().invoke(serve, ["--host", EVERYWHERE, "--port", "18999"])
    assert done.exit_code == 0
    assert f"Warning: {EVERYWHERE} can be reached from other machines" in done.output
    quiet = CliRunner().invoke(serve, ["--port", "18999"])
    assert "Warning" not in quiet.output


def test_addresses_and_commands_are_written_for_a_browser_and_a_shell():
    assert address("::1", 8000) == "http://[::1]:8000"
    assert address("127.0.0.1", 80) == "http://127.0.0.1:80"
    assert own_command("--lang", "zh").endswith("-m studydl --lang zh")
