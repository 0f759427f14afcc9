import { expect, it } from "vitest";
import type { RunResult } from "../../src/fit/types.ts";
import { reportHtml } from "../../src/plot/report.ts";
import type { ReportResult } from "../../src/plot/reportInput.ts";
import { reportExample } from "./reportExample.ts";

it("takes a run's result as it stands", () => {
  // The check is the compiler's: RunResult must be assignable.
  const asReport: (result: RunResult) => ReportResult = (result) => result;
  expect(asReport).toBeTypeOf("function");
});

it("a whole report opens and closes every element, and gives its figures different names", () => {
  const html = reportHtml(reportExample());
  const voids = new Set(["meta", "br", "rect", "path", "circle", "!doctype"]);
  const open: string[] = [];
  for (const [, close, name, rest] of html
    .replace(/<style>[\s\S]*?<\/style>/, "")
    .matchAll(/<(\/?)([!a-zA-Z0-9]+)([^>]*)>/g)) {
    if (voids.has(name) || rest.endsWith("/")) continue;
    if (close === "/") expect(open.pop()).toBe(name);
    else open.push(name);
  }
  expect(open).toEqual([]);
  const ids = [...html.matchAll(/ id="([^"]+)"/g)].map((match) => match[1]);
  expect(ids.length).toBeGreaterThan(5);
  expect(new Set(ids).size).toBe(ids.length);
});
