"""clustergraph: the event series *Clusters meet Regions* as a validated, served knowledge graph."""
