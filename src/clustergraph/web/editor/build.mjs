// Bundles the editor and the drawing of the network into the folder `bundle`, with the licences of what is in it. Run where the packages are installed.
import { build } from "esbuild";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";

await build({
  entryPoints: ["editor.js", "network.js"],
  outdir: "bundle",
  bundle: true,
  minify: true,
  format: "iife",
  target: "es2022",
  legalComments: "none",
  logLevel: "warning",
});

// Yasgui comes with its own packages built in: all that are installed count, but for the tool that bundles.
const { packages } = JSON.parse(readFileSync("package-lock.json", "utf8"));
const bundled = Object.entries(packages).filter(([path, { dev }]) => path && !dev);
const parts = bundled.map(([path, { version, license }]) => {
  const file = readdirSync(path).find((name) => /^licen[cs]e/i.test(name));
  const text = file ? readFileSync(`${path}/${file}`, "utf8") : "";
  return `${path.replace(/^.*node_modules\//, "")} ${version}: ${license ?? "as follows"}\n\n${text}`;
});
writeFileSync("bundle/licences.txt", parts.join("\n\n"));
