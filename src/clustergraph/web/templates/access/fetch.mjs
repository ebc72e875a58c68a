// In browsers and in Node.js 18 or newer; every address here may be read from any site
const query = `
{{ query }}
`;
const answer = await fetch("{{ at("/sparql") }}", {
  method: "POST",
  headers: { "Content-Type": "application/sparql-query", Accept: "application/sparql-results+json" },
  body: query,
});
if (!answer.ok) throw new Error(await answer.text());
for (const row of (await answer.json()).results.bindings) {
  console.log(row.title.value, row.people.value);
}

const edition = await (await fetch("{{ at("/data/edition/" ~ edition ~ ".jsonld") }}")).json();
console.log(Object.keys(edition).length > 0 ? "JSON-LD came too" : "no JSON-LD");
