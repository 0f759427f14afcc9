import { InputError } from "../errors.ts";
import type { CountsWindow } from "../npe/window.ts";
import { canShareMemory, type Pool } from "./pool.ts";
import type { Control } from "./types.ts";

/** The bank of simulations: parameters and noise-free counts. */
export interface Bank {
  readonly rows: number;
  /** (N, D). */
  readonly theta: Float64Array;
  /** (N, C), in shared memory where the pool has several ranks. */
  readonly mu: Float32Array;
  /** Prior draws that it took. */
  readonly tried: number;
  /** Share of draws that were kept; draws are made in chunks, so that a few are kept and not needed. Absent where banks were joined. */
  readonly acceptance?: number;
}

export interface SimulateOptions {
  readonly simulations: number;
  readonly dimensions: number;
  readonly bins: number;
  readonly seed: number;
  readonly window: CountsWindow;
  /** Only inside the open region. */
  readonly restricted?: boolean;
  /** Of the random stream of the draws; default: the prior's. */
  readonly name?: string;
}

/** Attempts a job, before the acceptance is known. */
const CHUNK = 256;
/** Prior draws after which a window that lets (almost) nothing through is given up, besides ten a simulation. */
const MOST_TRIED = 4_000_000;

/**
 * Simulates `simulations` draws of the prior inside the window and hands them to every rank. Attempt i uses random stream i
 * whoever makes it, and attempts are taken in order, so the bank does not depend on the number of ranks.
 *
 * InputError where the window holds too little of the prior.
 */
export async function simulateBank(
  pool: Pool,
  options: SimulateOptions,
  { onProgress }: Control = {},
): Promise<Bank> {
  const { simulations, dimensions: D, bins: C, seed, window, restricted, name } = options;
  const theta = new Float64Array(simulations * D);
  const mu = sharedFloats(simulations * C, pool.size > 1);
  let rows = 0;
  let tried = 0;
  let kept = 0;
  while (rows < simulations) {
    const jobs = planAttempts(tried, rows, simulations, pool.size).map(({ first, count }) => ({
      kind: "draw" as const,
      seed,
      first,
      count,
      window,
      ...(restricted && { restricted }),
      ...(name && { name }),
    }));
    for (const part of await pool.map(jobs)) {
      const taken = Math.min(part.theta.length / D, simulations - rows);
      theta.set(part.theta.subarray(0, taken * D), rows * D);
      mu.set(part.mu.subarray(0, taken * C), rows * C);
      rows += taken;
      tried += part.tried;
      kept += part.theta.length / D;
    }
    onProgress?.({ stage: "simulate", done: rows, total: simulations });
    if (rows < simulations && isHopeless(rows, tried, simulations)) throw tooNarrow(rows, tried, options);
  }
  if (mu.every((v) => v === 0)) throw noCounts();
  await pool.all({ kind: "bank", mu });
  return { rows, theta, mu, tried, acceptance: kept / tried };
}

/**
 * Whether the attempts that one can wait for will not give the rows wanted: said as soon as five standard deviations above the acceptance
 * seen are too few.
 */
function isHopeless(rows: number, tried: number, wanted: number): boolean {
  const patience = MOST_TRIED + 10 * wanted;
  const most = rows + 5 * Math.sqrt(rows) + 15;
  return tried >= patience || (most / tried) * patience < wanted;
}

/** The next attempts, as many as the acceptance so far suggests, in chunks of a size that does not matter to the result. */
function planAttempts(
  tried: number,
  rows: number,
  wanted: number,
  ranks: number,
): { first: number; count: number }[] {
  const acceptance = tried === 0 ? 1 : Math.max(rows, 1) / tried;
  const attempts = Math.min(MOST_TRIED, Math.ceil((1.1 * (wanted - rows)) / acceptance) + CHUNK);
  const round = Math.min(attempts, tried === 0 ? 4 * CHUNK : Math.max(16 * CHUNK * ranks, 8 * tried));
  const size = Math.max(CHUNK, Math.ceil(round / (16 * ranks)));
  return Array.from({ length: Math.ceil(round / size) }, (_, i) => ({
    first: tried + i * size,
    count: size,
  }));
}

/** The model predicts nothing at all where the priors lie. */
export function noCounts(): InputError {
  return new InputError(
    "the model predicts no counts in any kept bin wherever the priors lie; check priors and fixed values against the data",
    { key: "model" },
  );
}

function tooNarrow(rows: number, tried: number, { window, restricted }: SimulateOptions): InputError {
  const { lower, upper } = window;
  if (restricted)
    return new InputError(
      `only ${rows} of ${tried} draws lie in the region that the prior was truncated to and give ${lower.toPrecision(4)} to ` +
        `${upper.toPrecision(4)} expected source counts; does the prior cover the observation? Widen the priors, or choose another --restrict`,
      { key: "restrict" },
    );
  return new InputError(
    `only ${rows} of ${tried} draws from the prior give ${lower.toPrecision(4)} to ${upper.toPrecision(4)} expected source counts; ` +
      "does the prior cover the observation? Narrow the priors around plausible values, or choose another --restrict",
    { key: "restrict" },
  );
}

/** Floats in shared memory where there is any and it is wanted. */
export function sharedFloats(n: number, shared: boolean): Float32Array {
  return shared && canShareMemory() ? new Float32Array(new SharedArrayBuffer(4 * n)) : new Float32Array(n);
}

/** Cuts rows 0 .. n-1 into ranges of at most `size` rows. */
export function ranges(n: number, size: number): { from: number; to: number }[] {
  return Array.from({ length: Math.ceil(n / size) }, (_, i) => ({
    from: i * size,
    to: Math.min(n, (i + 1) * size),
  }));
}

/** One array after the other. */
export function joined(parts: readonly Float64Array[]): Float64Array {
  const out = new Float64Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
