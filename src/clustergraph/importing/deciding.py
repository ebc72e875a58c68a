"""How an editor answers the importer's questions on the command line: by options beforehand, or when asked."""

from __future__ import annotations

from collections.abc import Callable

from clustergraph.errors import InputError
from clustergraph.importing.decisions import Decision
from clustergraph.importing.draft import slug_of
from clustergraph.importing.naming import Question

#: Shows a question and returns the number of the candidate chosen from 1, 0 for none of them, None to leave it open,
#: and the reason given.
Ask = Callable[[Question], tuple[int | None, str]]


class Editor:
    """An editor's answers.

    :param same: names -> slugs of the entities they mean (``--same NAME=SLUG``).
    :param new: names that mean none of the candidates (``--new NAME``).
    :param reason: why, for the answers given beforehand.
    :param ask: asks for what is left, or None where nobody can be asked.
    """

    def __init__(self, same: dict[str, str], new: tuple[str, ...], reason: str, ask: Ask | None) -> None:
        both = sorted(set(same) & set(new))
        if both:
            raise InputError(f"{both[0]!r} is given with --same and with --new; keep one")
        if (same or new) and not reason.strip():
            raise InputError("a decision needs a reason; add --reason 'why'")
        self._same, self._new, self._reason, self._ask = same, new, reason, ask
        self._used: set[str] = set()

    def __call__(self, question: Question) -> Decision | None:
        """Answer a question, or leave it open."""
        self._used.add(question.name)
        if question.name in self._same:
            return self._chosen(question, self._named(question), self._reason)
        if question.name in self._new:
            return self._chosen(question, 0, self._reason)
        if self._ask is None:
            return None
        choice, reason = self._ask(question)
        return None if choice is None else self._chosen(question, choice, reason)

    def _named(self, question: Question) -> int:
        slugs = [slug_of(candidate.entity) for candidate in question.candidates]
        slug = self._same[question.name]
        if slug not in slugs:
            raise InputError(f"--same {question.name}={slug}: {slug!r} is no candidate; choose of {', '.join(slugs)}")
        return slugs.index(slug) + 1

    @staticmethod
    def _chosen(question: Question, choice: int, reason: str) -> Decision:
        entities = tuple(candidate.entity for candidate in question.candidates)
        if choice:
            return Decision(question.kind, question.name, entities[choice - 1], (), reason)
        return Decision(question.kind, question.name, None, entities, reason)

    def check_all_used(self) -> None:
        """Raise InputError where an answer was given to no question, so that a misspelt name is not lost."""
        for name in (*self._same, *self._new):
            if name not in self._used:
                raise InputError(
                    f"{name!r} needed no decision: the sheets do not have the name, or it is sure; leave it out"
                )
