import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import type { RunResult } from "../../src/fit/types.ts";
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

interface PublishedRun {
  readonly file: string;
  readonly sigma: readonly number[];
  readonly [key: string]: unknown;
}

/**
 * Corrections to the file. The run's output for the burst prints 0.666 +- 0.024 for a log-uniform parameter, which is its log10 already;
 * the file holds the logarithm of that number.
 */
const ERRATA: Readonly<Record<string, readonly { key: string; value: number; sigma: number }[]>> = {
  "b_008_0.25s_raw_opt": [{ key: "log10_norm", value: 0.666, sigma: 0.024 }],
};

/** Keys of the published file, in the order of its `sigma`, by parameter path. */
const KEYS = [
  { path: "tbabs.nH", keys: ["nH", "log10_nH"] },
  { path: "powerlaw.PhoIndex", keys: ["PhoIndex"] },
  { path: "powerlaw.norm", keys: ["log10_norm"] },
  { path: "bbodyrad.kT", keys: ["kT"] },
  { path: "bbodyrad.norm", keys: ["log10_bbnorm"] },
] as const;

/** What Barret & Dupourque's networks gave for the case, beside a run's medians; empty where nothing is published. */
export async function published(
  { spectrum }: ValidationCase,
  data: string,
  { parameters }: RunResult,
): Promise<readonly PublishedRow[]> {
  const text = await readFile(`${data}/nicer/reference.json`, "utf8").catch(() => '{"runs":[]}');
  const { runs } = JSON.parse(text) as { runs: readonly PublishedRun[] };
  const run = runs.find(({ file }) => file === basename(spectrum).replace(/\.pha$/, ""));
  if (run === undefined) return [];
  const columns = KEYS.flatMap(({ path, keys }) => {
    const key = keys.find((name) => typeof run[name] === "number");
    return key === undefined ? [] : [{ path, key, value: run[key] as number }];
  });
  return columns.flatMap(({ path, key, value }, i) => {
    const found = parameters.find(({ name }) => name === path);
    if (found === undefined) return [];
    const obtained = key.startsWith("log10") ? Math.log10(found.median) : found.median;
    const right = ERRATA[run.file]?.find((erratum) => erratum.key === key) ?? { value, sigma: run.sigma[i] };
    const { sigma } = right;
    const parameter = key.startsWith("log10") ? `log10 ${path}` : path;
    const shift = (obtained - right.value) / sigma;
    return [{ parameter, published: right.value, sigma, obtained, shift }];
  });
}
