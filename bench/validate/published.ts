import { basename } from "node:path";
import type { RunResult } from "../../src/fit/types.ts";
import { DEMO_RUNS } from "../../src/reproduce/demos.ts";
import { SETUPS } from "../../src/reproduce/setups.ts";
import type { ValidationCase } from "./cases.ts";

/** Published median and 68 % half-width against ours. */
export interface PublishedRow {
  readonly parameter: string;
  readonly published: number;
  readonly sigma: number;
  readonly obtained: number;
  /** (obtained - published) / sigma. */
  readonly shift: number;
}

/** Demo runs whose priors' scales are those of the cases, by the spectrum's file. */
const RUNS = ["1_sri", "2_sri", "6_sri"];

/** What Barret & Dupourque's networks gave for the case, beside a run's medians; empty where nothing is published. */
export function published({ spectrum }: ValidationCase, { parameters }: RunResult): readonly PublishedRow[] {
  const run = DEMO_RUNS.find(
    ({ id, setup }) => RUNS.includes(id) && SETUPS[setup].file === basename(spectrum),
  );
  if (run === undefined) return [];
  const priors: Readonly<Record<string, string>> = SETUPS[run.setup].priors;
  return Object.keys(priors).flatMap((path, i) => {
    const found = parameters.find(({ name }) => name === path);
    if (found === undefined) return [];
    const { value, error: sigma } = run.published.medians[i];
    const logarithmic = priors[path].startsWith("log");
    const obtained = logarithmic ? Math.log10(found.median) : found.median;
    const parameter = logarithmic ? `log10 ${path}` : path;
    return [{ parameter, published: value, sigma, obtained, shift: (obtained - value) / sigma }];
  });
}
