# Nothing to install: R reads addresses by itself
editions <- read.csv("{{ at("/editions.csv") }}", encoding = "UTF-8")
cat(nrow(editions), "editions\n")

query <- '{{ query }}'
address <- paste0("{{ at("/sparql?format=csv") }}&query=", URLencode(query, reserved = TRUE))
rows <- read.csv(address, encoding = "UTF-8")
print(head(rows))
