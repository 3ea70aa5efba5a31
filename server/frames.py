"""What a browser may send over its websocket: nothing that reaches beyond its own page."""

from __future__ import annotations

from google.protobuf.message import DecodeError
from streamlit.proto.BackMsg_pb2 import BackMsg

OF_A_PAGE = {"rerun_script", "stop_script", "file_urls_request", "app_heartbeat"}
OPERATIONS = {"deferred_file", "dataframe_chunk"}
"""Streamlit knows others that clear everybody's caches, read its git or write files here."""


def kind(frame: bytes) -> str:
    """What the frame asks for; "" where it cannot be read.

    It is parsed as Streamlit will parse it: of several kinds in one frame the last one counts.
    """
    message = BackMsg()
    try:
        message.ParseFromString(frame)
    except DecodeError:
        return ""
    name = message.WhichOneof("type") or ""
    if name == "backend_operation_request":
        return message.backend_operation_request.WhichOneof("payload") or name
    return name


def is_allowed(name: str) -> bool:
    """Whether a page of ours needs it."""
    return name in OF_A_PAGE | OPERATIONS
