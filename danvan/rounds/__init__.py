"""Rounds: who has to report what for a period, and until when."""

from danvan.rounds.asking import with_rounds

__all__ = ["with_rounds"]
