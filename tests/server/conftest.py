"""The house of a file of tests of the server; a file that needs another has one of its own."""

from tests.server.house import address, database, store

__all__ = ["address", "database", "store"]
