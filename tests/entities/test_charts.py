"""Charts draw figures as their sources word them: "over 300" is no 300, and figures that differ are a range."""

from __future__ import annotations

from clustergraph import store
from clustergraph.entities.catalogue.home import PARTICIPANTS
from clustergraph.entities.charts import Chart, chart
from clustergraph.entities.marks import Marks
from clustergraph.entities.panels import MOST
from clustergraph.iris import concept, thing

#: Edition, number, qualifier, scope; one without a number has no figure.
Said = tuple[str, str, str, str]


def drawn(*said: Said) -> Chart:
    lines = " ".join(_line(number, *one) for number, one in enumerate(said))
    variables = "?edition ?editionLabel ?item ?number ?qualifier ?stated ?scope ?scopeLabel"
    query = f"SELECT {variables} WHERE {{ VALUES ({variables}) {{ {lines} }} }}"
    graph = store.in_memory([])
    return chart(PARTICIPANTS, graph.select(query), Marks(graph))


def _line(item: int, edition: str, number: str, qualifier: str, scope: str) -> str:
    named = f'<{thing("edition", edition)}> "{edition}"'
    if not number:
        return f"({named} UNDEF UNDEF UNDEF UNDEF UNDEF UNDEF)"
    kind = f"<{concept('qualifier', qualifier)}>" if qualifier else "UNDEF"
    part = f'<{concept("scope", scope)}> "{scope}"' if scope else "UNDEF UNDEF"
    return f'({named} <{thing("statistic", f"{edition}--s-{item}")}> {number} {kind} "{qualifier} {number}" {part})'


def test_qualifier_has_a_mark_of_its_own() -> None:
    said = [("a", "300", qualifier, "") for qualifier in ("over", "about", "nearly", "exactly", "")]
    shapes = [figure.shape for figure in drawn(*said).columns[0].figures]
    assert shapes == ["over", "about", "below", "exactly", "exactly"]


def test_figures_of_the_whole_that_differ_are_a_range() -> None:
    (column,) = drawn(("a", "250", "exactly", ""), ("a", "205", "exactly", "")).columns
    assert [whole for _, _, whole in column.ranges] == [True]
    top, bottom, _ = column.ranges[0]
    assert [top, bottom] == [figure.y for figure in column.figures]


def test_figures_of_different_scopes_are_no_range() -> None:
    (column,) = drawn(("a", "350", "", "total"), ("a", "200", "", "onsite"), ("a", "100", "", "online")).columns
    assert column.ranges == []
    assert [figure.is_whole for figure in column.figures] == [True, False, False]


def test_total_counts_as_the_whole() -> None:
    (column,) = drawn(("a", "350", "", "total"), ("a", "300", "", "")).columns
    assert len(column.ranges) == 1


def test_edition_without_a_figure_has_an_empty_column() -> None:
    found = drawn(("a", "", "", ""), ("b", "100", "", ""))
    assert [len(column.figures) for column in found.columns] == [0, 1]
    assert found.count == 1


def test_scale_begins_at_nothing_and_holds_the_largest_figure() -> None:
    for largest in (1, 7, 99, 350, 12_345):
        lines = drawn(("a", str(largest), "", "")).lines
        assert lines[0][1] == 0
        assert lines[-1][1] >= largest
        assert len(lines) <= 6
    assert drawn(("a", "", "", "")).lines[0][1] == 0


def test_of_very_many_editions_the_last_are_drawn_to_their_own_scale_and_the_others_counted() -> None:
    found = drawn(("first", "9000", "", ""), *((f"e{number}", "90", "", "") for number in range(MOST)))
    assert (len(found.columns), found.left) == (MOST, 1)
    assert found.columns[0].label == "e0"
    assert found.lines[-1][1] == 100
