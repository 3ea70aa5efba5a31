// Saves a chart or a table as a picture: its title, itself as it stands on the page, its source.
// A button says what to save (ui/pictures.py): data-picture is the key of the Streamlit container.
const SCALE = 2; // a projector and a printed report want more than a screen has
const LONGEST = 16_000; // pixels of a side; browsers draw nothing on a canvas much larger
const EDGE = 24;
const TITLE = { size: 20, line: 27, weight: 700 };
const SOURCE = { size: 13, line: 18, weight: 400 };
const FONT = '"Source Sans", sans-serif';
const STRIPE = { wide: 4, every: 10 }; // as danvan/charts/grounds.py has them
const LETTERS = "/look/text.woff2"; // an image of an SVG sees no font of the page

async function picture({ picture: key, title, source }) {
  const place = document.querySelector(`.st-key-${key.replace(/[^\w-]/g, "-")}`);
  const parts = [...place.querySelectorAll(".js-plotly-plot, table.matrix, .tiles, .map")];
  const boxes = parts.map((part) => part.getBoundingClientRect());
  const left = Math.min(...boxes.map((box) => box.left));
  const top = Math.min(...boxes.map((box) => box.top));
  const width = Math.ceil(Math.max(...boxes.map((box) => box.right)) - left);
  const height = Math.ceil(Math.max(...boxes.map((box) => box.bottom)) - top);

  const pen = document.createElement("canvas").getContext("2d");
  const titles = wrapped(pen, title, TITLE, width);
  const sources = wrapped(pen, source, SOURCE, width);
  const above = EDGE + titles.length * TITLE.line + EDGE / 2;
  const full = above + height + EDGE / 2 + sources.length * SOURCE.line + EDGE;
  const scale = Math.min(SCALE, LONGEST / Math.max(full, width + 2 * EDGE));
  pen.canvas.width = Math.round((width + 2 * EDGE) * scale);
  pen.canvas.height = Math.round(full * scale);
  pen.scale(scale, scale);

  const page = getComputedStyle(document.querySelector("[data-testid=stApp]"));
  pen.fillStyle = page.backgroundColor;
  pen.fillRect(0, 0, width + 2 * EDGE, full);
  pen.fillStyle = page.color;
  write(pen, titles, TITLE, EDGE);
  write(pen, sources, SOURCE, full - EDGE - sources.length * SOURCE.line);
  pen.translate(EDGE - left, above - top); // from here on as on the page
  for (const part of parts) {
    if (part.localName === "table") table(pen, part);
    else if (part.matches(".tiles, .map")) tiles(pen, part);
    else await chart(pen, part, scale);
  }
  return pen.canvas;
}

function font(pen, { weight, size }) {
  pen.font = `${weight} ${size}px ${FONT}`;
}

function wrapped(pen, text, look, width) {
  font(pen, look);
  const lines = [];
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const longer = lines.length ? `${lines.at(-1)} ${word}` : word;
    if (lines.length && pen.measureText(longer).width <= width) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}

function write(pen, lines, look, top) {
  font(pen, look);
  pen.textBaseline = "top";
  lines.forEach((line, at) => pen.fillText(line, EDGE, top + at * look.line));
}

// plotly draws in layers that lie on each other
async function chart(pen, plot, scale) {
  const letters = await face();
  for (const layer of plot.querySelectorAll(".main-svg")) {
    const { left, top, width, height } = layer.getBoundingClientRect();
    if (!width || !height) continue;
    const copy = layer.cloneNode(true);
    copy.setAttribute("viewBox", `0 0 ${width} ${height}`);
    copy.setAttribute("width", width * scale);
    copy.setAttribute("height", height * scale);
    copy.prepend(letters.cloneNode(true));
    const image = new Image();
    const text = new XMLSerializer().serializeToString(copy);
    image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
    await image.decode();
    pen.drawImage(image, left, top, width, height);
  }
}

let known;

function face() {
  known ??= fetch(LETTERS)
    .then((answer) => answer.blob())
    .then(asAddress)
    .then((address) => {
      const style = document.createElementNS("http://www.w3.org/2000/svg", "style");
      style.textContent = `@font-face { font-family: "Source Sans"; font-weight: 200 900;
        src: url("${address}") }`;
      return style;
    });
  return known;
}

function asAddress(blob) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result);
    reader.onerror = () => reject(reader.error);
    reader.readAsDataURL(blob);
  });
}

function table(pen, drawn) {
  for (const cell of drawn.querySelectorAll("caption, th, td")) {
    const { left, top, width, height } = cell.getBoundingClientRect();
    const look = getComputedStyle(cell);
    ground(pen, cell);
    pen.fillStyle = look.borderBottomColor;
    const thick = parseFloat(look.borderBottomWidth);
    if (thick) pen.fillRect(left, top + height - thick, width, thick);
    texts(pen, cell);
  }
}

// a tile has its ground and its edge; a map is an image with texts upon it
function tiles(pen, drawn) {
  for (const image of drawn.querySelectorAll("img")) {
    const { left, top, width, height } = image.getBoundingClientRect();
    pen.drawImage(image, left, top, width, height);
  }
  for (const part of drawn.querySelectorAll(".tile, .tile > span, .label, .parts i")) ground(pen, part);
  for (const part of drawn.querySelectorAll(".tile")) {
    const { left, top, width, height } = part.getBoundingClientRect();
    pen.strokeStyle = getComputedStyle(part).borderTopColor;
    pen.strokeRect(left + 0.5, top + 0.5, width - 1, height - 1);
  }
  for (const part of drawn.querySelectorAll(".tile, .label")) texts(pen, part);
}

// a colour, or stripes of the first colour on the last one
function ground(pen, part) {
  const { left, top, width, height } = part.getBoundingClientRect();
  const { backgroundColor, backgroundImage } = getComputedStyle(part);
  const stripes = backgroundImage.startsWith("repeating-linear-gradient")
    ? backgroundImage.match(/rgba?\([^)]*\)/g)
    : null;
  pen.fillStyle = stripes?.at(-1) ?? backgroundColor;
  pen.fillRect(left, top, width, height);
  if (!stripes) return;
  pen.save();
  pen.beginPath();
  pen.rect(left, top, width, height);
  pen.clip();
  pen.strokeStyle = stripes[0];
  pen.lineWidth = STRIPE.wide;
  pen.beginPath();
  for (let at = -height; at < width; at += STRIPE.every) {
    pen.moveTo(left + at, top + height);
    pen.lineTo(left + at + height, top);
  }
  pen.stroke();
  pen.restore();
}

// word by word where the page has them, so that lines break as they do there
function texts(pen, cell) {
  const nodes = document.createTreeWalker(cell, NodeFilter.SHOW_TEXT);
  const range = document.createRange();
  pen.textBaseline = "middle";
  for (let node = nodes.nextNode(); node; node = nodes.nextNode()) {
    const look = getComputedStyle(node.parentElement);
    pen.font = `${look.fontStyle} ${look.fontWeight} ${look.fontSize} ${look.fontFamily}`;
    pen.fillStyle = look.color;
    for (const word of node.data.matchAll(/\S+/g)) {
      range.setStart(node, word.index);
      range.setEnd(node, word.index + word[0].length);
      const { left, top, height } = range.getBoundingClientRect();
      pen.fillText(word[0], left, top + height / 2);
    }
  }
}

function named({ name, title }) {
  const plain = (name ?? title).normalize("NFD").replace(/\p{M}/gu, "").replace(/[đĐ]/g, "d");
  return `${plain.toLowerCase().replace(/[^a-z0-9]+/g, "-").slice(0, 80).replace(/^-|-$/g, "")}.png`;
}

async function save(button) {
  button.disabled = true;
  try {
    const canvas = await picture(button.dataset);
    const blob = await new Promise((resolve) => canvas.toBlob(resolve, "image/png"));
    const link = document.createElement("a");
    link.href = URL.createObjectURL(blob);
    link.download = named(button.dataset);
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60_000); // a slow browser has it by then
  } finally {
    button.disabled = false;
  }
}

addEventListener("click", (event) => {
  const button = event.target.closest?.("button[data-picture]");
  if (button) save(button);
});
