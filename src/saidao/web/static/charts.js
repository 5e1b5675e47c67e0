// Draws the charts of a page with ECharts, from the data that stand beside them. Text is drawn, never parsed as HTML.
import { download } from "./save.js";

const drawn = new Map();
export const savers = new Map();

function colours() {
  const style = getComputedStyle(document.documentElement);
  const of = (name) => style.getPropertyValue(`--${name}`).trim();
  return {
    text: of("text"), soft: of("soft"), rule: of("rule"), ground: of("card"), target: of("target"), result: of("result"),
    statistic: of("statistic"), gap: of("gap"),
    lines: ["#1f6fa8", "#c8501b", "#3f8f5b", "#8a5bb0", "#b8860b", "#c2477f", "#3a9a9a", "#7a6a55", "#5d6fc0", "#a33b3b", "#6f8f2f", "#888888"],
  };
}

const FONT = '"PingFang SC","Microsoft YaHei","Noto Sans SC","Noto Sans CJK SC","Source Han Sans SC",system-ui,sans-serif';

function base(c) {
  return {
    animation: false, textStyle: { fontFamily: FONT, color: c.text }, aria: { enabled: true }, backgroundColor: c.ground,
    tooltip: { trigger: "axis", renderMode: "richText", confine: true, backgroundColor: c.ground, borderColor: c.rule, textStyle: { color: c.text, fontSize: 12 } },
    legend: { type: "scroll", top: 0, left: 0, textStyle: { color: c.text }, itemHeight: 9 },
  };
}

function axes(c, years, unit, extra = {}) {
  return {
    xAxis: { type: "category", data: years, axisLine: { lineStyle: { color: c.rule } }, axisLabel: { color: c.soft }, axisTick: { show: false }, ...extra },
    yAxis: { type: "value", name: extra.hideUnit ? "" : unit, nameTextStyle: { color: c.soft, align: "left" }, axisLabel: { color: c.soft }, splitLine: { lineStyle: { color: c.rule, opacity: 0.6 } } },
  };
}

function lines(data, c) {
  return {
    ...base(c), color: c.lines, ...axes(c, data.years, ""), grid: { left: 8, right: 16, top: 36, bottom: 8, outerBoundsMode: "same" },
    series: data.lines.map((line) => ({ name: line.name, type: "line", data: line.values, showSymbol: data.years.length < 40, symbolSize: 6, lineStyle: { width: 2 }, connectNulls: false })),
  };
}

function series(data, c) {
  const years = Array.from({ length: data.last - data.first + 1 }, (_, n) => data.first + n);
  const height = 100 / data.panels.length;
  const grids = [], xs = [], ys = [], all = [];
  data.panels.forEach((panel, n) => {
    const several = data.panels.length > 1;
    grids.push({ left: 46, right: 16, top: several ? `${n * height + 4}%` : 44, height: several ? `${height - 7}%` : undefined, bottom: several ? undefined : 28 });
    const { xAxis, yAxis } = axes(c, years, several ? panel.title : "");
    xs.push({ ...xAxis, gridIndex: n });
    ys.push({ ...yAxis, gridIndex: n, scale: false });
    const at = { xAxisIndex: n, yAxisIndex: 2 * n };
    const point = (mark) => ({ value: [String(mark.year), (mark.low + mark.high) / 2], href: mark.href, told: mark.label, bound: mark.bound });
    const fill = (marks) => {
      const found = new Map(marks.map((mark) => [mark.year, mark]));
      return years.map((year) => (found.has(year) ? point(found.get(year)) : { value: [String(year), null] }));
    };
    const symbol = { eq: "rect", approx: "circle", ge: "triangle", le: "path://M0 0 L10 0 L5 10 Z" };
    all.push({ name: data.names.result, type: "line", data: fill(panel.results), ...at, itemStyle: { color: c.result }, lineStyle: { color: c.result, width: 2 }, symbolSize: 7, symbol: "circle", z: 3 });
    ys.push({ type: "value", min: 0, max: 1, show: false, gridIndex: n });
    all.push({ name: data.names.missing, type: "bar", data: years.map((year) => (panel.missing.includes(year) ? 1 : null)), xAxisIndex: n, yAxisIndex: 2 * n + 1, barWidth: "100%", silent: true, itemStyle: { color: c.gap }, z: 0, tooltip: { show: false } });
    all.push({ name: data.names.target, type: "scatter", data: panel.targets.map((mark) => ({ ...point(mark), symbol: symbol[mark.bound] ?? "rect", symbolSize: mark.bound === "eq" ? [12, 4] : 10 })), ...at, itemStyle: { color: c.target }, z: 4 });
    if (panel.statistics.length) all.push({ name: data.names.statistic, type: "line", data: fill(panel.statistics), ...at, itemStyle: { color: c.statistic }, lineStyle: { color: c.statistic, type: "dashed" }, symbolSize: 4 });
  });
  const told = (found) => found.filter((each) => each.data?.value && each.value[1] !== null).map((each) => `${each.seriesName}  ${each.data.told ?? each.value[1]}`);
  const option = { ...base(c), grid: grids, xAxis: xs, yAxis: ys, series: all };
  option.tooltip.formatter = (found) => (Array.isArray(found) ? [found[0].axisValue, ...told(found)].join("\n") : told([found]).join("\n"));
  return option;
}

const KINDS = { lines, series };

function draw(place) {
  const data = JSON.parse(document.getElementById(`${place.id}-data`).textContent);
  const option = () => KINDS[data.kind](data, colours());
  if (data.kind === "series" && data.panels.length > 1) place.classList.add(`panels-${Math.min(data.panels.length, 8)}`);
  const chart = drawn.get(place.id) ?? globalThis.echarts.init(place);
  chart.setOption(option(), true);
  if (!drawn.has(place.id)) {
    drawn.set(place.id, chart);
    chart.on("click", (event) => { if (event.data?.href) location.href = event.data.href; });
    new ResizeObserver(() => chart.resize()).observe(place);
    savers.set(place.id, (kind) => {
      if (kind === "png") return download(`saidao-${place.id}.png`, chart.getDataURL({ type: "png", pixelRatio: 2 }));
      const flat = globalThis.echarts.init(null, null, { renderer: "svg", ssr: true, width: place.clientWidth, height: place.clientHeight });
      flat.setOption(option());
      download(`saidao-${place.id}.svg`, new Blob([flat.renderToSVGString()], { type: "image/svg+xml" }));
      flat.dispose();
    });
  }
}

export function drawAll() {
  if (globalThis.echarts) document.querySelectorAll(".chart").forEach(draw);
}

export const redrawAll = drawAll;
