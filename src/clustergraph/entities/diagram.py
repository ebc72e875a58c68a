"""The model as a drawing: a box for each class with the properties that lead to others, and lines to where they lead.

Nothing is placed by hand: classes with more properties that lead away stand further left, and each box stands near
what it is joined with. A class that very many lead to gets no lines, since they would hide the others: the rows name
it.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from pyoxigraph import NamedNode

from clustergraph.engine import Solution
from clustergraph.entities.marks import Marks
from clustergraph.entities.panels import Panel, bound
from clustergraph.iris import shorten, term_path

#: Sizes in the drawing: a box, a row of it, its head, the room between columns and between boxes.
WIDTH, ROW, HEAD, ACROSS, DOWN = 280, 18, 26, 100, 22
COLUMNS = 4
#: A class that more other classes than this lead to has no lines.
MOST = 6
#: How often boxes are put in order by what they are joined with.
ROUNDS = 4


@dataclass(frozen=True)
class Edge:
    """A property that leads from one class to another.

    :ivar domain: the IRI of the one class, ``range`` of the other, ``link`` of the property.
    :ivar title: classes and property in words.
    """

    domain: str
    link: str
    range: str
    title: str

    @property
    def words(self) -> tuple[str, str, str]:
        """Its IRIs, shortened."""
        return shorten(self.domain), shorten(self.link), shorten(self.range)

    @property
    def paths(self) -> tuple[str, str, str]:
        """The pages of its terms."""
        return term_path(self.domain), term_path(self.link), term_path(self.range)


@dataclass
class Box:
    """A class in the drawing.

    :ivar rows: the edges that begin here.
    """

    iri: str
    rows: list[Edge] = field(default_factory=list)
    x: float = 0
    y: float = 0

    @property
    def name(self) -> str:
        """Its IRI, shortened."""
        return shorten(self.iri)

    @property
    def path(self) -> str:
        """Its page."""
        return term_path(self.iri)

    @property
    def height(self) -> int:
        """Of the box."""
        return HEAD + ROW * len(self.rows)

    def row_y(self, number: int) -> float:
        """The middle of a row."""
        return self.y + HEAD + ROW * number + ROW / 2


@dataclass(frozen=True)
class Diagram:
    """What a drawing of the model shows.

    :ivar lines: paths of SVG, each with its edge.
    :ivar unlined: names of the classes that have no lines.
    """

    boxes: list[Box]
    edges: list[Edge]
    lines: list[tuple[str, Edge]]
    unlined: list[str]
    width: int = WIDTH
    row: int = ROW
    head: int = HEAD

    @property
    def count(self) -> int:
        """How many edges there are."""
        return len(self.edges)

    @property
    def size(self) -> tuple[float, float]:
        """Width and height of the drawing."""
        return max(box.x for box in self.boxes) + WIDTH + 30, max(box.y + box.height for box in self.boxes) + 10


def diagram(_panel: Panel, rows: list[Solution], _marks: Marks) -> Diagram:
    """The drawing of rows of ``?domain ?property ?range`` with their labels."""
    edges = [edge for row in rows if (edge := _edge(row))]
    boxes: dict[str, Box] = {}
    for edge in edges:
        boxes.setdefault(edge.domain, Box(edge.domain)).rows.append(edge)
    for edge in edges:
        boxes.setdefault(edge.range, Box(edge.range))
    crowded = {iri for iri in boxes if len({edge.domain for edge in edges if edge.range == iri} - {iri}) > MOST}
    drawn = [edge for edge in edges if edge.range not in crowded]
    _place(boxes, edges, drawn)
    lines = [(_line(boxes, edge), edge) for edge in drawn]
    return Diagram(list(boxes.values()), edges, lines, sorted(map(shorten, crowded)))


def _edge(row: Solution) -> Edge | None:
    terms = [bound(row, name) for name in ("domain", "property", "range")]
    if not all(isinstance(term, NamedNode) for term in terms):
        return None
    labels = [label.value for name in ("domain", "property", "range") if (label := bound(row, f"{name}Label"))]
    domain, prop, target = (term.value for term in terms if term)
    return Edge(domain, prop, target, " → ".join(labels))


def _place(boxes: dict[str, Box], edges: list[Edge], drawn: list[Edge]) -> None:
    """Put the boxes into columns of about the same height, then each column in order by what its boxes lead to."""

    def lead(iri: str) -> tuple[int, str]:
        away = {edge.range for edge in edges if edge.domain == iri}
        here = {edge.domain for edge in edges if edge.range == iri}
        return len(here - {iri}) - len(away - {iri}), iri

    columns: list[list[Box]] = [[]]
    share = sum(box.height + DOWN for box in boxes.values()) / COLUMNS
    for box in sorted(boxes.values(), key=lambda box: lead(box.iri)):
        if len(columns) < COLUMNS and sum(one.height + DOWN for one in columns[-1]) + box.height / 2 > share:
            columns.append([])
        columns[-1].append(box)
    for number, column in enumerate(columns):
        for box in column:
            box.x = 10 + number * (WIDTH + ACROSS)
    for _ in range(ROUNDS):
        for column in columns:
            _stack(column)
            column.sort(key=lambda box: (_middle(box, boxes, drawn), box.iri))
            _stack(column)


def _stack(column: list[Box]) -> None:
    y = 10.0
    for box in column:
        box.y = y
        y += box.height + DOWN


def _middle(box: Box, boxes: dict[str, Box], drawn: list[Edge]) -> float:
    """Where the boxes stand, on average, that a box is joined with."""
    others = [
        boxes[edge.range if edge.domain == box.iri else edge.domain]
        for edge in drawn
        if box.iri in (edge.domain, edge.range)
    ]
    found = [other.y + other.height / 2 for other in others if other is not box]
    return sum(found) / len(found) if found else box.y


def _line(boxes: dict[str, Box], edge: Edge) -> str:
    """From the row of a property to the head of the class it leads to, by the nearest sides."""
    start, end = boxes[edge.domain], boxes[edge.range]
    y, to_y = start.row_y(start.rows.index(edge)), end.y + HEAD / 2
    if end.x > start.x:
        x, to_x, bend, to_bend = start.x + WIDTH, end.x, ACROSS / 2, -ACROSS / 2
    elif end.x < start.x:
        x, to_x, bend, to_bend = start.x, end.x + WIDTH, -ACROSS / 2, ACROSS / 2
    else:
        x, to_x, bend, to_bend = start.x + WIDTH, end.x + WIDTH, 30, 30
    return f"M{x:g} {y:g}C{x + bend:g} {y:g} {to_x + to_bend:g} {to_y:g} {to_x:g} {to_y:g}"
