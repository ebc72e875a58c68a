"""Deciding which entity each name of some sheets means, with the editor where it is not sure."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date

from clustergraph.errors import UndecidedError
from clustergraph.importing import agents
from clustergraph.importing.decisions import Decision, Decisions
from clustergraph.importing.draft import Draft, slug_of
from clustergraph.importing.matching import Candidate, Matcher
from clustergraph.importing.sheet import Body, Person
from clustergraph.importing.terms import URIRef


@dataclass(frozen=True)
class Question:
    """A name that may mean one of several entities.

    :ivar kind: ``person`` or ``organisation``.
    :ivar name: the name as the sheet has it.
    :ivar where: file and line of the record.
    :ivar candidates: what it may mean, best first.
    """

    kind: str
    name: str
    where: str
    candidates: tuple[Candidate, ...]

    def __str__(self) -> str:
        lines = [f"{self.where}: is {self.name!r} one of these?"]
        lines += [f"    {item.score:5.1f}  {slug_of(item.entity)}  ({item.name})" for item in self.candidates]
        return "\n".join(lines)


#: Answers a question with a decision, or with None where the editor is not asked or has no answer.
Decider = Callable[[Question], Decision | None]


@dataclass
class Naming:
    """The names of some sheets, resolved against the registry.

    :ivar organisations: finds organisations by name.
    :ivar people: finds people by name.
    :ivar minted: entities that were added, in order.
    :ivar printed_only: printed forms that are not surely names, by entity.
    """

    decisions: Decisions
    organisations: Matcher
    people: Matcher
    decide: Decider
    today: date
    minted: list[URIRef] = field(default_factory=list)
    printed_only: dict[URIRef, list[str]] = field(default_factory=dict)
    _open: list[Question] = field(default_factory=list)

    def resolve(self, drafts: list[Draft]) -> None:
        """Find or add every organisation and person of the sheets, in their order.

        :raises UndecidedError: some names are not sure; it lists them all with candidates, scores and remedy.
        """
        for draft in drafts:
            for section, number, record in _records(draft):
                node = self._resolve(draft, section, number, record)
                if node is not None:
                    self._register(draft, record, node)
        if self._open:
            raise UndecidedError(_undecided(self._open))

    def _resolve(self, draft: Draft, section: str, number: int, record: Body | Person) -> URIRef | None:
        matcher = self.people if isinstance(record, Person) else self.organisations
        acronym = (record.short,) if isinstance(record, Body) and record.short else ()
        match = matcher.match(record.name, (*acronym, *record.as_written), draft.country(record.country))
        if match.entity is not None:
            return match.entity
        if match.candidates:
            path = draft.sheet.file.path
            where = f"{path}, line {draft.sheet.file.line((section, number))}, {section}[{number}]"
            question = Question(matcher.kind, record.name, where, match.candidates)
            decision = self.decide(question)
            if decision is None:
                self._open.append(question)
                return None
            self.decisions.record(decision, self.today)
            if decision.same is not None:
                return decision.same
        return self._mint(draft, matcher.kind, record.name)

    def _mint(self, draft: Draft, kind: str, name: str) -> URIRef:
        file = "people" if kind == "person" else "organisations"
        node = draft.registry.free(file, kind, name)
        self.minted.append(node)
        return node

    def _register(self, draft: Draft, record: Body | Person, node: URIRef) -> None:
        if isinstance(record, Person):
            draft.people[record.name] = node
            unsure = agents.register_person(draft, record, node, self.people)
        else:
            draft.bodies[record.name] = node
            if record.short:
                draft.bodies.setdefault(record.short, node)
            unsure = agents.register_body(draft, record, node, self.organisations)
        if unsure:
            self.printed_only.setdefault(node, []).extend(unsure)


def _records(draft: Draft) -> Iterator[tuple[str, int, Body | Person]]:
    for number, body in enumerate(draft.sheet.bodies):
        yield "bodies", number, body
    for number, person in enumerate(draft.sheet.people):
        yield "people", number, person


def _undecided(questions: list[Question]) -> str:
    unique = {(question.kind, question.name): question for question in questions}
    listed = "\n".join(str(question) for question in unique.values())
    first = next(iter(unique.values()))
    return (
        f"{len(unique)} name(s) need a decision; nothing was written.\n{listed}\n"
        f"Decide with --same '{first.name}={slug_of(first.candidates[0].entity)}' or --new '{first.name}' "
        "(each with --reason), with --ask to be asked, or write the decision into data/decisions/names.ttl."
    )
