"""An engine elsewhere: any SPARQL 1.1 endpoint over HTTP, asked as the embedded one is, and filled by publishing."""
