"""``python -m clustergraph``: the command line."""

from clustergraph.cli import main

main(prog_name="clustergraph")
