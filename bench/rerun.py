"""A rerun of the overview, beside one of an empty page on Streamlit as it comes.

Both servers run at once and are asked in turns, over the websocket, by one reader: from the
request to the message that the script has finished.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from tests.server.running import serving

RERUNS, WARM_UP = 60, 10
EMPTY = "import streamlit as st\nst.write('empty')\n"
STREAMLIT = [
    sys.executable, "-m", "streamlit", "run", "page.py", "--server.port", "{port}",
    "--server.headless", "true", "--browser.gatherUsageStats", "false",
]  # fmt: skip


def report() -> None:
    """Print the median rerun of both pages."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "page.py").write_text(EMPTY, encoding="utf-8")
        with (
            serving(folder / "danvan.db") as ours,
            serving(folder / "none.db", *STREAMLIT, folder=folder) as stock,
        ):
            times, sizes = asyncio.run(_asked_in_turns(ours, stock))
    (overview, empty), (kilobytes, _) = map(median, times), sizes
    print(f"rerun, median of {RERUNS}, one reader")
    print(f"  an empty page, Streamlit as it comes   {1000 * empty:7.1f} ms   1")
    print(
        f"  the overview, {kilobytes:.0f} KB                  {1000 * overview:7.1f} ms   ", end=""
    )
    print(f"{overview / empty:.2f}  (goal: at most 0.5)")


async def _asked_in_turns(*addresses: str) -> tuple[list[list[float]], list[float]]:
    readers = [await _connected(address) for address in addresses]
    times: list[list[float]] = [[] for _ in readers]
    sizes = [0.0 for _ in readers]
    for turn in range(WARM_UP + RERUNS):
        for index, reader in enumerate(readers):
            begun = perf_counter()
            sizes[index] = await _rerun(reader, addresses[index]) / 1024
            if turn >= WARM_UP:
                times[index].append(perf_counter() - begun)
    for reader in readers:
        await reader.close()
    return times, sizes


async def _connected(address: str) -> ClientConnection:
    return await connect(
        address.replace("http", "ws", 1) + "/_stcore/stream",
        origin=Origin(address),
        subprotocols=[Subprotocol("streamlit")],
        compression=None,
        max_size=None,
    )


async def _rerun(reader: ClientConnection, address: str) -> int:
    """Ask for a rerun and return the bytes that came until it was finished."""
    asked = BackMsg()
    asked.rerun_script.query_string = "year=2022"
    asked.rerun_script.context_info.url = address
    await reader.send(asked.SerializeToString())
    size = 0
    while True:
        message = await reader.recv(decode=False)
        size += len(message)
        if ForwardMsg.FromString(message).WhichOneof("type") == "script_finished":
            return size
