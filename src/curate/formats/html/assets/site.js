"use strict";

// Sorting and searching; without this script every page reads the same.
// The order of code units: the same on every machine, whatever its language.

const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });

/** Put a button into each head of a table: it sorts by that column, and back. */
function makeSortable(table) {
  const body = table.tBodies[0];
  const original = [...body.rows];
  for (const head of table.tHead.rows[0].cells) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => sort(table, body, original, head));
  }
}

function sort(table, body, original, head) {
  const next = { none: "ascending", ascending: "descending", descending: "none" };
  const direction = next[head.ariaSort ?? "none"];
  for (const other of table.tHead.rows[0].cells) {
    other.removeAttribute("aria-sort");
  }
  if (direction === "none") {
    body.append(...original);
    return;
  }
  head.setAttribute("aria-sort", direction);
  const keyed = original.map((row) => [sortKey(row.cells[head.cellIndex]), row]);
  const sign = direction === "ascending" ? 1 : -1;
  keyed.sort(([one], [other]) => compare(one, other, sign));
  body.append(...keyed.map(([, row]) => row));
}

/** What is not known comes last, whichever way the rest is sorted. */
function compare(one, other, sign) {
  if (one === null || other === null) {
    return (one === null) - (other === null);
  }
  const numbers = typeof one === "number" && typeof other === "number";
  return sign * (numbers ? one - other : collator.compare(String(one), String(other)));
}

function sortKey(cell) {
  if (cell.dataset.sort !== undefined) {
    return Number(cell.dataset.sort);
  }
  if (cell.querySelector(".missing") !== null) {
    return null;
  }
  const text = cell.textContent.trim();
  return text === "" || text === "–" || text.startsWith("not re") ? null : text;
}

/** Fold a text for comparing: without case and accents. */
function folded(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

/** Return the entries that hold all words, the best first: in the title, at a word's start. */
function find(index, query) {
  const words = folded(query).split(/\s+/u).filter(Boolean);
  if (words.length === 0) {
    return [];
  }
  const found = [];
  index.forEach(([what, title, address, around, more], place) => {
    const head = folded(title);
    const rest = folded(`${what} ${around} ${more}`);
    let score = 0;
    for (const word of words) {
      const inHead = head.indexOf(word);
      if (inHead < 0 && !rest.includes(word)) {
        return;
      }
      score += inHead < 0 ? 1 : startsWord(head, inHead) ? 4 : 2;
    }
    if (!address.includes("#")) {
      score += words.length * 2;
    }
    found.push({ what, title, address, around, score, place });
  });
  return found.sort((one, other) => other.score - one.score || one.place - other.place);
}

function startsWord(text, at) {
  return at === 0 || !/[\p{L}\p{N}]/u.test(text[at - 1]);
}

const MOST = 100;

function show(found, query) {
  const list = document.getElementById("--results");
  const said = document.getElementById("--found");
  list.replaceChildren(
    ...found.slice(0, MOST).map(({ what, title, address, around }) => {
      const item = document.createElement("li");
      const kind = document.createElement("span");
      const link = document.createElement("a");
      kind.className = "fine";
      kind.textContent = around === "" ? what : `${what} · ${around}`;
      link.href = address;
      link.textContent = title;
      item.append(kind, link);
      return item;
    }),
  );
  const more = found.length > MOST ? `, the first ${MOST} are shown` : "";
  const many = found.length === 1 ? "1 result" : `${found.length} results`;
  said.textContent = query.trim() === "" ? "" : `${many} for “${query.trim()}”${more}.`;
  document.getElementById("--lists").hidden = found.length > 0;
}

function startSearch() {
  const field = document.getElementById("--search");
  const index = globalThis.searchIndex;
  if (index === undefined || document.getElementById("--results") === null) {
    return;
  }
  document.querySelector("#--lists > p").textContent = "Or look through the lists:";
  field.value = new URLSearchParams(location.search).get("q") ?? "";
  const search = () => show(find(index, field.value), field.value);
  field.addEventListener("input", search);
  field.form.addEventListener("submit", (event) => {
    event.preventDefault();
    const address = new URL(location.href);
    address.searchParams.set("q", field.value);
    history.replaceState(null, "", address);
    search();
  });
  search();
  field.focus();
}

document.querySelectorAll("table[data-sortable]").forEach(makeSortable);
// The index is a script of its own, which comes after this one.
document.addEventListener("DOMContentLoaded", startSearch);
