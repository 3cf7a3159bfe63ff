"use strict";
for (const frame of document.querySelectorAll(".frame")) {
  const figure = frame.closest("figure");
  const plot = frame.querySelector("svg.plot");
  const lines = plot.querySelector("svg.lines");
  const output = figure.querySelector("output");
  const names = [...figure.querySelectorAll("thead th")].map((cell) => cell.textContent);
  const rows = [...figure.querySelectorAll("tr[data-x], tr[data-y]")];
  const by = frame.dataset.by;
  const draw = (name) => {
    const shape = document.createElementNS(plot.namespaceURI, name);
    shape.setAttribute("class", "cursor");
    shape.style.display = "none";
    return plot.appendChild(shape);
  };
  const cursor = draw(by === "xy" ? "circle" : "line");
  let chosen = -1;
  const show = (index) => {
    chosen = index;
    const row = rows[index];
    cursor.style.display = row ? "" : "none";
    if (!row) { output.textContent = "\u00a0"; return; }
    const top = Number(lines.getAttribute("y"));
    const height = Number(lines.getAttribute("height"));
    const x = row.dataset.x + "%";
    const y = top + height * row.dataset.y / 100;
    const set = (values) => {
      for (const key in values) cursor.setAttribute(key, values[key]);
    };
    if (by === "xy") set({ cx: x, cy: y, r: 8 });
    if (by === "x") set({ x1: x, x2: x, y1: top, y2: top + height });
    if (by === "y") set({ x1: 0, x2: "100%", y1: y, y2: y });
    output.textContent = [...row.children]
      .map((cell, column) => names[column] + " " + cell.textContent).join(" \\u00b7 ");
  };
  const point = (event) => {
    const box = plot.getBoundingClientRect();
    const height = Number(lines.getAttribute("height"));
    const x = (event.clientX - box.left) / box.width;
    const y = (event.clientY - box.top - Number(lines.getAttribute("y"))) / height;
    let best = -1;
    let least = Infinity;
    rows.forEach((row, index) => {
      const across = by === "y" ? 0 : (row.dataset.x / 100 - x) * box.width;
      const down = by === "x" ? 0 : (row.dataset.y / 100 - y) * height;
      const distance = across * across + down * down;
      if (distance < least) { least = distance; best = index; }
    });
    show(best);
  };
  frame.addEventListener("pointermove", point);
  frame.addEventListener("pointerdown", point);
  frame.addEventListener("pointerleave", () => show(-1));
  frame.addEventListener("blur", () => show(-1));
  frame.addEventListener("keydown", (event) => {
    const moves = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 };
    const last = rows.length - 1;
    let next = chosen + moves[event.key];
    if (event.key === "Home") next = 0;
    if (event.key === "End") next = last;
    if (event.key === "Escape") next = -1;
    if (Number.isNaN(next)) return;
    event.preventDefault();
    show(event.key === "Escape" ? -1 : Math.min(Math.max(next, 0), last));
  });
}
