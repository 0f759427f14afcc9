import { abundances } from "../model/data/abundances.ts";
import { parseExpression } from "../model/index.ts";
import type { FitConfig, RunResult } from "./types.ts";

/** A paper, and what a run used of it. */
export interface Citation {
  /** What for. */
  readonly use: string;
  readonly text: string;
  readonly doi?: string;
}

/** What of a run decides what it should cite. */
export type CitedRun = Pick<FitConfig, "method" | "model" | "abund"> & {
  readonly statistic: RunResult["statistic"]["name"];
};

interface Entry extends Citation {
  readonly applies: (run: CitedRun) => boolean;
}

const npe = ({ method }: CitedRun) => method === "npe";
const nested = ({ method }: CitedRun) => method === "nested";
const mcmc = ({ method }: CitedRun) => method === "mcmc";

const ENTRIES: readonly Entry[] = [
  {
    use: "neural posterior estimation for X-ray spectra",
    text: "Barret & Dupourque 2024, A&A 686, A133",
    doi: "10.1051/0004-6361/202449214",
    applies: npe,
  },
  {
    use: "neural posterior estimation",
    text: "Papamakarios & Murray 2016, Advances in Neural Information Processing Systems 29; arXiv:1605.06376",
    applies: npe,
  },
  {
    use: "masked autoregressive flow",
    text: "Papamakarios, Pavlakou & Murray 2017, Advances in Neural Information Processing Systems 30; arXiv:1705.07057",
    applies: npe,
  },
  {
    use: "importance sampling of a neural posterior",
    text: "Dax et al. 2023, Physical Review Letters 130, 171403",
    doi: "10.1103/PhysRevLett.130.171403",
    applies: npe,
  },
  {
    use: "Pareto k of importance weights",
    text: "Vehtari, Simpson, Gelman, Yao & Gabry 2024, Journal of Machine Learning Research 25, 72; arXiv:1507.02646",
    applies: npe,
  },
  {
    use: "nested sampling",
    text: "Skilling 2006, Bayesian Analysis 1, 833",
    doi: "10.1214/06-BA127",
    applies: nested,
  },
  {
    use: "regions of nested sampling",
    text: "Buchner 2016, Statistics and Computing 26, 383",
    doi: "10.1007/s11222-014-9512-y",
    applies: nested,
  },
  {
    use: "affine-invariant ensemble of Markov chains",
    text: "Goodman & Weare 2010, Communications in Applied Mathematics and Computational Science 5, 65",
    doi: "10.2140/camcos.2010.5.65",
    applies: mcmc,
  },
  {
    use: "agreement of Markov chains",
    text: "Vehtari, Gelman, Simpson, Carpenter & Buerkner 2021, Bayesian Analysis 16, 667",
    doi: "10.1214/20-BA1221",
    applies: mcmc,
  },
  {
    use: "least-squares and maximum-likelihood fits",
    text: "Marquardt 1963, Journal of the Society for Industrial and Applied Mathematics 11, 431",
    doi: "10.1137/0111030",
    applies: ({ method }) => method === "mle" || method === "mcmc",
  },
  {
    use: "C statistic",
    text: "Cash 1979, ApJ 228, 939",
    doi: "10.1086/156922",
    applies: ({ statistic }) => statistic === "cstat" || statistic === "wstat",
  },
  {
    use: "expected value of the C statistic",
    text: "Kaastra 2017, A&A 605, A51",
    doi: "10.1051/0004-6361/201629319",
    applies: ({ statistic }) => statistic === "cstat",
  },
  {
    use: "models and conventions",
    text: "Arnaud 1996, in Astronomical Data Analysis Software and Systems V, ASP Conference Series 101, 17 (XSPEC)",
    applies: () => true,
  },
];

/** What a run should cite, in the order of its parts; each paper once. */
export function citations(run: CitedRun): Citation[] {
  const found: Citation[] = ENTRIES.filter((entry) => entry.applies(run)).map(
    ({ applies: _, ...citation }) => citation,
  );
  const models = parseExpression(run.model).components.map(({ model }) => model.reference);
  const absorbed = models.some((reference) => reference !== "");
  for (const reference of models)
    if (reference !== "") found.push({ use: "spectral model", text: reference });
  const table = abundances[run.abund.toLowerCase()]?.source;
  if (absorbed && table !== undefined) found.push({ use: `abundances (${run.abund})`, text: table });
  return found.filter((one, i) => found.findIndex((other) => other.text === one.text) === i);
}
