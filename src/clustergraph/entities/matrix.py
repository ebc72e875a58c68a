"""Who hosted whom: countries in which editions were held, and the countries of those who took part."""

from __future__ import annotations

from dataclasses import dataclass

from clustergraph import queries
from clustergraph.engine import Engine, Solution
from clustergraph.entities import values
from clustergraph.entities.values import Value
from clustergraph.names import fold

QUERY = "country/matrix"


@dataclass(frozen=True)
class Pair:
    """A country as host of another, or of itself.

    :ivar host_iri: the permanent address of the host; ``guest_iri`` of the guest.
    :ivar people: how many people from the guest country took part.
    :ivar organisations: how many bodies from there.
    :ivar editions: in how many editions of the host.
    """

    host: Value
    host_iri: str
    guest: Value
    guest_iri: str
    people: int
    organisations: int
    editions: int

    @property
    def actors(self) -> int:
        """How many people and bodies took part."""
        return self.people + self.organisations

    @property
    def own(self) -> bool:
        """Whether the country was its own guest."""
        return self.host_iri == self.guest_iri


@dataclass(frozen=True)
class Matrix:
    """The pairs of all countries, by name of the host, then of the guest."""

    pairs: list[Pair]

    @property
    def hosts(self) -> list[Value]:
        """The countries with guests, by name."""
        return list(dict.fromkeys(pair.host for pair in self.pairs))

    @property
    def guests(self) -> list[Value]:
        """The countries from which somebody came, by name."""
        return sorted({pair.guest for pair in self.pairs}, key=lambda guest: (fold(guest.text), guest.href))

    @property
    def rows(self) -> list[tuple[Value, list[Pair | None]]]:
        """Each host with a cell for each guest, None where nobody came."""
        cells = {(pair.host, pair.guest): pair for pair in self.pairs}
        guests = self.guests
        return [(host, [cells.get((host, guest)) for guest in guests]) for host in self.hosts]


def of(graph: Engine) -> Matrix:
    """The matrix of a graph."""
    pairs = [_pair(row) for row in graph.select(queries.load(QUERY).text)]
    return Matrix(sorted(pairs, key=lambda pair: (fold(pair.host.text), pair.host_iri, fold(pair.guest.text))))


def _pair(row: Solution) -> Pair:
    return Pair(
        host=values.of(row["host"], row["hostLabel"]),
        host_iri=row["host"].value,
        guest=values.of(row["guest"], row["guestLabel"]),
        guest_iri=row["guest"].value,
        people=int(row["people"].value),
        organisations=int(row["organisations"].value),
        editions=int(row["editions"].value),
    )
