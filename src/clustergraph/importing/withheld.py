"""Persons who are not to be named: how the data call them, and the refusal of sheets that name them again."""

from __future__ import annotations

from clustergraph.errors import InputError
from clustergraph.forgotten import hash_of, hash_of_name
from clustergraph.importing.decisions import Decisions
from clustergraph.importing.sheet import Sheet
from clustergraph.importing.terms import URIRef, thing


def mark_of(person: URIRef) -> str:
    """What tells a withheld person from others: the start of the hash of the former address."""
    return hash_of(str(person))[:8]


def node(mark: str) -> URIRef:
    """The address of a withheld person."""
    return thing("person", f"withheld-{mark}")


def name(mark: str) -> str:
    """How a withheld person is called in the data and in sheets."""
    return f"name withheld ({mark})"


def refuse(sheet: Sheet, decisions: Decisions) -> None:
    """Refuse a sheet that names somebody whose name is withheld.

    :raises InputError: it does; the message names file, line and what to write instead.
    """
    for number, person in enumerate(sheet.people):
        for spelling in (person.name, *person.as_written):
            if mark := decisions.withheld(hash_of_name(spelling)):
                line = sheet.file.line(("people", number))
                raise InputError(
                    f"{sheet.file.path}, line {line}, people[{number}]: this person asked to be left out; write the "
                    f"name {name(mark)!r} and take out as_written, of, post, other_posts and note"
                )
