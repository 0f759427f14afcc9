import { InputError } from "../errors.ts";
import { quantiles } from "../math/quantile.ts";
import { type CountsWindow, everything } from "../npe/window.ts";
import type { Pool } from "./pool.ts";
import { type Bank, type SimulateOptions, simulateBank } from "./simulate.ts";
import type { Control } from "./types.ts";

export interface NearBank {
  readonly bank: Bank;
  readonly window: CountsWindow;
  readonly warnings: readonly string[];
}

/** Prior draws that tell which counts the prior predicts, and the share of them that is simulated nearest to the observation. */
const PILOT = 2000;
const NEAREST = 0.05;

/**
 * Simulates inside a window. Where hardly any part of the prior predicts such counts and `flexible`, the window gives way to the part of the
 * prior that comes nearest, with a warning: the posterior then lies at the prior's edge, but it exists.
 */
export async function simulateNear(
  pool: Pool,
  window: CountsWindow,
  flexible: boolean,
  size: Omit<SimulateOptions, "window">,
  control: Control,
): Promise<NearBank> {
  try {
    return { bank: await simulateBank(pool, { ...size, window }, control), window, warnings: [] };
  } catch (error) {
    if (!flexible || !(error instanceof InputError && error.where.key === "restrict")) throw error;
    const nearest = await nearestWindow(pool, window, size);
    const bank = await simulateBank(pool, { ...size, window: nearest }, control);
    const range = ({ lower, upper }: CountsWindow) => `${lower.toPrecision(3)} to ${upper.toPrecision(3)}`;
    const warning =
      `hardly any part of the prior predicts counts near the observed ones (${range(window)} in the source), so its nearest part was ` +
      `simulated (${range(nearest)}); do model and priors suit the spectrum?`;
    return { bank, window: nearest, warnings: [warning] };
  }
}

/** The window that holds the share of the prior nearest to the wanted one, from below or above. */
async function nearestWindow(
  pool: Pool,
  wanted: CountsWindow,
  { seed, bins }: Omit<SimulateOptions, "window">,
): Promise<CountsWindow> {
  const { mu } = await pool.run(0, { kind: "draw", seed, first: 0, count: PILOT, window: everything });
  const totals = new Float64Array(mu.length / bins);
  for (let i = 0; i < mu.length; i++) totals[Math.floor(i / bins)] += mu[i];
  const [least, low, high, most] = quantiles(totals, [0, NEAREST, 1 - NEAREST, 1]);
  if (wanted.upper <= low) return { lower: 0.5 * least, upper: low };
  if (wanted.lower >= high) return { lower: high, upper: 2 * most };
  return everything;
}
