// Writes what is shown into files: a table as CSV, a drawing as SVG or PNG.

export function download(name, content) {
  const link = document.createElement("a");
  link.href = typeof content === "string" ? content : URL.createObjectURL(content);
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
}

// Excel takes a cell that begins with one of these for a formula.
const FORMULA = /^[=+@\t\r]|^-(?![\d.])/;

export function csvOf(table) {
  const lines = [...table.rows].map((row) => [...row.cells].map((cell) => {
    let text = cell.textContent.replace(/\s+/g, " ").trim();
    if (text === "·" || text === "—") text = "";
    if (FORMULA.test(text)) text = `'${text}`;
    return /[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
  }).join(","));
  return `\ufeff${lines.join("\n")}\n`;
}

export function saveTable(table) {
  download(`saidao-${table.id}.csv`, new Blob([csvOf(table)], { type: "text/csv;charset=utf-8" }));
}

const KEPT = ["fill", "stroke", "stroke-width", "font-family", "font-size", "font-weight", "text-anchor", "opacity"];

// A copy that needs no style sheet: each shape carries the style it is drawn with.
function standalone(svg) {
  const copy = svg.cloneNode(true);
  const shapes = svg.querySelectorAll("*");
  copy.querySelectorAll("*").forEach((shape, n) => {
    const style = getComputedStyle(shapes[n]);
    for (const name of KEPT) shape.setAttribute(name, style.getPropertyValue(name));
    shape.removeAttribute("class");
  });
  for (const link of copy.querySelectorAll("a")) link.setAttribute("href", new URL(link.getAttribute("href"), location.href).href);
  const { width, height } = svg.viewBox.baseVal;
  copy.removeAttribute("class");
  copy.setAttribute("xmlns", "http://www.w3.org/2000/svg");
  copy.setAttribute("width", width);
  copy.setAttribute("height", height);
  const ground = document.createElementNS("http://www.w3.org/2000/svg", "rect");
  ground.setAttribute("width", "100%");
  ground.setAttribute("height", "100%");
  ground.setAttribute("fill", getComputedStyle(document.body).backgroundColor);
  copy.prepend(ground);
  return { text: new XMLSerializer().serializeToString(copy), width, height };
}

export async function saveSvg(svg, kind) {
  const { text, width, height } = standalone(svg);
  const blob = new Blob([text], { type: "image/svg+xml" });
  if (kind === "svg") return download(`saidao-${svg.id}.svg`, blob);
  const image = new Image();
  image.src = URL.createObjectURL(blob);
  await image.decode();
  const canvas = Object.assign(document.createElement("canvas"), { width: width * 2, height: height * 2 });
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  canvas.toBlob((png) => download(`saidao-${svg.id}.png`, png));
  URL.revokeObjectURL(image.src);
}
