import { InputError } from "../errors.ts";
import { fewestWalkers } from "../sample/ensemble.ts";
import type { FitConfig } from "./types.ts";

/** How chains are run. */
export interface ChainPlan {
  /** Independent ensembles, and walkers of each. */
  readonly ensembles: number;
  readonly walkers: number;
  /** XSPEC's convention: steps of the ensemble in all, the starting places being the first, and of those dropped. Absent: until agreed. */
  readonly fixed?: { readonly steps: number; readonly burn: number };
}

/** Ensembles that run until they agree; four, whatever the number of workers. */
const ENSEMBLES = 4;
/** XSPEC's default. */
const XSPEC_WALKERS = 10;

/**
 * The plan of settings: with a length, one ensemble as XSPEC runs it (`length` and `burn` count states of all walkers, multiples of
 * their number); without, four that run until they agree. InputError for numbers that do not fit together.
 */
export function chainPlan(
  { walkers, burn, length }: Pick<FitConfig, "walkers" | "burn" | "length">,
  dimensions: number,
): ChainPlan {
  const fewest = fewestWalkers(dimensions);
  if (walkers !== undefined && (walkers % 2 !== 0 || walkers < fewest))
    throw new InputError(
      `expected an even number of at least ${fewest} walkers for ${dimensions} parameters, found ${walkers}`,
      { key: "walkers" },
    );
  if (length === undefined) {
    if (burn !== undefined)
      throw new InputError(
        "burn needs a length; without one the chains run until they agree, and half is dropped",
        {
          key: "burn",
        },
      );
    return { ensembles: ENSEMBLES, walkers: walkers ?? Math.max(20, 4 * dimensions) };
  }
  const each = walkers ?? Math.max(XSPEC_WALKERS, fewest);
  const steps = (key: string, states: number) => {
    if (states % each === 0) return states / each;
    const near = Math.max(each, each * Math.round(states / each));
    throw new InputError(`expected a multiple of the ${each} walkers such as ${near}, found ${states}`, {
      key,
    });
  };
  const dropped = steps("burn", burn ?? 0);
  return { ensembles: 1, walkers: each, fixed: { steps: steps("length", length) + dropped, burn: dropped } };
}
