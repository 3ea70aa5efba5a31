"""Print the measurements: python -m bench. Each is a ratio to something measured in the same run."""

from __future__ import annotations

from bench import engine, loading, painting, registers, rerun

if __name__ == "__main__":
    engine.report()
    loading.report()
    rerun.report()
    painting.report()
    registers.report()
