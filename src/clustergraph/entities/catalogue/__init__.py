"""Which panels the page of each kind of thing is made of."""

from __future__ import annotations

from collections.abc import Mapping

from clustergraph.entities.catalogue.actors import ORGANISATION, PERSON
from clustergraph.entities.catalogue.edition import EDITION, RECORD
from clustergraph.entities.catalogue.events import EVENT, SERIES, SESSION
from clustergraph.entities.catalogue.records import SOURCE
from clustergraph.entities.catalogue.subjects import POLICY, TOPIC
from clustergraph.entities.catalogue.terms import CONCEPT, DECLARED, ONTOLOGY, SCHEME
from clustergraph.entities.catalogue.where import COUNTRY, PLACE, REGION
from clustergraph.entities.panels import Panel

#: kind -> its panels, in order; every kind with a page is here.
PANELS: Mapping[str, tuple[Panel, ...]] = {
    "series": SERIES,
    "edition": EDITION,
    "session": SESSION,
    "event": EVENT,
    "person": PERSON,
    "organisation": ORGANISATION,
    "place": PLACE,
    "region": REGION,
    "country": COUNTRY,
    "topic": TOPIC,
    "policy": POLICY,
    "source": SOURCE,
    "document": SOURCE,
    "scheme": SCHEME,
    "concept": CONCEPT,
    "ontology": ONTOLOGY,
    "declared": DECLARED,
}
#: kind -> the panels of a second page, which shows in full what the first was made from.
RECORDS: Mapping[str, tuple[Panel, ...]] = {"edition": RECORD}
