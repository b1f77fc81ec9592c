/* What the pages can do beyond being read: lists that are searched and sorted, and an article whose elements show their
   place in the source. Without this script all is there to read. Nothing from an article is ever put in as markup. */
"use strict";

/* ---- Lists ------------------------------------------------------------------------------------------------------ */

const waiting = new Map(); // name of a list -> what takes its rows

/** Called by the files of data, which a page on disk may load as scripts and not otherwise. */
function briefRows(name, rows) {
  waiting.get(name)(rows);
}

const folded = (text) => String(text).normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

class Listing {
  static PAGE = 100;

  constructor(box) {
    this.box = box;
    this.body = box.querySelector("tbody");
    this.columns = [...box.querySelectorAll("thead th")];
    this.search = box.querySelector("input");
    this.filter = box.querySelector("select");
    this.status = box.querySelector(".status");
    this.more = box.querySelector(".more");
    this.total = Number(box.dataset.rows);
    this.rows = null;
    this.order = null; // column and direction
    this.limit = Listing.PAGE;
    box.querySelector(".controls").hidden = false;
    this.columns.forEach((head, at) => this.makeSortable(head, at));
    this.search.addEventListener("input", () => this.change());
    this.filter?.addEventListener("change", () => this.change());
    this.more.addEventListener("click", () => { this.limit += Listing.PAGE; this.update(); });
    this.tell(this.body.rows.length, this.total);
  }

  makeSortable(head, at) {
    const button = document.createElement("button");
    button.type = "button";
    button.textContent = head.textContent;
    head.replaceChildren(button);
    button.addEventListener("click", () => {
      const numeric = head.classList.contains("n");
      const first = numeric ? -1 : 1;
      this.order = { at, numeric, way: this.order?.at === at ? -this.order.way : first };
      this.columns.forEach((other) => other.removeAttribute("aria-sort"));
      head.setAttribute("aria-sort", this.order.way > 0 ? "ascending" : "descending");
      this.change();
    });
  }

  change() {
    this.limit = Listing.PAGE;
    this.update();
  }

  async update() {
    const rows = this.chosen(await this.load());
    this.body.replaceChildren(...rows.slice(0, this.limit).map((row) => this.element(row)));
    this.tell(Math.min(this.limit, rows.length), rows.length);
  }

  tell(shown, found) {
    this.more.hidden = shown >= found;
    this.status.textContent = shown < found ? `${shown} of ${found.toLocaleString("en")} shown` : `${found.toLocaleString("en")} shown`;
  }

  load() {
    this.rows ??= this.read();
    return this.rows;
  }

  async read() {
    const { listing, root, chunks } = this.box.dataset;
    const rows = [];
    waiting.set(listing, (some) => rows.push(...some));
    for (let chunk = 1; chunk <= Number(chunks); chunk += 1) await run(`${root}data/${listing}-${chunk}.js`);
    return rows.map((row) => ({ row, text: folded(row.slice(1).join("\n")) }));
  }

  chosen(rows) {
    const words = folded(this.search.value).split(/\s+/).filter(Boolean);
    const kind = this.filter?.value;
    const column = Number(this.filter?.dataset.column) + 1;
    const found = rows.filter(({ row, text }) => (!kind || row[column] === kind) && words.every((word) => text.includes(word)));
    if (!this.order) return found;
    const { at, numeric, way } = this.order;
    const compare = numeric ? (a, b) => a - b : new Intl.Collator("en", { numeric: true }).compare;
    return found.sort((a, b) => way * compare(a.row[at + 1], b.row[at + 1]));
  }

  element({ row }) {
    const line = document.createElement("tr");
    this.columns.forEach((head, at) => {
      const cell = line.insertCell();
      if (head.classList.contains("n")) cell.className = "n";
      const value = typeof row[at + 1] === "number" ? row[at + 1].toLocaleString("en") : row[at + 1];
      if (at > 0) return void (cell.textContent = value);
      const link = document.createElement("a");
      link.href = this.box.dataset.root + row[0];
      link.textContent = value;
      cell.append(link);
    });
    return line;
  }
}

function run(path) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = path;
    script.onload = resolve;
    script.onerror = () => reject(new Error(`cannot read ${path}`));
    document.head.append(script);
  });
}

/* ---- An article: every element and its place in the source ------------------------------------------------------ */

/** The text of the source. Signs that are shown by an element count as one sign; offsets count code points. */
class Source {
  constructor(box) {
    this.box = box;
    this.signs = []; // place and element, in order
    this.placed = 0;
    let text = "";
    let length = 0;
    for (const node of box.childNodes) {
      if (node.nodeType === Node.ELEMENT_NODE) this.signs.push([length, node]);
      const part = node.nodeType === Node.ELEMENT_NODE ? "\ufffc" : node.data;
      text += part;
      length += isWide(part) ? [...part].length : part.length;
    }
    this.points = isWide(text) ? [...text] : text;
    this.length = length;
  }

  /** Put a span around the place of each element; gives pairs of element and span. */
  mark(elements) {
    const places = elements.map((element) => ({ element, at: element.dataset.at.split(",").map(Number) }))
      .filter(({ at }) => at[1] <= this.length)
      .sort((a, b) => a.at[0] - b.at[0] || b.at[1] - a.at[1]);
    const made = document.createDocumentFragment();
    const open = [{ node: made, end: this.length }];
    const pairs = [];
    let at = 0;
    const closeUpTo = (limit) => {
      while (open.length > 1 && open.at(-1).end <= limit) {
        this.put(open.at(-1).node, at, open.at(-1).end);
        at = open.pop().end;
      }
    };
    for (const { element, at: [start, end] } of places) {
      closeUpTo(start);
      if (start < at || end > open.at(-1).end) continue; // it crosses another
      this.put(open.at(-1).node, at, start);
      at = start;
      const span = document.createElement("span");
      if (element.classList.contains("m")) span.className = element.className;
      span.tabIndex = element.tabIndex === 0 && !element.classList.contains("m") ? 0 : -1;
      open.at(-1).node.append(span);
      open.push({ node: span, end });
      pairs.push([element, span]);
    }
    closeUpTo(this.length);
    this.put(made, at, this.length);
    this.box.replaceChildren(made);
    return pairs;
  }

  /** Add the text between two places, which come in order, to a node. */
  put(node, start, end) {
    let at = start;
    for (; this.placed < this.signs.length && this.signs[this.placed][0] < end; this.placed += 1) {
      const [place, sign] = this.signs[this.placed];
      node.append(this.text(at, place), sign);
      at = place + 1;
    }
    if (at < end) node.append(this.text(at, end));
  }

  text(start, end) {
    const part = this.points.slice(start, end);
    return typeof part === "string" ? part : part.join("");
  }
}

const isWide = (text) => /[\u{10000}-\u{10ffff}]/u.test(text);

class Article {
  constructor(views) {
    this.views = views;
    this.pane = views.querySelector("#ui-text");
    this.reading = views.querySelector(".reading");
    this.other = new Map();
    this.lit = [];
    const elements = [...this.reading.querySelectorAll("[data-at]:not(.note)")];
    for (const [element, span] of new Source(this.pane).mark(elements)) {
      this.other.set(element, span);
      this.other.set(span, element);
    }
    for (const side of [this.reading, this.pane]) {
      side.addEventListener("mouseover", (event) => this.show(event.target, side, false));
      side.addEventListener("focusin", (event) => this.show(event.target, side, true));
      side.addEventListener("click", (event) => this.show(event.target, side, true));
    }
    views.addEventListener("keydown", (event) => this.onKey(event));
    this.makeDock();
    const called = () => this.show(document.getElementById(decodeURIComponent(location.hash.slice(1))), this.reading, true);
    addEventListener("hashchange", called);
    if (location.hash) called();
  }

  /** On a narrow screen the source comes up from below when something is asked for, and goes when told to. */
  makeDock() {
    const source = this.pane.parentElement;
    const close = document.createElement("button");
    close.type = "button";
    close.className = "close";
    close.textContent = "Close";
    close.addEventListener("click", () => source.classList.remove("docked"));
    this.pane.before(close);
    this.reading.addEventListener("click", (event) => {
      if (this.known(event.target, this.reading)) source.classList.add("docked");
      this.show(event.target, this.reading, true);
    });
    this.views.addEventListener("keydown", (event) => {
      if (event.key === "Escape") source.classList.remove("docked");
    });
  }

  /** Light an element and its counterpart, which comes into view: the source in its pane, and the page if asked to. */
  show(target, side, asked) {
    const element = this.known(target, side);
    if (!element) return;
    const other = this.other.get(element);
    this.lit.forEach((one) => one.classList.remove("lit"));
    this.lit = [element, other];
    this.lit.forEach((one) => one.classList.add("lit"));
    if (side === this.reading) this.scrollPane(other);
    else if (asked) other.scrollIntoView({ block: "nearest" });
  }

  known(target, side) {
    let element = target;
    while (element && element !== side && !this.other.has(element)) element = element.parentElement;
    return element && element !== side ? element : null;
  }

  scrollPane(span) {
    const place = span.getBoundingClientRect();
    const pane = this.pane.getBoundingClientRect();
    if (place.top < pane.top || place.bottom > pane.bottom) {
      this.pane.scrollTop += place.top - pane.top - Math.max(0, (pane.height - place.height) / 3);
    }
  }

  /** Enter goes to the counterpart; arrows go through items and cells. */
  onKey(event) {
    const element = event.target;
    if (!this.other.has(element)) return;
    if (event.key === "Enter" && !element.href) {
      event.preventDefault();
      this.other.get(element).focus();
      return;
    }
    const next = this.neighbour(element, event.key);
    if (next) {
      event.preventDefault();
      next.focus();
    }
  }

  neighbour(element, key) {
    const inside = element.closest(".block.table, .block.list");
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[key];
    if (!inside || !step || element.classList.contains("m")) return null;
    const row = element.parentElement.closest("tr");
    if (row && (key === "ArrowDown" || key === "ArrowUp")) {
      const line = step > 0 ? row.nextElementSibling : row.previousElementSibling;
      return line?.cells[element.cellIndex] ?? inside;
    }
    const parts = [inside, ...inside.querySelectorAll("li[data-at], th[data-at], td[data-at]")];
    return parts[parts.indexOf(element) + step];
  }
}

function switchGroups(views) {
  for (const box of document.querySelectorAll(".switch input")) {
    const apply = () => views.classList.toggle(`hide-${box.value}`, !box.checked);
    box.disabled = false;
    box.addEventListener("change", apply);
    apply();
  }
}

/* ---- A table as Markdown ---------------------------------------------------------------------------------------- */

function markdown(table) {
  const said = (cell) => (cell.querySelector(".said") ?? cell).textContent.replaceAll("|", "\\|").replace(/[\r\n]/g, " ");
  const lines = [...table.rows].map((row) => [...row.cells].map(said));
  const size = (text) => [...text].length;
  const widths = lines[0].map((_, at) => Math.max(3, ...lines.map((line) => size(line[at] ?? ""))));
  lines.splice(1, 0, widths.map((width) => "-".repeat(width)));
  return lines.map((line) => `| ${line.map((cell, at) => cell + " ".repeat(widths[at] - size(cell))).join(" | ")} |\n`).join("");
}

async function copy(button) {
  const told = button.textContent;
  try {
    await navigator.clipboard.writeText(markdown(button.closest("figure").querySelector(".scroll table")));
    button.textContent = "Copied";
  } catch {
    button.textContent = "The browser forbids it";
  }
  setTimeout(() => { button.textContent = told; }, 2000);
}

/* ---- Begin ------------------------------------------------------------------------------------------------------ */

document.querySelectorAll("[data-listing]").forEach((box) => new Listing(box));
document.querySelectorAll(".copy").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => copy(button));
});
const views = document.querySelector(".views");
if (views) {
  if (matchMedia("(max-width: 63.99rem)").matches) { // on a phone the article comes first, what is said of it on request
    views.querySelectorAll(".rail details").forEach((part) => { part.open = false; });
  }
  switchGroups(views);
  new Article(views);
}
