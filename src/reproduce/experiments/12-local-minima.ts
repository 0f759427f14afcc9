import { fitFrom } from "../../fit/classical-fits.ts";
import { pickRows, rowsInside } from "../../fit/inside-prior.ts";
import { poolLogLike } from "../../fit/log-like.ts";
import { priorDraws } from "../../fit/npe.ts";
import { sampleFlow } from "../../fit/proposal.ts";
import { simulateBank } from "../../fit/simulate.ts";
import { quantiles } from "../../math/quantile.ts";
import { deviation, expectedCstat } from "../../observe/expected.ts";
import type { ExpectedCstat } from "../../observe/types.ts";
import { amortisedChoice } from "../choices.ts";
import { histogramFigure } from "../figures.ts";
import { momentsOf } from "../moments.ts";
import { openNetwork, windowOf } from "../network.ts";
import { medians } from "../posterior.ts";
import { check, info } from "../rows.ts";
import { type Session, timed, withSession } from "../session.ts";
import { SETUPS } from "../setups.ts";
import { testSpectra } from "../test-set.ts";
import type { Experiment, Row } from "../types.ts";

/** Standard deviations above what is expected of the true parameters beyond which a C is no fluctuation. */
const OUTLIER = 5;
/** Draws of the network for each spectrum, and those whose likelihood is looked at. */
const DRAWS = 1000;
const WEIGHED = 200;

interface Attempt {
  readonly label: string;
  readonly cstat: Float64Array;
  readonly published?: string;
}

/** C of the network's medians, and of the best of its draws. */
async function byNetwork(session: Session, counts: Float64Array, spectra: number) {
  const { lab, pool, prior, bins, dimensions: D } = session;
  const median = new Float64Array(spectra);
  const best = new Float64Array(spectra);
  for (let i = 0; i < spectra; i++) {
    const own = counts.slice(i * bins, (i + 1) * bins);
    const { theta } = await sampleFlow(pool, own, lab.size(DRAWS, 200), lab.seed + i);
    const inside = pickRows(theta, rowsInside(theta, prior), D);
    const at = medians(session, momentsOf(inside, prior));
    const rows = new Float64Array([...at, ...inside.subarray(0, WEIGHED * D)]);
    const cstat = (await poolLogLike(pool, rows, D, { counts: own })).map((logLike) => -2 * logLike);
    median[i] = cstat[0];
    best[i] = cstat.reduce((a, b) => Math.min(a, b));
    lab.control.onProgress?.({ stage: "sample", done: i + 1, total: spectra });
  }
  return { median, best };
}

/** One fit of each spectrum from starts (n, D). */
async function byFits(session: Session, starts: Float64Array, counts: Float64Array): Promise<Float64Array> {
  const { pool, dimensions, lab } = session;
  const n = starts.length / dimensions;
  const onDone = (done: number) => lab.control.onProgress?.({ stage: "refine", done, total: n });
  return (await fitFrom(pool, starts, dimensions, { counts, onDone })).statistic;
}

function attemptRows(attempts: readonly Attempt[], expected: readonly ExpectedCstat[]): Row[] {
  const n = expected.length;
  const fitted = attempts[2].cstat;
  return attempts.flatMap(({ label, cstat, published }, a) => {
    const outliers = cstat.filter((c, i) => deviation(c, expected[i]) > OUTLIER).length;
    const [low, high, most] = quantiles(cstat, [0.025, 0.975, 1]);
    const share = `${((100 * outliers) / n).toFixed(1)} % (${outliers} of ${n})`;
    const text = `${low.toFixed(0)} to ${high.toFixed(0)}, largest ${most.toFixed(0)}`;
    const name = `${label}: outliers, ${OUTLIER} sigma above the expected C`;
    const [excess] = quantiles(
      cstat.map((c, i) => c - fitted[i]),
      [0.5],
    );
    return [
      info(`${label}: C, 95 % range`, text, published === undefined ? {} : { published }),
      info(`${label}: median of C - C of the fit from the truth`, { value: excess }),
      a < 2
        ? check(name, share, "none", outliers === 0, { published: "none" })
        : info(name, share, a === 2 ? {} : { published: "a few %" }),
    ];
  });
}

/** Networks find no local minima; fits from random starts do. */
export const localMinima: Experiment = {
  id: "12",
  aliases: ["fig11", "minima"],
  where: "figure 11, section 6",
  title: "Local minima: networks against fits from different starts",
  run: (lab) =>
    withSession(lab, SETUPS.twoComponents, async (session) => {
      const { pool, prior, dimensions, bins } = session;
      const network = await openNetwork(session, amortisedChoice(lab, "twoComponents"));
      const spectra = lab.size(500, 12);
      const { theta, counts } = await testSpectra(session, spectra);
      const mu = await pool.run(0, { kind: "mu", theta });
      const known = Array.from({ length: spectra }, (_, i) =>
        expectedCstat(mu.subarray(i * bins, (i + 1) * bins)),
      );
      const npe = await timed(lab, () => byNetwork(session, counts, spectra));
      const options = { simulations: spectra, dimensions, bins, window: windowOf(session) };
      const restricted = await simulateBank(pool, { ...options, seed: lab.seed + 1 });
      const wide = priorDraws(prior, spectra, lab.seed + 1);
      const fits = await timed(lab, async () => ({
        truth: await byFits(session, theta, counts),
        restricted: await byFits(session, restricted.theta, counts),
        wide: await byFits(session, wide, counts),
      }));
      const attempts: Attempt[] = [
        { label: "network, median", cstat: npe.value.median, published: "160 to 240" },
        { label: "network, best of its draws", cstat: npe.value.best },
        { label: "fit from the truth", cstat: fits.value.truth },
        { label: "fit from a draw of the restricted prior", cstat: fits.value.restricted },
        { label: "fit from a draw of the prior", cstat: fits.value.wide, published: "up to 1000" },
      ];
      const shown = attempts.filter((_, a) => a !== 1).map(({ label, cstat }) => ({ label, values: cstat }));
      return {
        tables: [
          {
            title: `Least C of ${spectra} spectra of 10 000 counts or more`,
            rows: attemptRows(attempts, known),
          },
          {
            title: "Size and time",
            rows: [
              info("simulations", { value: network.simulations }, { published: { value: 100_000 } }),
              info(
                "simulating and training",
                { value: network.simulateSeconds + network.trainSeconds },
                { unit: "s" },
              ),
              info("posteriors of all spectra", { value: npe.seconds }, { unit: "s" }),
              info(`${3 * spectra} fits`, { value: fits.seconds }, { unit: "s" }),
            ],
          },
        ],
        figures: [
          histogramFigure(
            "minima",
            "Local minima",
            "C by the network's medians, and by fits from three kinds of starts.",
            {
              label: "C",
              sets: shown,
              range: [100, 500],
              scale: "log",
            },
          ),
        ],
        notes: [
          "Fits are Levenberg-Marquardt as XSPEC's, within the priors' limits. The network here is not refined.",
        ],
        timings: { train: network.trainSeconds, sample: npe.seconds, fits: fits.seconds },
      };
    }),
};
