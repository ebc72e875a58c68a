"""The catalogue: what is published, as DCAT-AP 3.0.1 and VoID describe it for harvesters."""
