"use strict";
(() => {
  const table = document.getElementById("table");
  if (!table) return;
  const bodies = Array.from(table.tBodies);
  const heads = Array.from(table.tHead.rows[0].cells);
  const find = document.getElementById("find");
  const boxes = Array.from(document.querySelectorAll('#filters input[name="state"]'));
  const shown = document.getElementById("shown");
  const openAll = document.getElementById("open-all");
  const texts = new Map(bodies.map((body) => [body, body.rows[0].textContent.toLowerCase()]));

  const open = (body, wanted) => {
    body.rows[1].classList.toggle("open", wanted);
    body.querySelector(".opener").setAttribute("aria-expanded", String(wanted));
  };
  const isOpen = (body) => body.rows[1].classList.contains("open");

  const filter = () => {
    const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
    const states = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    let count = 0;
    for (const body of bodies) {
      const text = texts.get(body);
      body.hidden = !(states.has(body.dataset.state) && words.every((word) => text.includes(word)));
      if (!body.hidden) count += 1;
    }
    shown.textContent = `${count} of ${bodies.length} sets shown`;
  };

  const value = (body, column, kind) => {
    const cell = body.rows[0].cells[column];
    return kind === "number" ? Number(cell.dataset.value) : cell.textContent.trim().toLowerCase();
  };
  const sort = (head) => {
    const kind = head.dataset.sort;
    const down = head.getAttribute("aria-sort") !== (head.classList.contains("num") ? "descending" : "ascending");
    const ascending = head.classList.contains("num") ? !down : down;
    for (const other of heads) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", ascending ? "ascending" : "descending");
    const keyed = bodies.map((body, index) => [value(body, head.cellIndex, kind), index, body]);
    keyed.sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0) * (ascending ? 1 : -1) || a[1] - b[1]);
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
  document.querySelector(".sets-bar")?.addEventListener("click", (event) => {
    const row = event.target.closest("[data-row]");
    const body = row && document.getElementById(`set-${row.dataset.row}`);
    if (!body) return;
    body.hidden = false;
    open(body, true);
    body.scrollIntoView({ block: "start" });
    body.querySelector(".opener").focus({ preventScroll: true });
  });
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
})();
