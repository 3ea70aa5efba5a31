"""A load that is killed at any moment is wholly there or wholly absent."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from tests.store.killing import LOADS

ROOT = Path(__file__).parent.parent.parent


def test_a_load_killed_at_any_moment_is_there_or_not(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.store.killing", str(tmp_path)]
    clean = {name: text for name, text in os.environ.items() if not name.startswith("DANVAN_")}
    done = subprocess.run(command, cwd=ROOT, env=clean, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert 0 < int(done.stdout.split()[-1]) < LOADS
