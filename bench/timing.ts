import { quantiles } from "../src/math/quantile.ts";

/** Median, least and greatest of the runs. */
export interface Spread {
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

export interface RepeatOptions {
  readonly runs: number;
  /** Runs before the first that counts, in which the engine compiles what it will run. */
  readonly warmUps?: number;
}

/** Seconds that `work` takes; it gets the number of the run, for fresh random streams. */
export async function seconds(
  { runs, warmUps = 1 }: RepeatOptions,
  work: (run: number) => unknown,
): Promise<Spread> {
  const times: number[] = [];
  for (let run = 0; run < warmUps + runs; run++) {
    const start = performance.now();
    await work(run);
    if (run >= warmUps) times.push((performance.now() - start) / 1000);
  }
  return spread(times);
}

export function spread(values: readonly number[]): Spread {
  const [low, value, high] = quantiles(Float64Array.from(values), [0, 0.5, 1]);
  return { value, low, high };
}

/** Amount done a second, from the seconds that it took. */
export function rate(amount: number, { value, low, high }: Spread): Spread {
  return { value: amount / value, low: amount / high, high: amount / low };
}

export function scaled(factor: number, { value, low, high }: Spread): Spread {
  return { value: factor * value, low: factor * low, high: factor * high };
}
