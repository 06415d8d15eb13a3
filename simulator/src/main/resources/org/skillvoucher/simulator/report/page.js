"use strict";

/*
 * Renders the result of a run. The data is the JSON of `vgw simulate --json`, in which the series of
 * the charts replace the single seconds (PageData.java). Texts of the data become text nodes, so that
 * none is taken for markup. Headings are in page.html.
 */

/** Three significant digits, as in Dimension.java. */
function digits(value) {
  const size = Math.abs(value);
  if (size >= 100 || size === 0) return count(value);
  if (size < 0.01) return String(Number(value.toPrecision(1)));
  return value.toFixed(size >= 10 ? 1 : 2);
}

const count = value => value.toFixed(0).replace(/\B(?=(\d{3})+$)/g, ",");

function clock(seconds) {
  const two = number => String(Math.floor(number)).padStart(2, "0");
  const minutes = Math.floor(seconds / 60);
  const start = minutes < 60 ? minutes : Math.floor(minutes / 60) + ":" + two(minutes % 60);
  return start + ":" + two(seconds % 60);
}

function duration(millis) {
  if (millis < 1000) return digits(millis) + " ms";
  if (millis < 60000) return digits(millis / 1000) + " s";
  const seconds = Math.round(millis / 1000);
  return clock(seconds) + (seconds < 3600 ? " min" : " h");
}

const FORMATS = {
  TIME: duration,
  SHARE: value => digits(value * 100) + " %",
  RATE: value => digits(value) + " /s",
  COUNT: count,
  MEMORY: value => (value < 1024 ? digits(value) + " MB" : digits(value / 1024) + " GB"),
  CPU: value => value.toFixed(0) + " %",
};

const format = (dimension, value) => FORMATS[dimension](value);
const greatest = values => values.reduce((max, value) => (value > max ? value : max), 0);
const share = (part, whole) => (whole === 0 ? "–" : format("SHARE", part / whole));

/** An element with attributes and children, which are elements or text. */
function element(name, attributes, ...children) {
  const made = document.createElement(name);
  Object.entries(attributes).forEach(([key, value]) => made.setAttribute(key, value));
  children.flat().forEach(child => made.append(child));
  return made;
}

/** An element with a text in English and Chinese. */
function bilingual(name, english, chinese) {
  return element(name, {}, english, chinese ? [" ", element("span", { lang: "zh-CN" }, chinese)] : []);
}

const byId = id => document.getElementById(id);
const append = (id, children) => children.forEach(child => byId(id).append(child));

const SIGNS = { good: "✓", poor: "✗", void: "!", open: "–" };

/** A sign beside a word that says the same, which only screen readers read out. */
function sign(tone, word) {
  return element("span", { class: "sign " + tone },
    element("span", { "aria-hidden": "true" }, SIGNS[tone]),
    element("span", { class: "spoken" }, word + ": "));
}

/** A row of a table: its first cell is a heading, the others are numbers. */
function tableRow(missed, ...cells) {
  return element("tr", { class: missed ? "missed" : "" },
    cells.map((text, i) => (i === 0 ? element("th", { scope: "row" }, text) : element("td", {}, text))));
}

function showHeadline({ headline, run }) {
  const started = new Date(run.started).toLocaleString("sv-SE", { timeZone: "Asia/Shanghai" });
  byId("headline").className = "headline " + headline.tone;
  append("scenario", [run.scenario]);
  append("outcome", [element("span", { class: "sign " + headline.tone, "aria-hidden": "true" }, SIGNS[headline.tone]),
    bilingual("span", headline.english, headline.chinese)]);
  append("reasons", headline.reasons.map(reason => bilingual("li", reason.english, reason.chinese)));
  append("run", [
    [started + " (Asia/Shanghai)", duration(run.seconds * 1000), run.gateway, "seed " + run.seed].join(" · ")]);
}

function resultRow(tone, word, name, text, value, more) {
  return element("li", { class: tone === "poor" ? "missed" : "met" }, sign(tone, word),
    element("span", {}, element("b", {}, name), " ", text), element("span", { class: "value" }, value), more);
}

/** The bar shows how close the value came to the bound, which is marked at two thirds of it. */
function thresholdRow({ metric, expression, measured, ofBound, met }) {
  const width = Math.min(Math.max(ofBound * 2 / 3, 0), 1) * 100;
  const bar = element("span", { class: "bar", "aria-hidden": "true" }, element("i", { style: `width:${width}%` }));
  return resultRow(met ? "good" : "poor", met ? "met" : "missed", metric, expression,
    measured || "not measured 未测得", measured ? bar : []);
}

function checkRow({ id, title, looked, violations, examples }) {
  const tone = violations > 0 ? "poor" : looked === 0 ? "open" : "good";
  const compared = violations > 0 ? count(violations) + " of " + count(looked) : count(looked);
  const details = element("details", {}, bilingual("summary", "details", "详情"),
    element("ul", {}, examples.map(example => element("li", {}, example))));
  return resultRow(tone, violations > 0 ? "violated" : "held", id, bilingual("span", title.english, title.chinese),
    looked === 0 ? "none 无" : compared, examples.length > 0 ? details : []);
}

function tiles(data) {
  const { scans, batches, run, verdict, faults } = data;
  const all = [];
  const tile = (english, chinese, value, note) => all.push(element("div", {},
    bilingual("dt", english, chinese), element("dd", {}, value), element("dd", { class: "note" }, note)));
  const firstMiss = data.steps.findIndex(step => !step.good);
  const knee = data.steps[(firstMiss < 0 ? data.steps.length : firstMiss) - 1];
  if (knee) tile("Sustained", "承载能力", format("RATE", knee.accepted), "accepted in the last sustained step");
  const rate = format("RATE", scans.accepted / Math.max(run.seconds - run.warmUp, 0.001));
  tile("Accepted", "已受理", rate, count(scans.accepted) + " scans");
  const answered = scans.delays.count > 0;
  tile("Latency, 99 %", "99% 分位时延", answered ? duration(scans.delays.p99Millis) : "–",
    answered ? "median " + duration(scans.delays.p50Millis) : "no answers");
  tile("Failed", "失败", share(scans.failed, scans.sent), `${count(scans.failed)} of ${count(scans.sent)}`);
  tile("Sent late", "发送过晚", share(scans.late, scans.planned), count(scans.dropped) + " never sent");
  if (verdict.goodput) {
    const { unavailable, withoutRetryAfter, answers } = verdict.retryAfter;
    const { overloaded, peak } = verdict.goodput;
    const ofPeak = "of the peak of " + format("RATE", peak);
    tile("Goodput under overload", "过载有效吞吐", share(overloaded, peak), ofPeak);
    tile("Status 503", "稍后再试", share(unavailable, answers),
      withoutRetryAfter === 0 ? "all with Retry-After" : count(withoutRetryAfter) + " without Retry-After");
  }
  const full = data.gauges["gateway.heap.full"];
  if (full) {
    const sizes = full.values.filter(value => value !== null);
    tile("Heap after full GC", "存活堆", format("MEMORY", sizes[sizes.length - 1]),
      `first ${format("MEMORY", sizes[0])}, max ${format("MEMORY", greatest(sizes))}`);
  }
  if (batches.sent > 0) {
    tile("Offline sites", "离线补传", count(batches.accepted), `of ${count(batches.sent)} statements`);
  }
  if (faults.length > 0) {
    const lost = faults.some(fault => fault.recoveredMillis < 0);
    const slowest = greatest(faults.map(fault => fault.recoveredMillis));
    tile("Recovery time", "恢复用时", lost ? "never" : duration(slowest), "slowest of " + faults.length);
  }
  return all;
}

function showTables(data) {
  append("steps", data.steps.map(step => tableRow(!step.good,
    format("RATE", step.rate), format("RATE", step.accepted), duration(step.p99Millis),
    format("SHARE", step.failedShare), step.good ? "✓ sustained 可承载" : "✗ not sustained 过载")));
  append("faults", data.faults.map(({ what, at, heldMillis, recoveredMillis }, i) => tableRow(recoveredMillis < 0,
    `${i + 1}  ${what}`, clock(at), heldMillis === 0 ? "" : duration(heldMillis),
    recoveredMillis < 0 ? "✗ never 未恢复" : duration(recoveredMillis))));
  append("percentiles", data.percentiles.map(({ percentile, scans, batches }) => tableRow(false,
    percentile === 100 ? "max 最慢" : percentile + " %", data.scans.delays.count > 0 ? duration(scans) : "–",
    data.batches.delays.count > 0 ? duration(batches) : "–")));
  const times = code => (data.scans.errors[code] || 0) + (data.batches.errors[code] || 0);
  append("errors", Object.entries(data.errorsInChinese).map(([code, chinese]) =>
    tableRow(false, code, chinese, count(times(code)))));
}

function showFacts(run) {
  const fact = (name, value) => append("facts", [name, element("dd", {}, value)]);
  run.machines.forEach(machine => fact(bilingual("dt", "machine", "机器"),
    [machine.processor, machine.cores + " cores", format("MEMORY", machine.memoryMegabytes), machine.system,
      "Java " + machine.java].join(", ")));
  fact(bilingual("dt", "simulators", "模拟器数"), String(run.parts));
  Object.entries(run.facts).forEach(([name, value]) => fact(element("dt", {}, name), value));
}

const plain = value => (value >= 10 || Number.isInteger(value) ? count(value) : String(Number(value.toFixed(2))));

/** One line of a chart, with the number of its colour; its legend has a note, else its maximum. */
function line(english, chinese, colour, values, more) {
  const note = "max " + plain(greatest(values));
  return Object.assign({ label: chinese ? english + " " + chinese : english, colour, values, note }, more);
}

/** Thresholds that can be drawn; one far above the values would flatten the lines. */
function bounds(data, metrics, dimension, factor, lines) {
  const top = 3 * greatest(lines.map(one => greatest(one.values)));
  return data.bounds
    .filter(bound => metrics.includes(bound.metric) && bound.dimension === dimension)
    .map(bound => ({ text: bound.expression, value: bound.bound * factor }))
    .filter(bound => bound.value <= top);
}

function throughput(data) {
  const { planned, accepted } = data.series;
  const { goodput } = data.verdict;
  const dash = [5, 4];
  const lines = [line("scheduled", "计划到达", 6, planned, { dash }), line("accepted", "已受理", 1, accepted)]
    .concat(goodput ? line("peak", "峰值", 3, planned.map(() => goodput.peak), { dash }) : []);
  return { title: ["Throughput", "吞吐量"], unit: "scans per second 次/秒", lines,
    bounds: bounds(data, ["scan.accepted"], "RATE", 1, lines) };
}

function latency(data) {
  const { maxMillis, p99Millis, p50Millis } = data.scans.delays;
  const lines = [
    line("max", "最慢", 6, data.series.p100, { width: 1, note: duration(maxMillis) }),
    line("99 %", "99% 分位", 2, data.series.p99, { note: duration(p99Millis) }),
    line("median", "中位数", 1, data.series.p50, { note: duration(p50Millis) })];
  return { title: ["Latency", "时延"], unit: "from the scheduled arrival 自计划到达时刻起", lines,
    bounds: bounds(data, ["scan.delay"], "TIME", 1, lines), logarithmic: true, format: duration,
    axis: value => (value < 1000 ? plain(value) + " ms" : plain(value / 1000) + " s") };
}

/** The five most frequent codes and the sum of all others. */
function rejected(data) {
  const codes = Object.entries(data.series.errors);
  const lines = codes.slice(0, 5).map(([code, values], i) =>
    line(code, data.errorsInChinese[code], i + 2, values, { note: count(data.scans.errors[code] || 0) }));
  if (codes.length > 5) {
    const others = codes.slice(5).map(([code, values]) => ({ values }));
    lines.push(line("others", "其他", 1, stack(others)[0]));
  }
  return { title: ["Rejected and failed", "拒绝与失败"], unit: "per second 次/秒", lines, bounds: [], stacked: true };
}

function backlog(data) {
  const lines = [line("waiting", "等待中", 3, data.series.backlog)];
  return { title: ["Backlog", "积压"], unit: "scans without an answer 次", lines, bounds: [], small: true };
}

/** Sampled now and then, so that a gap is no outage. */
const isSparse = values => values.filter(value => value !== null).length < values.length / 4;

/** All gauges of a dimension in one chart. */
function resource(data, title, unit, dimension, factor) {
  const gauges = Object.entries(data.gauges).filter(([code, gauge]) => gauge.dimension === dimension);
  const scaled = values => values.map(value => (value === null ? null : value * factor));
  const lines = gauges.map(([code, { english, chinese, values }], i) =>
    line(english, chinese, i + 1, scaled(values), { sparse: isSparse(values) }));
  return { title, unit, lines, bounds: bounds(data, Object.keys(data.gauges), dimension, factor, lines), small: true };
}

/** The charts of what was measured. */
function charts(data) {
  const scans = data.scans.sent > 0 ? [throughput, latency, rejected, backlog].map(chart => chart(data)) : [];
  return scans.concat(
    resource(data, ["Read-side lag", "读侧滞后"], "seconds 秒", "TIME", 0.001),
    resource(data, ["CPU", "处理器"], "cores 核", "CPU", 0.01),
    resource(data, ["Heap", "堆内存"], "megabytes", "MEMORY", 1),
    resource(data, ["Threads and processes", "线程与进程"], "", "COUNT", 1)).filter(chart => chart.lines.length > 0);
}

/** The value of a CSS variable, which depends on the colour scheme. */
const css = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();

/** Distances of the labels of a time axis, in seconds. */
const TIME_STEPS = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 1800, 3600, 7200, 14400];
const POWERS_OF_TEN = [0.1, 1, 10, 100, 1000, 10000, 100000, 1000000];

/** From 0 to the greatest value or bound; powers of ten if logarithmic. */
function valueRange({ lines, bounds, logarithmic, stacked }) {
  const drawn = stacked ? stack(lines)[0] : lines.flatMap(one => one.values);
  const values = drawn.concat(bounds.map(bound => bound.value)).filter(value => value > 0);
  const top = greatest(values);
  if (!logarithmic) return [0, top * 1.08 || 1];
  return [values.some(value => value < 1) ? 0.1 : 1, POWERS_OF_TEN.find(power => power >= top && power > 1) || top];
}

/** Each line plus all lines after it: drawn in this order, later bars cover the lower part of earlier ones. */
function stack(lines) {
  const sum = (rows, i) => rows.reduce((total, row) => total + row.values[i], 0);
  return lines.map((one, n) => one.values.map((value, i) => sum(lines.slice(n), i)));
}

/** A line in pixels of the canvas; text drawn next has its colour. */
function strokeLine(ctx, colour, from, to) {
  ctx.strokeStyle = ctx.fillStyle = colour;
  ctx.lineWidth = 1.4 * devicePixelRatio;
  ctx.font = 11 * devicePixelRatio + "px system-ui, sans-serif";
  ctx.beginPath();
  ctx.moveTo(from[0], from[1]);
  ctx.lineTo(to[0], to[1]);
  ctx.stroke();
}

/** Outages as areas, faults as lines numbered as in the table, and the end of the warm-up. */
function drawEvents({ ctx, bbox: { top, height }, scales, valToPos }, data) {
  const x = at => valToPos(Math.min(Math.max(at, scales.x.min), scales.x.max), "x", true);
  const every = Math.ceil(data.faults.length / 10); // more than ten numbers would overlap
  ctx.textAlign = "center";
  const mark = (at, colour, text) => {
    if (at < scales.x.min || at > scales.x.max) return;
    strokeLine(ctx, css(colour), [x(at), top], [x(at), top + height]);
    ctx.fillText(text, x(at), top - 4 * devicePixelRatio);
  };
  if (data.run.warmUp > 0) mark(data.run.warmUp, "--soft", "warm-up 预热");
  data.faults.forEach(({ at, heldMillis, recoveredMillis }, i) => {
    mark(at, "--poor", i % every === 0 ? String(i + 1) : "");
    const recovered = recoveredMillis < 0 ? Infinity : at + (heldMillis + recoveredMillis) / 1000;
    ctx.fillStyle = css("--outage");
    ctx.fillRect(x(at), top, x(recovered) - x(at), height);
  });
}

function drawBounds({ ctx, bbox: { left, width }, valToPos }, chart) {
  ctx.setLineDash([3 * devicePixelRatio, 3 * devicePixelRatio]);
  ctx.textAlign = "right";
  chart.bounds.forEach(({ text, value }) => {
    const y = valToPos(value, "y", true);
    strokeLine(ctx, css("--void"), [left, y], [left + width, y]);
    ctx.fillText(text, left + width - 4 * devicePixelRatio, y - 4 * devicePixelRatio);
  });
  ctx.setLineDash([]);
}

/** A series as uPlot draws it; its legend shows the value under the pointer, else the note. */
function plotSeries(chart, one) {
  const show = value => (value === null ? "–" : (chart.format || plain)(value));
  const stroke = css("--s" + one.colour);
  return Object.assign(
    { label: one.label, stroke, value: (u, drawn, n, i) => (i === null ? one.note : show(one.values[i])) },
    chart.stacked
      ? { fill: stroke, width: 0, paths: uPlot.paths.bars({ size: [0.8] }), points: { show: false } }
      : { width: one.width || 2, dash: one.dash, spanGaps: one.sparse, points: { show: one.sparse || undefined } });
}

function plotOptions(chart, data, width) {
  const { at, spacing } = data.series;
  const [first, last] = [at[0], at[at.length - 1]];
  const whole = [0, last + spacing / 2];
  const range = valueRange(chart);
  const grid = { stroke: css("--rule"), width: 1 };
  const axis = { stroke: css("--soft"), grid, ticks: { show: false }, font: "12px system-ui, sans-serif" };
  const colour = (u, i) => css("--s" + chart.lines[i - 1].colour);
  return {
    width,
    height: chart.small ? 150 : 200,
    padding: [16, 24, 0, 0],
    cursor: { sync: { key: "run" }, y: false },
    legend: { markers: { width: 0, fill: colour } },
    scales: {
      // All of the run, unless a part of it was chosen by dragging.
      x: { time: false, range: (u, min, max) => (min === first && max === last ? whole : [min, max]) },
      y: { distr: chart.logarithmic ? 3 : 1, range: () => range },
    },
    axes: [
      Object.assign({ size: 30, incrs: TIME_STEPS, values: (u, ticks) => ticks.map(clock) }, axis),
      Object.assign({ size: 64, space: 24, values: (u, ticks) => ticks.map(chart.axis || plain) }, axis,
        chart.logarithmic && { splits: () => POWERS_OF_TEN.filter(power => power >= range[0] && power <= range[1]) }),
    ],
    series: [{ label: "time 时刻", value: (u, x) => (x === null ? "–" : clock(x)) }]
      .concat(chart.lines.map(one => plotSeries(chart, one))),
    hooks: { drawClear: [u => drawEvents(u, data)], draw: [u => drawBounds(u, chart)] },
  };
}

/** Adds the figure of a chart, in which it is plotted later. */
function addFigure(chart) {
  const figure = element("figure", { class: chart.small ? "small" : "" }, element("figcaption", {},
    bilingual("h3", chart.title[0], chart.title[1]), element("p", { class: "note" }, chart.unit)), element("div", {}));
  append("charts", [figure]);
  return figure.lastChild;
}

function plotChart(chart, data, box) {
  const values = chart.stacked ? stack(chart.lines) : chart.lines.map(one => one.values);
  box.replaceChildren();
  const plot = new uPlot(plotOptions(chart, data, box.clientWidth), [data.series.at].concat(values), box);
  const spoken = chart.lines.map(one => one.label + " " + one.note).join(", ");
  plot.ctx.canvas.setAttribute("role", "img");
  plot.ctx.canvas.setAttribute("aria-label", chart.title[0] + ": " + spoken);
}

/** Plots all charts, again when width or colours change: window, paper, dark mode. */
function showCharts(data) {
  const all = charts(data);
  const boxes = all.map(addFigure);
  const plot = printing => {
    document.documentElement.classList.toggle("printing", printing);
    all.forEach((chart, i) => plotChart(chart, data, boxes[i]));
  };
  plot(false);
  addEventListener("resize", () => plot(false));
  addEventListener("beforeprint", () => plot(true));
  addEventListener("afterprint", () => plot(false));
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => plot(false));
}

function show(data) {
  document.querySelector("main").hidden = false;
  showHeadline(data);
  append("thresholds", data.verdict.thresholds.map(thresholdRow));
  append("checks", data.checks.map(checkRow));
  append("tiles", tiles(data));
  showTables(data);
  showFacts(data.run);
  showCharts(data);
}

show(JSON.parse(byId("data").textContent));
