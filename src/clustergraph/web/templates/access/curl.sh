# Rows of a query, as CSV
curl --silent --get '{{ at("/sparql") }}' --header 'Accept: text/csv' --data-urlencode 'query={{ query }}'

# One edition, as Turtle
curl --silent '{{ at("/data/edition/" ~ edition ~ ".ttl") }}'

# All editions, as JSON
curl --silent '{{ at("/editions.json") }}'

# The whole graph, and whether it came whole
curl --silent --remote-name {{ base }}/dumps/{{ named_release() or "latest" }}/clustergraph.ttl
curl --silent {{ base }}/dumps/{{ named_release() or "latest" }}/SHA256SUMS | grep ' clustergraph.ttl$' | sha256sum --check
