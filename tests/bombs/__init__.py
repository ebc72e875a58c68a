"""Queries and clients that mean harm, against the service as its users start it."""
