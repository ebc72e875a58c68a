// Draws the network of /network from the JSON of the same view. Where nothing is drawn, the tables say it all.
// The layout is worked out to its end before anything is shown: it does not move, and is the same each time.
import { forceCollide, forceLink, forceManyBody, forceSimulation, forceX, forceY } from "d3-force";
import { at } from "./release.js";

const [WIDTH, HEIGHT, MARGIN] = [1000, 720, 24];
const TURNS = 400;
// Width of a letter and height of a line, in units of the drawing.
const [LETTER, LINE] = [5.9, 13];

function element(name, attributes, ...children) {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

const radius = (actor) => 4 + 1.6 * Math.sqrt(actor.links);

function lay({ actors, links }) {
  forceSimulation(actors)
    .force("link", forceLink(links).id((actor) => actor.iri).distance(38))
    .force("charge", forceManyBody().strength(-95).distanceMax(320))
    .force("apart", forceCollide((actor) => radius(actor) + 5))
    .force("x", forceX().strength(0.07))
    .force("y", forceY().strength(0.1))
    .stop()
    .tick(TURNS);
  for (const [axis, size] of [["x", WIDTH], ["y", HEIGHT]]) {
    const ends = actors.map((actor) => actor[axis]);
    const [low, high] = [Math.min(...ends), Math.max(...ends)];
    for (const actor of actors) {
      actor[axis] = high > low ? MARGIN + ((actor[axis] - low) / (high - low)) * (size - 2 * MARGIN) : size / 2;
    }
  }
}

// Where a name may stand beside its mark: to the right, to the left, below and above.
function places(actor) {
  const [width, gap] = [actor.name.length * LETTER, radius(actor) + 3];
  return [
    { anchor: "start", x: gap, y: 4, left: gap, top: -LINE / 2, width },
    { anchor: "end", x: -gap, y: 4, left: -gap - width, top: -LINE / 2, width },
    { anchor: "middle", x: 0, y: gap + 9, left: -width / 2, top: gap, width },
    { anchor: "middle", x: 0, y: -gap, left: -width / 2, top: -gap - LINE, width },
  ];
}

// Names of the actors with most links come first; one that would cover another name or a mark is shown on pointing.
function label(actors) {
  const taken = actors.map((a) => ({ of: a, box: [a.x - radius(a), a.y - radius(a), a.x + radius(a), a.y + radius(a)] }));
  for (const actor of [...actors].sort((one, other) => other.links - one.links)) {
    for (const place of places(actor)) {
      const [left, top] = [actor.x + place.left, actor.y + place.top];
      const box = [left, top, left + place.width, top + LINE];
      const apart = ({ of, box: t }) => of === actor || t[2] < box[0] || t[0] > box[2] || t[3] < box[1] || t[1] > box[3];
      if (box[0] > 0 && box[2] < WIDTH && box[1] > 0 && box[3] < HEIGHT && taken.every(apart)) {
        taken.push({ of: null, box });
        actor.place = place;
        break;
      }
    }
  }
}

function mark(actor) {
  const size = radius(actor);
  if (actor.group === "person") return element("circle", { r: size });
  if (actor.group === "cluster") return element("path", { d: `M0 ${-1.3 * size}L${1.3 * size} 0 0 ${1.3 * size} ${-1.3 * size} 0z` });
  return element("path", { d: `M${-size} ${-size}h${2 * size}v${2 * size}h${-2 * size}z` });
}

function node(actor) {
  const place = actor.place ?? places(actor)[actor.x < WIDTH / 2 ? 0 : 1];
  const text = element("text", { x: place.x, y: place.y, "text-anchor": place.anchor }, actor.name);
  const title = element("title", {}, `${actor.name}, ${actor.kind}: ${actor.links} links, ${actor.editions} editions`);
  // The tables hold the same links in a sensible order: the keyboard need not walk through the drawing.
  const attributes = { href: at(actor.page), tabindex: -1, transform: `translate(${actor.x.toFixed(1)} ${actor.y.toFixed(1)})` };
  return element("a", { ...attributes, class: `${actor.group}${actor.place ? "" : " crowded"}` }, title, mark(actor), text);
}

function line(link) {
  const ends = { x1: link.source.x, y1: link.source.y, x2: link.target.x, y2: link.target.y };
  const rounded = Object.fromEntries(Object.entries(ends).map(([key, value]) => [key, value.toFixed(1)]));
  return element("line", { ...rounded, "stroke-width": 1 + Math.min(link.sessions, 6) * 0.6 });
}

// Pointing at an actor leaves it and those it is linked to, and dims the rest.
function follow(drawing, nodes, lines, links) {
  const show = (middle) => {
    drawing.classList.toggle("pointed", middle !== undefined);
    const near = new Set([middle]);
    links.forEach((link, at) => {
      const touches = link.source === middle || link.target === middle;
      lines[at].classList.toggle("near", touches);
      if (touches) near.add(link.source).add(link.target);
    });
    for (const [actor, shown] of nodes) shown.classList.toggle("near", near.has(actor));
  };
  for (const [actor, shown] of nodes) {
    shown.addEventListener("pointerenter", () => show(actor));
    shown.addEventListener("pointerleave", () => show());
  }
}

async function draw(figure) {
  const answer = await fetch(at(figure.dataset.network));
  if (!answer.ok) return;
  const { actors, links: stated } = await answer.json();
  const links = stated.map((link) => ({ ...link, source: link.one, target: link.other }));
  lay({ actors, links });
  label(actors);
  const lines = links.map(line);
  const nodes = new Map(actors.map((actor) => [actor, node(actor)]));
  const about = `${actors.length} people and bodies with ${links.length} links`;
  const drawing = element("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "group", "aria-label": about });
  drawing.append(element("g", { class: "links" }, ...lines), ...[...nodes.values()].reverse());
  follow(drawing, nodes, lines, links);
  figure.querySelector(".scroll").replaceChildren(drawing);
  figure.hidden = false;
}

for (const figure of document.querySelectorAll("figure[data-network]")) draw(figure);
