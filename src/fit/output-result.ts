import { InputError } from "../errors.ts";
import { isRecord } from "./config-layer.ts";
import type { RunResult } from "./types.ts";
import { VERSION } from "./version.ts";

/**
 * The result without what JSON cannot hold: an entry that is not finite is left out, and a warning of the result says
 * which.
 */
export function finiteResult(result: RunResult): RunResult {
  const { value, dropped } = onlyFinite(result, "");
  const lost = dropped.map((path) => `${path} is not a finite number and was left out`);
  return { ...(value as RunResult), warnings: [...result.warnings, ...lost] };
}

/** Plain data without the entries that are not finite. */
export function finiteOnly<T>(value: T): T {
  return onlyFinite(value, "").value as T;
}

/** The text of result.json. */
export function formatResult(result: RunResult): string {
  return `${JSON.stringify(finiteResult(result), null, 2)}\n`;
}

/** The result of a text that formatResult wrote. Throws InputError where it is damaged, foreign or of a newer version. */
export function parseResult(text: string, file: string): RunResult {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new InputError("this is not JSON; was the file cut or edited?", { file }, { cause });
  }
  if (!isRecord(value) || typeof value.xnpe !== "string") {
    throw new InputError('expected the result of a run with the key "xnpe"; was this written by xnpe?', {
      file,
    });
  }
  if (isNewer(value.xnpe, VERSION)) {
    throw new InputError(
      `written by xnpe ${value.xnpe}, but this is xnpe ${VERSION}; update xnpe to read it`,
      { file },
    );
  }
  if (value.method === "mle") {
    throw new InputError(
      "this is a best fit without a posterior; repeat it with another method: xnpe fit --config config.yml --method nested",
      { file },
    );
  }
  for (const key of ["method", "seed", "model", "spectra", "parameters", "statistic", "warnings"]) {
    if (value[key] === undefined) throw new InputError(`"${key}" is missing; was the file edited?`, { file });
  }
  return value as unknown as RunResult;
}

/** Whether version a (1.2.3) may hold what version b does not know: a higher major or minor number. */
function isNewer(a: string, b: string): boolean {
  const [majorA, minorA] = a.split(".").map(Number);
  const [majorB, minorB] = b.split(".").map(Number);
  return majorA > majorB || (majorA === majorB && minorA > minorB);
}

function onlyFinite(value: unknown, path: string): { value: unknown; dropped: string[] } {
  if (typeof value === "number") {
    return Number.isFinite(value) ? { value, dropped: [] } : { value: undefined, dropped: [path] };
  }
  if (Array.isArray(value)) {
    const items = value.map((item, i) => onlyFinite(item, `${path}[${i}]`));
    // A list of numbers with a gap has lost its meaning; one of records has not
    if (value.some((item) => typeof item === "number" && !Number.isFinite(item))) {
      return { value: undefined, dropped: [path] };
    }
    return { value: items.map((item) => item.value), dropped: items.flatMap((item) => item.dropped) };
  }
  if (!isRecord(value)) return { value, dropped: [] };
  const dropped: string[] = [];
  const kept: Record<string, unknown> = {};
  for (const [key, entry] of Object.entries(value)) {
    const inner = onlyFinite(entry, path === "" ? key : `${path}.${key}`);
    dropped.push(...inner.dropped);
    if (inner.value !== undefined) kept[key] = inner.value;
  }
  return { value: kept, dropped };
}
