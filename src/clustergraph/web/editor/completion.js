// What the editor offers while one types: the prefixes, classes and properties of the release.

// The texts and names of some terms, for a completer of Yasqe.
function offer(completer, terms, labels) {
  completer.bulk = true;
  completer.autoShow = true;
  completer.get = async () => (await terms).map(({ iri }) => iri);
  completer.postprocessHints = (_, hints) =>
    hints.map((hint) => ({ ...hint, displayText: labels[hint.text] ? `${hint.text} – ${labels[hint.text]}` : hint.text }));
}

// Yasqe's completers, from `address`; what Yasqe has built in would ask other hosts.
export function complete(Yasqe, address) {
  const found = { prefixes: {}, pages: {}, labels: {} };
  const loaded = fetch(address)
    .then((response) => response.json())
    .catch(() => ({ prefixes: {}, pages: {}, classes: [], properties: [] }))
    .then((terms) => {
      // Tables take the first prefix that fits: the longest is to be it.
      const longest = Object.entries(terms.prefixes).sort(([, one], [, other]) => other.length - one.length);
      Object.assign(found.prefixes, Object.fromEntries(longest));
      Object.assign(found.pages, terms.pages);
      for (const { iri, name, label } of [...terms.classes, ...terms.properties]) {
        found.labels[name] = found.labels[`<${iri}>`] = label;
      }
      return terms;
    });
  const { prefixes, property, class: classes } = Yasqe.Autocompleters;
  offer(classes, loaded.then((terms) => terms.classes), found.labels);
  offer(property, loaded.then((terms) => terms.properties), found.labels);
  prefixes.persistenceId = undefined;
  prefixes.get = async () => Object.entries((await loaded).prefixes).map(([name, iri]) => `${name}: <${iri}>`);
  return {
    prefixes: found.prefixes,
    // The local page of a thing, or the address as it is.
    page(iri) {
      const base = Object.keys(found.pages).find((start) => iri.startsWith(start));
      return base ? found.pages[base] + iri.slice(base.length) : iri;
    },
  };
}
