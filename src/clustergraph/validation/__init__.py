"""Validation: SHACL shapes on each thing, violation queries across things, one report."""
