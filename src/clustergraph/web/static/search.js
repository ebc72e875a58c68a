// Completes names in every search box: an editable combobox with a listbox (ARIA Authoring Practices), choosing by hand.
// Without this script the boxes are plain forms.
"use strict";

{
  const SHORTEST = 2;
  const MOST = 8;
  const OF_A_KIND = 3;
  const PATIENCE = 150; // milliseconds after the last letter

  const complete = (form) => {
    const input = form.querySelector("input[name=q]");
    const list = document.createElement("ul");
    const status = document.createElement("p");
    list.id = `${form.id}-list`;
    list.className = "options";
    list.hidden = true;
    list.setAttribute("role", "listbox");
    list.setAttribute("aria-label", "Names");
    status.className = "hidden";
    status.setAttribute("role", "status");
    form.append(list, status);
    input.setAttribute("role", "combobox");
    input.setAttribute("aria-autocomplete", "list");
    input.setAttribute("aria-controls", list.id);
    input.setAttribute("aria-expanded", "false");

    // On pages of a named release the form holds its name: what is found and where it leads stays in that.
    const at = (path, asked = {}) => {
      const release = form.elements.release ? { release: form.elements.release.value } : {};
      const fields = new URLSearchParams({ ...asked, ...release }).toString();
      return fields ? `${path}?${fields}` : path;
    };

    let active = -1;
    let timer = 0;
    let asked = new AbortController();

    const show = (open) => {
      list.hidden = !open;
      input.setAttribute("aria-expanded", String(open));
      if (!open) point(-1);
    };

    const point = (number) => {
      active = number;
      [...list.children].forEach((option, at) => option.setAttribute("aria-selected", String(at === active)));
      if (active < 0) input.removeAttribute("aria-activedescendant");
      else {
        input.setAttribute("aria-activedescendant", list.children[active].id);
        list.children[active].scrollIntoView({ block: "nearest" });
      }
    };

    const close = () => {
      window.clearTimeout(timer);
      asked.abort();
      show(false);
      status.textContent = "";
    };

    const line = (text, kind) => {
      const span = document.createElement("span");
      span.className = kind;
      span.dir = "auto";
      span.textContent = text;
      return span;
    };

    const option = (thing, heading, at) => {
      const item = document.createElement("li");
      item.id = `${list.id}-${at}`;
      item.dataset.page = thing.page;
      item.setAttribute("role", "option");
      item.setAttribute("aria-selected", "false");
      const about = [heading, thing.detail, thing.reason].filter(Boolean).join(" · ");
      item.append(line(thing.label, "label"), " ", line(about, "quiet"));
      return item;
    };

    const fill = (groups) => {
      const things = groups.flatMap((group) => group.things.slice(0, OF_A_KIND).map((thing) => [thing, group.heading]));
      list.replaceChildren(...things.slice(0, MOST).map(([thing, heading], at) => option(thing, heading, at)));
      const number = list.children.length;
      status.textContent = number ? `${number} ${number === 1 ? "name" : "names"}, arrow keys to choose` : "No such name";
      show(number > 0);
    };

    const ask = async () => {
      asked.abort();
      asked = new AbortController();
      const { signal } = asked;
      try {
        const answer = await fetch(at("/search.json", { q: input.value.trim() }), { signal });
        if (!answer.ok) throw new Error(answer.statusText);
        const { groups } = await answer.json();
        if (!signal.aborted) fill(groups);
      } catch (error) {
        if (error.name !== "AbortError") close();
      }
    };

    const later = () => {
      window.clearTimeout(timer);
      if (input.value.trim().length < SHORTEST) close();
      else timer = window.setTimeout(ask, PATIENCE);
    };

    const go = (item) => {
      if (item.dataset.page.startsWith("/page/")) window.location.assign(at(item.dataset.page));
    };

    const move = (step) => {
      const number = list.children.length;
      if (list.hidden && number) show(true);
      if (!list.hidden) point(active < 0 && step < 0 ? number - 1 : (active + step + number) % number);
      else if (input.value.trim().length >= SHORTEST) ask();
    };

    const keys = {
      ArrowDown: () => move(1),
      ArrowUp: () => move(-1),
      Enter: () => active >= 0 && go(list.children[active]),
      Escape: () => {
        if (list.hidden) input.value = "";
        close();
      },
    };

    input.addEventListener("input", later);
    input.addEventListener("keydown", (event) => {
      const key = keys[event.key];
      if (!key || event.isComposing || (event.key === "Enter" && active < 0)) return;
      event.preventDefault();
      key();
    });
    input.addEventListener("blur", close);
    list.addEventListener("mousedown", (event) => event.preventDefault()); // keeps the focus in the box
    list.addEventListener("click", (event) => {
      const item = event.target.closest("[role=option]");
      if (item) go(item);
    });
  };

  document.querySelectorAll("form.searchbox").forEach(complete);
}
