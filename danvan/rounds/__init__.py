"""Rounds: who has to report what for a period, and until when; what is owed, and reminding of it."""

from danvan.rounds.asking import asked, can_be_asked, reporting, with_rounds

__all__ = ["asked", "can_be_asked", "reporting", "with_rounds"]
