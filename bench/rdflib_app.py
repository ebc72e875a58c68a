"""rdflib-endpoint on the dump that BENCH_DUMP names, for uvicorn; only what the comparison needs."""

from __future__ import annotations

import os

from rdflib import Dataset
from rdflib_endpoint import SparqlEndpoint

dataset = Dataset(default_union=True)
dataset.parse(os.environ["BENCH_DUMP"], format="nquads")
app = SparqlEndpoint(graph=dataset)
