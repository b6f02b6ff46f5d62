"use strict";
(() => {
  const all = (selector, inside = document) => Array.from(inside.querySelectorAll(selector));
  const folded = all("details");
  const printing = [];
  const returned = [];
  let closed = [];
  addEventListener("beforeprint", () => {
    closed = folded.filter((part) => !part.open);
    for (const part of closed) part.open = true;
    for (const each of printing) each();
  });
  addEventListener("afterprint", () => {
    for (const part of closed) part.open = false;
    for (const each of returned) each();
  });

  const find = document.getElementById("find");
  const followers = [];
  const filters = [];
  const wanted = () => find.value.toLowerCase().split(/\s+/).filter(Boolean);
  const search = () => filters.forEach((filter) => filter());

  const start = (subject) => {
    const findings = all("article.finding", subject);
    let said;
    const narrow = () => {
      const words = wanted();
      if (words.length && !said) said = new Map(findings.map((one) => [one, one.textContent.toLowerCase()]));
      for (const one of findings) one.hidden = !words.every((word) => said.get(one).includes(word));
    };
    filters.push(narrow);

    const table = subject.querySelector(".table");
    if (!table) return;
    const bodies = Array.from(table.tBodies);
    const heads = Array.from(table.tHead.rows[0].cells);
    const boxes = all('.filters input[name="state"]', subject);
    const shown = subject.querySelector(".shown");
    const openAll = subject.querySelector(".open-all");
    const bar = subject.querySelector(".sets-bar");
    const appendix = subject.querySelector(".evidence");
    const articles = new Map();
    const openers = new Map();
    let texts;

    for (const body of bodies) {
      const link = body.querySelector(".opener");
      articles.set(body, document.getElementById(link.hash.slice(1)));
      const button = document.createElement("button");
      button.type = "button";
      button.className = "opener";
      button.append(...link.childNodes);
      button.setAttribute("aria-expanded", "false");
      link.replaceWith(button);
      openers.set(body, button);
    }
    const bodyOf = new Map(bodies.map((body) => [articles.get(body).id, body]));
    const isOpen = (body) => body.rows.length > 1;
    const open = (body, asked) => {
      if (asked === isOpen(body)) return;
      openers.get(body).setAttribute("aria-expanded", String(asked));
      if (asked) {
        const row = body.insertRow();
        row.className = "detail";
        const cell = row.insertCell();
        cell.colSpan = heads.length;
        cell.append(articles.get(body));
      } else {
        appendix.append(articles.get(body));
        body.deleteRow(1);
      }
    };

    const filter = () => {
      const words = wanted();
      const states = new Set(boxes.filter((box) => box.checked).map((box) => box.value));
      if (words.length && !texts) {
        texts = new Map(bodies.map((body) => [body, `${body.textContent} ${articles.get(body).textContent}`.toLowerCase()]));
      }
      let count = 0;
      for (const body of bodies) {
        body.hidden = !(states.has(body.dataset.state) && words.every((word) => texts.get(body).includes(word)));
        if (!body.hidden) count += 1;
      }
      shown.textContent = `${count} of ${bodies.length} sets shown`;
    };
    filters.push(filter);

    const reveal = (body) => {
      if (body.hidden) {
        find.value = "";
        for (const box of boxes) box.checked = true;
        search();
      }
      open(body, true);
      body.scrollIntoView({ block: "start" });
      openers.get(body).focus({ preventScroll: true });
    };
    followers.push((id) => {
      if (bodyOf.has(id)) reveal(bodyOf.get(id));
    });

    const value = (body, column, kind) => {
      const cell = body.rows[0].cells[column];
      return kind === "number" ? Number(cell.dataset.value) : cell.textContent.trim().toLowerCase();
    };
    const sort = (head) => {
      const kind = head.dataset.sort;
      const first = head.classList.contains("num") ? "descending" : "ascending";
      const other = first === "descending" ? "ascending" : "descending";
      const order = head.getAttribute("aria-sort") === first ? other : first;
      for (const any of heads) any.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", order);
      const sign = order === "ascending" ? 1 : -1;
      const keyed = bodies.map((body, index) => [value(body, head.cellIndex, kind), index, body]);
      keyed.sort((a, b) => (a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0) * sign || a[1] - b[1]);
      table.append(...keyed.map((entry) => entry[2]));
    };
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

    let opened = [];
    printing.push(() => {
      opened = bodies.filter(isOpen);
      for (const body of opened) open(body, false);
      appendix.append(...bodies.map((body) => articles.get(body)));
    });
    returned.push(() => opened.forEach((body) => open(body, true)));

    if (bar) {
      const parts = all("[data-row]", bar);
      const rowOf = (part) => bodies[Number(part.dataset.row)];
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
      const asked = bodies.some((body) => !body.hidden && !isOpen(body));
      for (const body of bodies) if (!body.hidden) open(body, asked);
      openAll.textContent = asked ? "Close all" : "Open all";
    });
    for (const box of boxes) box.addEventListener("change", filter);
    const form = subject.querySelector(".filters");
    form.addEventListener("submit", (event) => event.preventDefault());
    form.hidden = false;
    filter();
  };

  for (const subject of all(".subject")) start(subject);
  find.addEventListener("input", search);

  const save = (name) => {
    const kept = JSON.parse(document.getElementById("files").textContent);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([kept[name]], { type: "text/plain" }));
    link.download = name;
    link.click();
    URL.revokeObjectURL(link.href);
  };
  for (const button of all("[data-file]")) button.addEventListener("click", () => save(button.dataset.file));
  const tools = document.querySelector(".tools");
  tools.addEventListener("submit", (event) => event.preventDefault());
  tools.hidden = false;

  const follow = () => {
    const id = location.hash.slice(1);
    const target = document.getElementById(id);
    const fold = target && target.querySelector(":scope > details.fold");
    if (fold) fold.open = true;
    for (const each of followers) each(id);
  };
  // a link to where one is already does not change the address
  document.addEventListener("click", (event) => {
    const link = event.target.closest('a[href^="#"]');
    if (link && link.hash === location.hash) follow();
  });
  addEventListener("hashchange", follow);
  follow();
})();
