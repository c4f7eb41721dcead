// Pieces that several views have in common.

import { h } from "./dom.js";

export const panel = (title, ...children) => h("section", { class: "panel" }, h("h2", null, title), ...children);

export const status = word => h("span", { class: `status ${word}` }, word);

/** Names and values, those without a value left out. */
export const facts = entries => h("dl", { class: "facts" }, entries.filter(([, value]) => value != null && value !== "").map(([name, value]) => h("div", null, h("dt", null, name), h("dd", null, value))));

/**
 * A table that sorts by the columns whose heads are pressed.
 * columns: {name, of: row => what is shown, by?: row => what is sorted by, isNumber?, isText?}; sort: {column, isDown}, kept by the caller.
 */
export function table(columns, rows, sort, onSort, rowClass = () => null) {
  const column = columns.find(c => c.name === sort?.column);
  const ordered = column ? [...rows].sort((one, other) => compare(column.by(one), column.by(other), sort.isDown)) : rows;
  const kind = c => c.isNumber ? "number" : c.isText ? "words" : null;
  const head = c => h("th", { class: kind(c), scope: "col", "aria-sort": column === c ? (sort.isDown ? "descending" : "ascending") : null },
    c.by ? h("button", { type: "button", onclick: () => onSort({ column: c.name, isDown: column === c ? !sort.isDown : false }) }, `${c.name}${column === c ? (sort.isDown ? " ▾" : " ▴") : ""}`) : c.name);
  return h("table", null,
    h("thead", null, h("tr", null, columns.map(head))),
    h("tbody", null, ordered.map(row => h("tr", { class: rowClass(row) }, columns.map(c => h("td", { class: kind(c) }, c.of(row)))))));
}

/** What has no value comes last, up or down. */
function compare(one, other, isDown) {
  const isMissing = value => value == null || Number.isNaN(value);
  if (isMissing(one) || isMissing(other)) return isMissing(one) - isMissing(other);
  const order = typeof one === "number" && typeof other === "number" ? one - other : String(one).localeCompare(String(other), "en", { numeric: true });
  return isDown ? -order : order;
}
