"""Parts in words: participations, figures, claims and the like have no label; what they say of others names them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from pyoxigraph import Literal, NamedNode, RdfFormat, parse

from clustergraph import iris
from clustergraph.iris import expand

#: Kind of a part, as addresses have it -> what people call it, and the properties whose values name it, in order.
NAMING = {
    "affiliation": ("affiliation", ("org:member", "cg:statedPost", "org:organization")),
    "citation": ("citation", ("cg:citedSource",)),
    "claim": ("claim", ("rdf:predicate", "rdf:object")),
    "decision": ("decision", ("cg:decidedEntity", "cg:identifiedAs", "cg:notEntity", "cg:spelling")),
    "mention": ("mention", ("cg:statedName",)),
    "participation": ("participation", ("cv:hasParticipant", "cv:role", "cg:inEvent")),
    "relation": ("relation", ("cg:relation", "dct:title")),
    "statistic": ("figure", ("cg:indicator", "cg:about", "cg:scope")),
}
Term = NamedNode | Literal


def naming(iri: str, lines: Sequence[bytes]) -> tuple[Term, ...]:
    """What names a part, by what is said of it; nothing for what is no part, and never the thing it is shown with.

    :param lines: the statements on it in N-Quads.
    """
    _, properties = NAMING.get(_kind(iri), ("", ()))
    wanted = [f"<{expand(name)}>".encode() for name in properties]
    told = [line for property in wanted for line in sorted(lines) if line.split(b" ", 2)[1] == property]
    objects = (quad.object for quad in parse(b"".join(told), RdfFormat.N_QUADS))
    found = (term for term in objects if isinstance(term, NamedNode | Literal))
    return tuple(dict.fromkeys(term for term in found if term.value != iris.shown_with(iri)))


def named(terms: Iterable[Term], labels: Mapping[str, Literal]) -> str:
    """The name of a part: ``"Ștefan Țăranu, speaker, Opening session"``.

    :param terms: as of :func:`naming`.
    :param labels: IRI -> label; a thing without is left out, an address elsewhere is said as it is.
    """
    return ", ".join(filter(None, (_text(term, labels) for term in terms)))


def described(iri: str, name: str) -> str:
    """What a thing is and its name, for a part; else the name: ``"participation: Ștefan Țăranu, speaker"``.

    :param name: what it is called, or empty: then its address says it, without the letters that addresses lack.
    """
    kind, slug = iris.kind_and_slug(iri) or ("", "")
    if kind not in NAMING:
        return name or iris.shorten(iri)
    rest = slug.partition("--")[2] or slug
    return f"{NAMING[kind][0]}: {name or rest.replace('--', ', ').replace('-', ' ')}"


def _kind(iri: str) -> str:
    return (iris.kind_and_slug(iri) or ("", ""))[0]


def _text(term: Term, labels: Mapping[str, Literal]) -> str:
    if isinstance(term, Literal):
        return term.value
    label = labels.get(term.value)
    return label.value if label else "" if _kind(term.value) else iris.shorten(term.value)
