"""Chance: every draw comes from what it is about, so that the same question has the same answer."""

from __future__ import annotations

import random

SEED = "Sen Việt"


def chance(*about: object) -> random.Random:
    """Draws that depend on nothing but the seed and what they are about."""
    return random.Random("/".join(map(str, (SEED, *about))))
