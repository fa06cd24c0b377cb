// The statutory table in its printed layout. Text arrives as data and is only ever set as text, never as markup.
export default function ({ parentElement, data, setTriggerValue, setStateValue }) {
  const holder = parentElement.querySelector(".holder");
  const focused = parentElement.activeElement && parentElement.activeElement.dataset ? parentElement.activeElement.dataset.cell : null;
  holder.replaceChildren();
  const table = document.createElement("table");
  table.className = data.table;
  const caption = document.createElement("caption");
  caption.textContent = data.caption;
  table.append(caption);
  const rows = Math.max(...data.cells.map((cell) => cell.row + cell.row_span));
  const lines = Array.from({ length: rows }, () => table.insertRow());
  const order = [];
  for (const cell of data.cells) {
    const place = document.createElement(cell.cell ? "td" : "th");
    place.rowSpan = cell.row_span;
    place.colSpan = cell.column_span;
    if (!cell.cell) {
      place.textContent = cell.text;
      lines[cell.row].append(place);
      continue;
    }
    const box = document.createElement("input");
    box.value = cell.text;
    box.readOnly = !data.editable;
    box.dataset.cell = cell.cell;
    box.dataset.state = cell.state;
    box.setAttribute("aria-label", cell.name);
    box.size = 4;
    place.className = [cell.severity, cell.computed ? "computed" : "", cell.state].join(" ");
    if (cell.severity === "error") box.setAttribute("aria-invalid", "true");
    box.setAttribute("aria-description", [cell.source, ...cell.notes].filter(Boolean).join("；"));
    place.title = [cell.name, cell.source, ...cell.notes].filter(Boolean).join("\n");
    box.addEventListener("change", () => setTriggerValue("edit", { cell: cell.cell, text: box.value }));
    box.addEventListener("focus", () => box.select());
    box.addEventListener("dblclick", () => setStateValue("selected", cell.cell));
    box.addEventListener("keydown", (event) => {
      if (event.key === "F2") setStateValue("selected", cell.cell);
      const step = { Enter: 1, ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step === undefined) return;
      event.preventDefault();
      const below = order.filter((other) => other.column === cell.column);
      const next = below[below.findIndex((other) => other.box === box) + step];
      if (next) next.box.focus(); else box.blur();
    });
    order.push({ box, column: cell.column });
    place.append(box);
    lines[cell.row].append(place);
  }
  holder.append(table);
  if (focused) {
    const again = holder.querySelector(`input[data-cell="${CSS.escape(focused)}"]`);
    if (again) again.focus();
  }
}
