"""The command line: ``clustergraph COMMAND``."""

from clustergraph.cli.main import main

__all__ = ["main"]
