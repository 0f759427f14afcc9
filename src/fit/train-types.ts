import type { FittedLine, OriginSlope } from "../diagnose/regression.ts";
import type { CountsWindow } from "../npe/window.ts";
import type { Features, RunResult } from "./types.ts";

/** training.json: what a network was trained on and how well it does. Fields that do not apply are absent. */
export interface TrainingResult {
  readonly xnpe: string;
  readonly method: "train";
  readonly seed: number;
  readonly model: string;
  /** The spectra given: alternatives of one set-up, each of which the training covers. */
  readonly spectra: RunResult["spectra"];
  readonly parameters: readonly {
    readonly name: string;
    readonly unit: string;
    readonly prior: string;
    readonly logarithmic: boolean;
  }[];
  readonly statistic: { readonly name: RunResult["statistic"]["name"]; readonly bins: number };
  /** Expected source counts that were simulated; no upper: no limit. */
  readonly window: { readonly lower: number; readonly upper?: number };
  readonly network: NonNullable<RunResult["network"]> & {
    readonly kind: Features;
    readonly flows: number;
    /** Draws of the prior that the simulations took. */
    readonly tried: number;
  };
  readonly test?: {
    readonly spectra: number;
    readonly samples: number;
    readonly seed: number;
    /** Mean of -ln q(theta | counts) over the test spectra, nats, in the declared parameters. */
    readonly heldOutLoss: number;
    readonly parameters: readonly {
      readonly name: string;
      readonly logarithmic: boolean;
      readonly throughOrigin?: OriginSlope;
      readonly line?: FittedLine;
      readonly coverage68: number;
      readonly coverage90: number;
    }[];
  };
  readonly responseHash: string;
  readonly kernels: string;
  readonly timings: Readonly<Record<string, number>>;
  readonly warnings: readonly string[];
}

/** A window as JSON can hold it. */
export function storedWindow({ lower, upper }: CountsWindow): TrainingResult["window"] {
  return { lower, ...(upper < Infinity && { upper }) };
}
