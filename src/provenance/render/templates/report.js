"use strict";
(() => {
  const folded = Array.from(document.querySelectorAll("details"));
  let closed = [];
  addEventListener("beforeprint", () => {
    closed = folded.filter((part) => !part.open);
    for (const part of closed) part.open = true;
  });
  addEventListener("afterprint", () => {
    for (const part of closed) part.open = false;
  });
  const steps = document.getElementById("steps");
  if (steps && matchMedia("(max-width: 46rem)").matches) steps.open = true;

  const table = document.getElementById("table");
  if (!table) return;
  const bodies = Array.from(table.tBodies);
  const heads = Array.from(table.tHead.rows[0].cells);
  const find = document.getElementById("find");
  const boxes = Array.from(document.querySelectorAll('#filters input[name="state"]'));
  const shown = document.getElementById("shown");
  const openAll = document.getElementById("open-all");
  const bar = document.querySelector(".sets-bar");
  let texts;

  const open = (body, wanted) => {
    body.rows[1].classList.toggle("open", wanted);
    body.querySelector(".opener").setAttribute("aria-expanded", String(wanted));
  };
  const isOpen = (body) => body.rows[1].classList.contains("open");

  const filter = () => {
    const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
    const states = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    if (words.length && !texts) texts = new Map(bodies.map((body) => [body, body.textContent.toLowerCase()]));
    let count = 0;
    for (const body of bodies) {
      body.hidden = !(states.has(body.dataset.state) && words.every((word) => texts.get(body).includes(word)));
      if (!body.hidden) count += 1;
    }
    shown.textContent = `${count} of ${bodies.length} sets shown`;
  };

  const reveal = (body) => {
    if (body.hidden) {
      find.value = "";
      for (const box of boxes) box.checked = true;
      filter();
    }
    open(body, true);
    body.scrollIntoView({ block: "start" });
    body.querySelector(".opener").focus({ preventScroll: true });
  };
  const follow = () => {
    const body = document.getElementById(location.hash.slice(1));
    if (body && bodies.includes(body)) reveal(body);
  };

  const value = (body, column, kind) => {
    const cell = body.rows[0].cells[column];
    return kind === "number" ? Number(cell.dataset.value) : cell.textContent.trim().toLowerCase();
  };
  const sort = (head) => {
    const kind = head.dataset.sort;
    const first = head.classList.contains("num") ? "descending" : "ascending";
    const other = first === "descending" ? "ascending" : "descending";
    const wanted = head.getAttribute("aria-sort") === first ? other : first;
    for (const any of heads) any.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", wanted);
    const sign = wanted === "ascending" ? 1 : -1;
    const keyed = bodies.map((body, index) => [value(body, head.cellIndex, kind), index, body]);
    keyed.sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0) * sign || a[1] - b[1]);
    table.append(...keyed.map((entry) => entry[2]));
  };

  for (const body of bodies) open(body, false);
  for (const head of heads) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => sort(head));
  }
  table.addEventListener("click", (event) => {
    const opener = event.target.closest(".opener");
    if (opener) open(opener.closest("tbody"), opener.getAttribute("aria-expanded") !== "true");
  });

  if (bar) {
    const parts = Array.from(bar.querySelectorAll("[data-row]"));
    const rowOf = (part) => document.getElementById(`set-${part.dataset.row}`);
    bar.setAttribute("role", "toolbar");
    for (const part of parts) {
      part.setAttribute("role", "button");
      const cells = rowOf(part).rows[0].cells;
      const title = document.createElementNS("http://www.w3.org/2000/svg", "title");
      title.textContent = `${cells[0].querySelector(".opener").textContent}: ${cells[3].textContent.trim()}, ${cells[1].textContent.trim()}`;
      part.append(title);
      part.setAttribute("aria-label", title.textContent);
      part.setAttribute("tabindex", part === parts[0] ? "0" : "-1");
    }
    bar.addEventListener("click", (event) => {
      const part = event.target.closest("[data-row]");
      if (part) reveal(rowOf(part));
    });
    bar.addEventListener("keydown", (event) => {
      const at = parts.indexOf(event.target);
      if (at < 0) return;
      if (event.key === "Enter" || event.key === " ") {
        event.preventDefault();
        reveal(rowOf(parts[at]));
        return;
      }
      const to = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: parts.length - 1 }[event.key];
      if (to === undefined || !parts[to]) return;
      event.preventDefault();
      parts[at].setAttribute("tabindex", "-1");
      parts[to].setAttribute("tabindex", "0");
      parts[to].focus();
    });
  }

  openAll.addEventListener("click", () => {
    const wanted = bodies.some((body) => !body.hidden && !isOpen(body));
    for (const body of bodies) if (!body.hidden) open(body, wanted);
    openAll.textContent = wanted ? "Close all" : "Open all";
  });
  find.addEventListener("input", filter);
  for (const box of boxes) box.addEventListener("change", filter);
  document.getElementById("filters").addEventListener("submit", (event) => event.preventDefault());
  document.getElementById("filters").hidden = false;
  filter();
  addEventListener("hashchange", follow);
  follow();
})();
