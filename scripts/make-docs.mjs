#!/usr/bin/env node
/**
 * Writes what the documentation shows of the program itself:
 *
 *   npm run build && node scripts/make-docs.mjs            docs/models.md
 *   npm run build && node scripts/make-docs.mjs --demo     and the demo's output and figures in README.md and docs/figures
 *
 * A test compares docs/models.md with the list of models.
 */
import { execFileSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const xnpe = (...args) =>
  execFileSync(process.execPath, [join(root, "dist/src/cli/main.js"), ...args], {
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  });

const KINDS = [
  ["additive", "Additive models", "Photons/cm2/s in each bin; they may be added."],
  ["multiplicative", "Multiplicative models", "The mean factor of each bin; they multiply."],
  ["convolution", "Convolution models", "They change the spectrum behind them."],
];

/** A number as XSPEC users write it. */
function number(value) {
  return Math.abs(value) >= 1e5 ? value.toExponential().replace("+", "") : String(value);
}

/** Text for a cell: bars and what Markdown takes for emphasis or HTML are escaped. */
function cell(text) {
  return text.replace(/[|*_<\\]/g, "\\$&");
}

/** A table padded as the formatter pads it. */
function table(rows) {
  const widths = rows[0].map((_, column) => Math.max(3, ...rows.map((row) => row[column].length)));
  const line = (cells) => `| ${cells.map((text, column) => text.padEnd(widths[column])).join(" | ")} |`;
  const [head, ...body] = rows;
  return [line(head), line(widths.map((width) => "-".repeat(width))), ...body.map(line)];
}

function describe({ name, summary, formula, reference, parameters }) {
  const rows = parameters.map(({ name, unit, default: value, min, max, delta }) => [
    cell(name),
    cell(unit),
    number(value),
    `${number(min)} to ${number(max)}`,
    delta > 0 ? "free" : "fixed",
  ]);
  return [
    `### ${name}`,
    "",
    `${summary[0].toUpperCase()}${summary.slice(1)}.`,
    ...(formula === "" ? [] : ["", "```text", formula, "```"]),
    "",
    ...table([["parameter", "unit", "default", "hard limits", "in XSPEC"], ...rows]),
    ...(reference === "" ? [] : ["", `Reference: ${reference}`]),
    "",
  ];
}

/** docs/models.md for the models that `xnpe models --json` lists. */
export function modelsPage(models) {
  const lines = [
    "# Models",
    "",
    "<!-- Made by scripts/make-docs.mjs from `xnpe models --json`; do not edit. -->",
    "",
    `${models.length} models, named as in XSPEC, as are their parameters. An expression combines them with \`+\`, \`*\` and parentheses:`,
    "`tbabs*(powerlaw+bbodyrad)`. Components of the same kind are numbered as they stand: `powerlaw_1.norm`, `powerlaw_2.norm`.",
    "A parameter without a prior or a value keeps its default. Energies are in keV. `xnpe models NAME` prints one entry.",
    "",
  ];
  for (const [kind, title, text] of KINDS) {
    const some = models.filter((model) => model.kind === kind);
    if (some.length === 0) continue;
    lines.push(`## ${title}`, "", text, "", ...some.flatMap(describe));
  }
  return lines.join("\n");
}

/** Replaces what stands between `<!-- NAME -->` and `<!-- /NAME -->`. */
function replaceBlock(text, name, content) {
  const pattern = new RegExp(`(<!-- ${name} -->)[\\s\\S]*?(<!-- /${name} -->)`);
  if (!pattern.test(text)) throw new Error(`README.md has no block called ${name}`);
  return text.replace(pattern, (_, open, close) => `${open}\n\n${content}\n\n${close}`);
}

function makeDemo() {
  const folder = mkdtempSync(join(tmpdir(), "xnpe-docs-"));
  try {
    const run = join(folder, "xnpe-demo");
    const printed = xnpe("demo", "--quiet", "--out", run).replaceAll(run, "xnpe-demo").trim();
    mkdirSync(join(root, "docs/figures"), { recursive: true });
    for (const name of ["corner", "spectrum"])
      copyFileSync(join(run, `figures/${name}.svg`), join(root, `docs/figures/demo-${name}.svg`));
    const readme = join(root, "README.md");
    const text = readFileSync(readme, "utf8");
    writeFileSync(readme, replaceBlock(text, "demo", `\`\`\`text\n${printed}\n\`\`\``));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(join(root, "docs/models.md"), modelsPage(JSON.parse(xnpe("models", "--json"))));
  if (process.argv.includes("--demo")) makeDemo();
}
