// Draws Europe for the maps of the pages, from Natural Earth: land and borders as two shapes of one SVG file.
import { readFileSync, writeFileSync } from "node:fs";
import { geoAzimuthalEqualArea, geoPath } from "d3-geo";
import { feature, mesh } from "topojson-client";
import { presimplify, simplify } from "topojson-simplify";

// The projection and the window of clustergraph/entities/maps.py: both have to be changed together.
const [WIDTH, HEIGHT] = [640, 560];
const [SCALE, MIDDLE] = [830, [250, 312]];
const [LATITUDE, LONGITUDE] = [52, 10];
// Smallest triangle kept of an outline, in square degrees.
const DETAIL = 0.01;
// West, south, east and north of lines on the ground that no state of Europe takes for its border: across Ukraine, across Cyprus.
const NO_BORDERS = [[33, 45, 36, 46.5], [32, 34.5, 35, 35.9]];

const within = ([west, south, east, north]) => ([x, y]) => x > west && x < east && y > south && y < north;
const isBorder = (line) => !NO_BORDERS.some((box) => line.every(within(box)));

const file = "node_modules/world-atlas/countries-50m.json";
const atlas = simplify(presimplify(JSON.parse(readFileSync(file, "utf8"))), DETAIL);
const { land, countries } = atlas.objects;
const borders = mesh(atlas, countries, (one, other) => one !== other);
borders.coordinates = borders.coordinates.filter(isBorder);

const projection = geoAzimuthalEqualArea().rotate([-LONGITUDE, -LATITUDE]).scale(SCALE).translate(MIDDLE);
const path = geoPath(projection.clipExtent([[0, 0], [WIDTH, HEIGHT]])).digits(1);
writeFileSync("bundle/europe.svg",
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}">` +
  `<path id="land" d="${path(feature(atlas, land))}"/><path id="borders" d="${path(borders)}"/></svg>\n`);
