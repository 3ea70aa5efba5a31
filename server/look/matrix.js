// The matrix of states is one stop of Tab; inside it the arrows go from cell to cell, Home and End
// to the ends of a row. Without this script each cell would be a stop: hundreds of them.
const STEPS = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };

function move(event) {
  const cell = event.target.closest?.("table.matrix :is(td, th)");
  const next = cell && to(cell, event.key);
  if (!next) return;
  event.preventDefault();
  for (const link of cell.closest("table").querySelectorAll("a[tabindex='0']")) link.tabIndex = -1;
  next.tabIndex = 0;
  next.focus();
}

// The nearest link that way; where there is none, the key does what it always does.
function to(cell, key) {
  const rows = [...cell.closest("table").rows].map((row) => [...row.cells]);
  let [row, column] = [cell.parentElement.rowIndex, cell.cellIndex];
  if (key === "Home") return rows[row].find(link)?.querySelector("a");
  if (key === "End") return rows[row].findLast(link)?.querySelector("a");
  const [down, right] = STEPS[key] ?? [];
  if (down === undefined) return null;
  do [row, column] = [row + down, column + right];
  while (rows[row]?.[column] && !link(rows[row][column]));
  return rows[row]?.[column]?.querySelector("a");
}

function link(cell) {
  return cell.querySelector("a") !== null;
}

// The words of a cell for the mouse as well: they are in the page but once.
function tell({ target }) {
  const link = target.closest?.("table.matrix td a");
  if (link && !link.title) link.title = link.ariaLabel;
}

addEventListener("keydown", move);
addEventListener("mouseover", tell);
