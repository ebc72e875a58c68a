"""From a fact sheet (YAML, typed by an editor) to Turtle in ``data/``."""
