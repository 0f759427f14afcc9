import type { Experiment } from "../types.ts";
import { simulate } from "./01-simulate.ts";
import { amortisedBright, amortisedFaint, amortisedPca } from "./05-amortised.ts";
import { exactBright, exactFaint, exactPca } from "./06-against-exact.ts";
import { folded } from "./07-folded.ts";
import { amortisedGoodness } from "./08-goodness.ts";

/** Every experiment of the paper in its order, then the demo runs. A new one is one file and one line here. */
export const experiments: readonly Experiment[] = [
  simulate,
  amortisedBright,
  exactBright,
  folded,
  amortisedGoodness,
  amortisedFaint,
  exactFaint,
  amortisedPca,
  exactPca,
];
