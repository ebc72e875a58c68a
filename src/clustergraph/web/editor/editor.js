// The editor of /sparql: Yasgui in the place of the form. Without this script the form does the same work.
import Yasgui from "@zazuko/yasgui";
import "@zazuko/yasgui/build/yasgui.min.css";
import "./editor.css";
import { complete } from "./completion.js";
import { refusal } from "./refusal.js";
import { at, release } from "./release.js";

// Longest address that servers and programs are sure to take.
const LONGEST_LINK = 4000;

const form = document.querySelector("form.query");
const text = form.elements.query.value;
const take = document.querySelector("#take");
const bar = take.querySelector(".bar");
const copied = take.querySelector(".copied");
const [runner, status] = [bar.querySelector("[data-run]"), bar.querySelector("[role=status]")];
// The graphs this page was asked about.
const dataset = [...form.querySelectorAll("input[type=hidden]")].map(({ name, value }) => ({ name, value }));

const terms = complete(Yasgui.Yasqe, at("/sparql/completions.json"));
Yasgui.Yasqe.defaults.editorHeight = "24rem";
// Values without quotes and datatypes, until somebody asks for them.
class Table extends Yasgui.Yasr.plugins.table {
  draw(config) {
    return super.draw({ compact: true, ...config });
  }
}
Yasgui.Yasr.registerPlugin("table", Table);
Yasgui.Yasr.defaults.errorRenderers = [(error) => refusal(error, editor())];

const place = document.createElement("div");
place.className = "editor";
form.replaceWith(place);
const yasgui = new Yasgui(place, {
  autofocus: false,
  copyEndpointOnNewTab: false,
  endpointCatalogueOptions: { getData: () => [], keys: [], renderItem: () => {} },
  // A tab keeps the address it asks, and with that the release: those of another one are not shown here.
  persistenceId: release ? `clustergraph-${release}` : "clustergraph",
  populateFromUrl: false,
  requestConfig: {
    endpoint: form.action,
    method: "POST",
    acceptHeaderGraph: "text/turtle",
    acceptHeaderSelect: "application/sparql-results+json",
    args: dataset,
  },
  yasqe: { value: text, screenReaderLabel: "Query", showQueryButton: false, lineWrapping: true },
  // Answers are not kept: the next release may have others.
  yasr: { maxPersistentResponseSize: 0, prefixes: () => terms.prefixes },
});
// It is reached among the tabs, with the same keys: it is announced as one.
place.querySelector(".addTab").setAttribute("role", "tab");
yasgui.tabPanelsEl.before(bar, copied);
bar.hidden = false;
take.remove();
if (form.dataset.asked) show(text);

function editor() {
  return yasgui.getTab().getYasqe();
}

// The fields that ask the query of the tab shown.
function fields() {
  const { args } = yasgui.getTab().getRequestConfig();
  return new URLSearchParams([["query", editor().getValue()], ...args.map(({ name, value }) => [name, value])]);
}

function permalink() {
  const link = new URL(form.action);
  for (const [name, value] of fields()) link.searchParams.append(name, value);
  return link.href.length > LONGEST_LINK ? form.action : link.href;
}

// Show a query in the tab that has it, or else in a new one.
function show(query, name) {
  const stored = yasgui.persistentConfig;
  const asks = ({ yasqe, requestConfig }) =>
    yasqe.value.trim() === query.trim() && JSON.stringify(requestConfig.args) === JSON.stringify(dataset);
  const found = stored.getTabs().find((id) => asks(stored.getTab(id)));
  if (found) yasgui.selectTabId(found);
  else yasgui.addTab(true, { name: yasgui.createTabName(name), yasqe: { value: query } });
}

function run() {
  editor()
    .query()
    .catch(() => {}); // what went wrong is shown with the answer
}

yasgui.on("query", () => {
  document.querySelector("#answer-panel, #refusal")?.remove(); // the answer that came with the page
  history.replaceState(null, "", permalink());
  runner.textContent = "Stop";
});
for (const end of ["queryResponse", "queryAbort"]) yasgui.on(end, () => (runner.textContent = "Run"));
// Yasgui does not cope without a tab.
yasgui.on("tabClose", () => setTimeout(() => yasgui.persistentConfig.getTabs().length || yasgui.addTab(true)));

// What may be copied of the query: its address, or a program, as the server writes it for the page without this script.
async function copy(name) {
  if (name === "link") return permalink();
  return (await fetch(at(`/sparql/copy/${name}`), { method: "POST", body: fields() })).text();
}

bar.addEventListener("click", async ({ target }) => {
  if (target === runner) return runner.textContent === "Stop" ? editor().abortQuery() : run();
  if (!target.dataset.copy) return;
  copied.textContent = await copy(target.dataset.copy);
  copied.hidden = false;
  try {
    await navigator.clipboard.writeText(copied.textContent);
    status.textContent = "Copied.";
  } catch {
    getSelection().selectAllChildren(copied); // without leave to write to the clipboard, one key stroke remains
    status.textContent = "Selected: copy it with Ctrl+C.";
  }
});

document.querySelector("#examples").addEventListener("click", async (event) => {
  const link = event.target.closest("a[data-example]");
  if (!link || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const example = await fetch(at(link.dataset.example));
  if (!example.ok) return location.assign(link.href);
  show(await example.text(), link.textContent);
  place.scrollIntoView();
  run();
});

// Links in answers lead to the pages of this service, whatever host the addresses of things name.
for (const kind of ["click", "auxclick"]) {
  place.addEventListener(kind, ({ target }) => {
    const link = target.closest("a.iri");
    if (link) link.href = at(terms.page(link.href));
  });
}
