"""The socket that the server listens on."""

from __future__ import annotations

import errno
import socket

from danvan.errors import ServerError

BACKLOG = 1024


def listen(host: str, port: int) -> socket.socket:
    """A listening socket; raises ServerError when the port is taken or the address unusable."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    # without it small answers wait 40 ms for an acknowledgement; accepted sockets inherit it
    listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    try:
        listener.bind((host, port))
        listener.listen(BACKLOG)
    except OSError as error:
        listener.close()
        key = "port_busy" if error.errno == errno.EADDRINUSE else "host_unusable"
        raise ServerError(key, host=host, port=port, detail=error.strerror) from error
    return listener
