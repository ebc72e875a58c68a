# Rows of a query, as CSV
curl --silent --get {{ base }}/sparql --header 'Accept: text/csv' --data-urlencode 'query={{ query }}'

# One edition, as Turtle
curl --silent {{ base }}/data/edition/{{ edition }}.ttl

# All editions, as JSON
curl --silent {{ base }}/editions.json

# The whole graph, and whether it came whole
curl --silent --remote-name {{ base }}/dumps/latest/clustergraph.ttl
curl --silent {{ base }}/dumps/latest/SHA256SUMS | grep ' clustergraph.ttl$' | sha256sum --check
