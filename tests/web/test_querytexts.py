"""The queries behind panels, as anyone can read and run them again."""

from __future__ import annotations

from flask.testing import FlaskClient

from clustergraph import iris
from clustergraph.store import Graph

BOC = iris.thing("person", "emil-boc")


def test_query_is_shown_with_the_thing_of_the_page_written_into_it(client: FlaskClient, graph: Graph) -> None:
    response = client.get("/queries/agent/appearances.rq", query_string={"entity": BOC})
    assert response.content_type == "text/plain; charset=utf-8"
    assert f"VALUES (?entity) {{ (<{BOC}>) }}" in response.text
    assert len(graph.select(response.text)) == 1


def test_query_without_values_is_shown_as_it_is(client: FlaskClient) -> None:
    text = client.get("/queries/agent/appearances.rq").text
    assert text.startswith("# ")
    assert "VALUES (?entity)" not in text


def test_unknown_query_is_not_found(client: FlaskClient) -> None:
    for name in ("nothing/here", "../settings", "edition/../../web/app", "edition"):
        assert client.get(f"/queries/{name}.rq").status_code == 404


def test_value_cannot_change_the_query(client: FlaskClient) -> None:
    for bad in ("x> } INSERT DATA { <a> <b> <c>", "not an iri", 'https://e/"', ""):
        assert client.get("/queries/agent/facts.rq", query_string={"entity": bad}).status_code == 400
    response = client.get("/queries/agent/facts.rq", query_string={"entity) } #": BOC})
    assert response.status_code == 400


def test_values_of_a_variable_that_stands_twice_each_make_a_row(client: FlaskClient, graph: Graph) -> None:
    people = [BOC, iris.thing("person", "daniel-cosnita")]
    text = client.get("/queries/agent/appearances.rq", query_string={"entity": people}).text
    assert f"VALUES (?entity) {{ (<{people[0]}>) (<{people[1]}>) }}" in text
    assert {row["entity"].value for row in graph.select(text)} == set(people)


def test_more_combinations_of_values_than_a_query_takes_are_refused(client: FlaskClient) -> None:
    many = {f"v{number}": [BOC] * 10 for number in range(9)}
    answer = client.get("/queries/agent/appearances.rq", query_string=many)
    assert answer.status_code == 400
    assert "combinations" in answer.text
