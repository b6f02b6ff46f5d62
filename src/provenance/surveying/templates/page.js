"use strict";
(() => {
  const value = (row, column) => {
    const cell = row.cells[column];
    const text = cell.textContent.trim().toLowerCase();
    if (!cell.classList.contains("n")) return text;
    const number = cell.dataset.value ?? text.replace(/[^0-9.]/g, "");
    return number === "" ? -1 : Number(number);
  };
  for (const table of document.querySelectorAll("table.sorted")) {
    const heads = Array.from(table.tHead.rows[0].cells);
    for (const head of heads) {
      if (!head.textContent.trim() || head.classList.contains("bar")) continue;
      const button = document.createElement("button");
      button.type = "button";
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const first = head.classList.contains("n") ? "descending" : "ascending";
        const other = first === "descending" ? "ascending" : "descending";
        const order = head.getAttribute("aria-sort") === first ? other : first;
        for (const any of heads) any.removeAttribute("aria-sort");
        head.setAttribute("aria-sort", order);
        const sign = order === "ascending" ? 1 : -1;
        const keyed = Array.from(table.tBodies[0].rows, (row, index) => [value(row, head.cellIndex), index, row]);
        keyed.sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0) * sign || a[1] - b[1]);
        table.tBodies[0].append(...keyed.map((entry) => entry[2]));
      });
    }
  }
  const tools = document.querySelector(".tools");
  const table = document.getElementById("subjects-table");
  if (!table) return;
  const find = document.getElementById("find");
  const boxes = Array.from(tools.ownerDocument.querySelectorAll('input[name="state"]'));
  const shown = document.getElementById("shown");
  const rows = Array.from(table.tBodies[0].rows);
  const texts = rows.map((row) => row.textContent.toLowerCase());
  const filter = () => {
    const words = find.value.toLowerCase().split(/\s+/).filter(Boolean);
    const states = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
    let count = 0;
    rows.forEach((row, index) => {
      row.hidden = !(states.has(row.dataset.state) && words.every((word) => texts[index].includes(word)));
      if (!row.hidden) count += 1;
    });
    shown.textContent = `${count} of ${rows.length} shown`;
  };
  find.addEventListener("input", filter);
  for (const box of boxes) box.addEventListener("change", filter);
  for (const form of document.querySelectorAll("form")) {
    form.addEventListener("submit", (event) => event.preventDefault());
    form.hidden = false;
  }
  filter();
})();
