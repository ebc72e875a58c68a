// What tests measure on a page shown in a browser: each function gives the findings as texts.
const HIDDEN = ".hidden, .skip, svg, script, style, noscript, option, textarea";

function shown(element) {
  return !element.closest(HIDDEN) && element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
}

// The part of the page in which an element can be seen: whatever scrolls or cuts around it bounds it.
function window_of(element) {
  const seen = { left: -Infinity, top: -Infinity, right: Infinity, bottom: Infinity };
  for (let around = element; around && around !== document.body; around = around.parentElement) {
    if (getComputedStyle(around).overflow === "visible") continue;
    const box = around.getBoundingClientRect();
    seen.left = Math.max(seen.left, box.left);
    seen.top = Math.max(seen.top, box.top);
    seen.right = Math.min(seen.right, box.right);
    seen.bottom = Math.min(seen.bottom, box.bottom);
  }
  return seen;
}

// Every line of text, as a box: without the room that the letters of a line leave to the lines beside it.
function lines() {
  const found = [];
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    if (!node.data.trim() || !shown(node.parentElement)) continue;
    const seen = window_of(node.parentElement);
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const { left, top, right, bottom, height } of range.getClientRects()) {
      const box = {
        left: Math.max(left, seen.left),
        top: Math.max(top + height / 5, seen.top),
        right: Math.min(right, seen.right),
        bottom: Math.min(bottom - height / 5, seen.bottom),
        text: node.data.trim().slice(0, 60),
      };
      if (box.right - box.left > 1 && box.bottom - box.top > 1) found.push(box);
    }
  }
  return found.sort((one, other) => one.top - other.top);
}

// Lines of text that lie over each other, by more than a pixel each way.
function overlaps() {
  const found = [];
  const all = lines();
  all.forEach((one, index) => {
    for (const other of all.slice(index + 1)) {
      if (other.top >= one.bottom) break;
      const [wide, high] = [
        Math.min(one.right, other.right) - Math.max(one.left, other.left),
        Math.min(one.bottom, other.bottom) - other.top,
      ];
      if (wide > 1 && high > 1) found.push(`${one.text} / ${other.text}`);
    }
  });
  return found;
}

// Parts of a page with nothing in them, and panels with nothing but a heading.
function empties() {
  const drawn = "svg *, img, input, textarea, select, button";
  const parts = document.querySelectorAll("main :is(section, figure, table, tbody, ul, ol, dl, li, dd, p, h1, h2, h3, a)");
  const hollow = [...parts].filter((part) => shown(part) && !part.innerText.trim() && !part.querySelector(drawn));
  const bare = [...document.querySelectorAll("main .panel")].filter(
    (panel) => shown(panel) && [...panel.children].every((child) => child.matches("header") || !shown(child)),
  );
  return [...hollow, ...bare].map((part) => part.outerHTML.slice(0, 200));
}

// What a keyboard has to reach.
function controls() {
  const all = document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary");
  return [...all].filter((one) => one.checkVisibility() && !one.disabled && one.tabIndex >= 0);
}

// What is wrong with where the keyboard is now, if anything.
function unseen() {
  const one = document.activeElement;
  const { outlineStyle, outlineWidth } = getComputedStyle(one);
  const box = one.getBoundingClientRect();
  if (outlineStyle === "none" || parseFloat(outlineWidth) < 1) return `no outline: ${one.outerHTML.slice(0, 200)}`;
  const inside = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  return inside ? "" : `out of sight: ${one.outerHTML.slice(0, 200)}`;
}
