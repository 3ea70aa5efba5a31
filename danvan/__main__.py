"""`python -m danvan` is the `danvan` command."""

from danvan.cli import main

main()
