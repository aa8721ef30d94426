// The month's table: cells copied from a workbook are pasted into the boxes, from the one that has the focus on.
// A line that begins with a project's code or name goes to that project. What is pasted is read by the server once it is sent.
const table = document.querySelector("form .month-table");
if (table) {
  document.querySelector("[data-paste-hint]").hidden = false;
  table.addEventListener("paste", paste);
}

function paste(event) {
  const lines = cellsOf(event.clipboardData?.getData("text/plain") ?? "");
  if (lines.length < 2 && (lines[0]?.length ?? 0) < 2) return; // one cell: the box takes it
  event.preventDefault();
  const rows = [...table.tBodies[0].rows];
  const from = event.target.closest("td, th");
  const start = rows.indexOf(from.parentElement);
  lines.forEach((cells, offset) => {
    const named = rows.find((row) => [row.dataset.code, row.dataset.name].includes(cells[0].trim()));
    const row = named ?? rows[start + offset];
    if (row) fill(row, named ? cells.slice(1) : cells, named ? 0 : Math.max(from.cellIndex - 1, 0));
  });
}

function fill(row, cells, first) {
  const boxes = [...row.querySelectorAll("td")].map((cell) => cell.querySelector(".typed :is(input, select, textarea)"));
  cells.forEach((text, offset) => {
    const box = boxes[first + offset];
    if (!box || !text.trim()) return; // an empty cell leaves what stands there
    if (box.tagName === "SELECT") choose(box, text.trim());
    else box.value = text.trim();
    box.classList.add("pasted");
    box.dispatchEvent(new Event("input", { bubbles: true }));
  });
}

// By what a stage is called of this project, or of any; an unknown word leaves none, and the server asks.
function choose(select, text) {
  const option = [...select.options].find((one) => one.text === text || one.text.split(" (")[0] === text);
  const words = new Map(table.dataset.stages.split("|").map((one) => one.split("=").reverse()));
  select.value = option?.value ?? words.get(text) ?? "";
}

// Tabs part cells and line ends part rows; a cell in quotes may hold both, and doubles its own quotes.
function cellsOf(text) {
  const rows = [[]];
  const cell = /(?:"((?:[^"]|"")*)"(?=[\t\r\n]|$)|([^\t\r\n]*))(\t|\r?\n|\r|$)/gy;
  while (cell.lastIndex < text.length) {
    const [, quoted, plain, end] = cell.exec(text);
    rows.at(-1).push(quoted === undefined ? plain : quoted.replaceAll('""', '"'));
    if (end === "") break;
    if (end !== "\t" && cell.lastIndex < text.length) rows.push([]);
  }
  return rows;
}
