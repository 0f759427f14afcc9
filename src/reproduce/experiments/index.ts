import type { Experiment } from "../types.ts";
import { simulate } from "./01-simulate.ts";
import { coarse, priorPredictive, restricted } from "./02-restricted.ts";
import { amortisedBright, amortisedFaint, amortisedPca } from "./05-amortised.ts";
import { exactBright, exactFaint, exactPca } from "./06-against-exact.ts";
import { folded } from "./07-folded.ts";
import { amortisedGoodness } from "./08-goodness.ts";
import { rounds } from "./11-rounds.ts";
import { localMinima } from "./12-local-minima.ts";
import { persistentLogarithmic, persistentUniform } from "./15-persistent.ts";
import { burstPrior } from "./17-burst-prior.ts";
import { burst } from "./18-burst.ts";
import { calibration } from "./19-calibration.ts";
import { oneMore } from "./20-one-more.ts";
import { efficiency } from "./21-efficiency.ts";
import { demoRuns } from "./demo-runs.ts";

/** Every experiment of the paper in its order, then the demo runs. A new one is one file and one line here. */
export const experiments: readonly Experiment[] = [
  simulate,
  restricted,
  coarse,
  priorPredictive,
  amortisedBright,
  exactBright,
  folded,
  amortisedGoodness,
  amortisedFaint,
  exactFaint,
  rounds,
  localMinima,
  amortisedPca,
  exactPca,
  persistentUniform,
  persistentLogarithmic,
  burstPrior,
  burst,
  calibration,
  oneMore,
  efficiency,
  ...demoRuns,
];
