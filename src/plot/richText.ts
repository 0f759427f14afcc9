import { DEJAVU_SANS_WIDTHS } from "./fontWidths.ts";

/** A piece of text at one height. */
export interface Run {
  readonly text: string;
  readonly script: "base" | "super" | "sub";
  /** True: starts where the run before it started (a subscript below a superscript). */
  readonly stacked: boolean;
}

/** Size and height of scripts relative to the text. */
export const SCRIPT = { size: 0.7, super: 0.38, sub: 0.2 } as const;

/**
 * Pieces of a text in which `^{...}` is raised and `_{...}` lowered; a lowered piece right after a raised one (or the
 * reverse) stands below it: `3.67^{+0.08}_{-0.07}`. Everything else is taken as it stands.
 */
export function parseRichText(text: string): Run[] {
  const runs: Run[] = [];
  const pattern = /([\^_])\{([^{}]*)\}/g;
  let end = 0;
  for (const match of text.matchAll(pattern)) {
    const before = text.slice(end, match.index);
    if (before !== "") runs.push({ text: before, script: "base", stacked: false });
    const script = match[1] === "^" ? "super" : "sub";
    const previous = runs.at(-1);
    const stacked =
      before === "" && previous !== undefined && previous.script !== "base" && previous.script !== script;
    runs.push({ text: match[2], script, stacked });
    end = match.index + match[0].length;
  }
  if (end < text.length) runs.push({ text: text.slice(end), script: "base", stacked: false });
  return runs;
}

/** The text without raising and lowering, for titles read aloud. */
export function plainText(text: string): string {
  return text.replace(/[\^_]\{([^{}]*)\}/g, "$1");
}

const WIDTHS = new Map(DEJAVU_SANS_WIDTHS.flatMap(([width, chars]) => [...chars].map((c) => [c, width])));

/** Width of plain text in points at a font size, from DejaVu Sans' advance widths (0.65 em for what it lacks). */
export function plainWidth(text: string, size: number, bold = false): number {
  let sum = 0;
  for (const char of text) sum += WIDTHS.get(char) ?? 650;
  return (sum * size * (bold ? 1.1 : 1)) / 1000;
}

export interface PlacedRun {
  readonly text: string;
  readonly x: number;
  /** Downwards from the baseline. */
  readonly y: number;
  readonly size: number;
}

/** Runs with their offsets from the start of the baseline, and the width of the whole. */
export function placeRuns(
  runs: readonly Run[],
  size: number,
  measure: (text: string, size: number) => number = plainWidth,
): { readonly placed: PlacedRun[]; readonly width: number } {
  const placed: PlacedRun[] = [];
  let start = 0;
  let pen = 0;
  for (const run of runs) {
    const runSize = run.script === "base" ? size : size * SCRIPT.size;
    if (!run.stacked) start = pen;
    const y = run.script === "super" ? -SCRIPT.super * size : run.script === "sub" ? SCRIPT.sub * size : 0;
    placed.push({ text: run.text, x: start, y, size: runSize });
    pen = Math.max(pen, start + measure(run.text, runSize));
  }
  return { placed, width: pen };
}

/** Width of rich text in points. */
export function textWidth(text: string, size: number): number {
  return placeRuns(parseRichText(text), size).width;
}

/**
 * Rich text broken at spaces into as few lines as `limit` points allow, of about equal lengths. A single word may be
 * longer.
 */
export function wrap(text: string, size: number, limit: number): string[] {
  const words = text.split(" ");
  let lines = fill(words, size, limit);
  for (let percent = 98; percent >= 50; percent -= 2) {
    const narrower = fill(words, size, (limit * percent) / 100);
    if (narrower.length > lines.length) break;
    lines = narrower;
  }
  return lines;
}

function fill(words: readonly string[], size: number, limit: number): string[] {
  const lines: string[] = [];
  for (const word of words) {
    const longer = lines.length > 0 ? `${lines[lines.length - 1]} ${word}` : word;
    if (lines.length > 0 && textWidth(longer, size) <= limit) lines[lines.length - 1] = longer;
    else lines.push(word);
  }
  return lines;
}
