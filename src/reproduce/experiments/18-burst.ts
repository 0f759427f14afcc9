import { fitFrom } from "../../fit/classical-fits.ts";
import { pickRows, rowsInside } from "../../fit/inside-prior.ts";
import type { NamedFigure } from "../../fit/output-figures.ts";
import { sampleFlow } from "../../fit/proposal.ts";
import { quantiles } from "../../math/quantile.ts";
import { type TrackSeries, track } from "../../plot/index.ts";
import { burstTrack, radius, trackCounts } from "../burst-track.ts";
import { amortisedChoice } from "../choices.ts";
import { onRanks, weigh } from "../efficiency.ts";
import { exactPosterior } from "../exact.ts";
import { differences, type Moments, momentsOf } from "../moments.ts";
import { type NetworkChoice, openNetwork } from "../network.ts";
import { posteriorAt } from "../posterior.ts";
import { SECONDS } from "../published.ts";
import { coarseRegion } from "../regions.ts";
import { againstExact, check, info, REFINED } from "../rows.ts";
import { type Session, timed, withSession } from "../session.ts";
import { SETUPS } from "../setups.ts";
import type { Experiment, Lab, ResultTable, Row } from "../types.ts";
import { exactFigure, percent } from "./06-against-exact.ts";

const DRAWS = 4000;

/** The posteriors of the track's spectra by one network, one list of moments a spectrum. */
interface Answers {
  readonly plain: readonly (readonly Moments[])[];
  readonly refined: readonly (readonly Moments[])[];
  readonly seconds: number;
  readonly training: number;
  readonly simulations: number;
}

async function answers(session: Session, choice: NetworkChoice, counts: Float64Array): Promise<Answers> {
  const { lab, bins, prior, dimensions: D } = session;
  const network = await openNetwork(session, choice);
  const n = counts.length / bins;
  const own = (i: number) => counts.slice(i * bins, (i + 1) * bins);
  const drawn = await timed(lab, () =>
    onRanks(session.pool, n, async (pool, i) => {
      const { theta } = await sampleFlow(pool, own(i), lab.size(DRAWS, 200), lab.seed + i);
      return momentsOf(pickRows(theta, rowsInside(theta, prior), D), prior);
    }),
  );
  const refined = await onRanks(session.pool, n, async (pool, i) => {
    const { draws, weights } = await weigh({ ...session, pool }, network, own(i), lab.seed + i);
    return momentsOf(draws, prior, weights);
  });
  const { restrictSeconds, simulateSeconds, trainSeconds, simulations } = network;
  const training = restrictSeconds + simulateSeconds + trainSeconds;
  return { plain: drawn.value, refined, seconds: drawn.seconds, training, simulations };
}

/** How far the network's medians are from the exact ones, and how often the truth is inside the 68 % intervals. */
function followRows(what: string, found: Answers, exact: Answers["refined"], truth: Float64Array): Row[] {
  const shifts = found.plain.flatMap((one, i) =>
    differences(one, exact[i]).map(({ shift }) => Math.abs(shift)),
  );
  // A hopeless network leaves one draw with all the weight.
  const known = shifts.filter(Number.isFinite);
  const [median, most] = known.length > 0 ? quantiles(known, [0.5, 1]) : [1e6, 1e6];
  const inside = found.refined.flatMap((one, i) =>
    one.map(({ name, low, high }, d) => {
      const value = name.startsWith("log10") ? Math.log10(truth[3 * i + d]) : truth[3 * i + d];
      return value >= low && value <= high ? 1 : 0;
    }),
  );
  const share = inside.reduce((sum: number, x) => sum + x, 0) / inside.length;
  return [
    check(
      `${what}: median shift of the network's means from the exact ones`,
      { value: median },
      "at most 0.3 sigma",
      median <= 0.3,
      { unit: "sigma" },
    ),
    info(`${what}: largest of them`, { value: most }, { unit: "sigma" }),
    check(
      `${what}: true values inside the refined 68 % intervals`,
      percent(share),
      "between 50 and 84 %: 4 standard deviations of 69 draws at 68 %, neglecting correlations",
      share >= 0.5 && share <= 0.84,
    ),
    info(`${what}: simulations`, { value: found.simulations }),
    info(`${what}: restricting, simulating and training`, { value: found.training }, { unit: "s" }),
    check(
      `${what}: posteriors of all spectra`,
      { value: found.seconds },
      "at most the published time",
      found.seconds <= SECONDS.burstPosteriors,
      {
        published: { value: SECONDS.burstPosteriors },
        unit: "s",
      },
    ),
  ];
}

/** Panels of the track: counts, NormPL, kT, radius. */
function trackSeries(label: string, time: Float64Array, all: readonly (readonly Moments[])[]): TrackSeries {
  const panel = (d: number, of: (x: number) => number) => ({
    value: all.map((one) => of(one[d].median)),
    low: all.map((one) => of(one[d].low)),
    high: all.map((one) => of(one[d].high)),
  });
  const power = (x: number) => 10 ** x;
  return {
    label,
    time,
    panels: [undefined, panel(0, power), panel(1, (x) => x), panel(2, (x) => radius(10 ** x))],
  };
}

function valuesSeries(
  label: string,
  time: Float64Array,
  theta: Float64Array,
  line: boolean,
  counts?: number[],
): TrackSeries {
  const of = (d: number) => Array.from(time, (_, i) => theta[3 * i + d]);
  const panels = [
    counts && { value: counts },
    { value: of(0) },
    { value: of(1) },
    { value: of(2).map(radius) },
  ];
  return { label, time, panels, line };
}

/** Simulated spectra along an expansion, by networks trained in both ways of the paper. */
async function expansion(
  lab: Lab,
): Promise<{ tables: ResultTable[]; figures: NamedFigure[]; timings: Record<string, number> }> {
  return withSession(lab, SETUPS.burst, async (session) => {
    const { pool, bins, dimensions, setup } = session;
    const { time, theta } = burstTrack();
    const counts = await spectraOf(session);
    const n = time.length;
    const own = Array.from({ length: n }, (_, i) => counts.slice(i * bins, (i + 1) * bins));
    const wide = await answers(session, { name: "wide", simulations: lab.size(n * 5000, 400) }, counts);
    const union = await answers(
      session,
      {
        name: "union",
        simulations: lab.size(n * 2500, 400),
        region: () => coarseRegion(session, lab.size(10_000, 400), own),
      },
      counts,
    );
    const fits = await timed(lab, () => fitFrom(pool, theta, dimensions, { counts }));
    const totals = own.map((each) => each.reduce((sum, k) => sum + k, 0));
    const expected = await pool.run(0, { kind: "mu", theta });
    const means = Array.from({ length: n }, (_, i) =>
      expected.subarray(i * bins, (i + 1) * bins).reduce((a, b) => a + b, 0),
    );
    const observed: TrackSeries = {
      label: "simulated counts",
      time,
      panels: [
        {
          value: totals,
          low: totals.map((k) => k - Math.sqrt(k)),
          high: totals.map((k) => k + Math.sqrt(k)),
        },
      ],
    };
    const scene = track({
      panels: [
        { label: "Counts", scale: "log" },
        { label: "NormPL" },
        { label: "kT (keV)" },
        { label: "R (km)", scale: "log" },
      ],
      series: [
        valuesSeries("truth", time, theta, true, means),
        trackSeries("(a) counts 100-10 000", time, wide.plain),
        trackSeries("(b) coarse, union", time, union.plain),
        valuesSeries("fit", time, fits.value.theta, false),
        observed,
      ],
      timeLabel: "Time (s)",
      offset: 0.035,
      title: "Expansion of a burst",
      width: 440,
    });
    const [least, most] = quantiles(totals, [0, 1]);
    return {
      tables: [
        {
          title: `${n} simulated spectra of 0.25 s, ${least} to ${most} counts (${setup.what})`,
          rows: [
            ...followRows("(a) counts 100-10 000", wide, wide.refined, theta),
            ...followRows("(b) coarse union", union, union.refined, theta),
            info("fits of all spectra", { value: fits.seconds }, { unit: "s" }),
          ],
        },
      ],
      figures: [
        {
          name: "track",
          title: "Expansion of a burst",
          caption:
            "Counts, norm of the power law, temperature and radius at 8 kpc along a simulated expansion: truth, networks trained in two ways (68 % intervals, not refined), and fits.",
          scene,
        },
      ],
      timings: { wide: wide.training, union: union.training, fits: fits.seconds },
    };
  });
}

/** Counts (23, C) of the track's spectra on the session's bins. */
export async function spectraOf({ pool, bins, lab }: Session): Promise<Float64Array> {
  const mu = await pool.run(0, { kind: "mu", theta: burstTrack().theta });
  return trackCounts(mu, bins, lab.seed);
}

/** The two burst spectra that are published, each by a network of its own binning. */
async function realSpectra(lab: Lab): Promise<{ tables: ResultTable[]; figures: NamedFigure[] }> {
  const tables: ResultTable[] = [];
  const figures: NamedFigure[] = [];
  for (const problem of ["burst", "burstFaint"] as const)
    await withSession(lab, SETUPS[problem], async (session) => {
      const network = await openNetwork(session, amortisedChoice(lab, problem));
      const found = await posteriorAt(session, network);
      const exact = await exactPosterior(session);
      const km = found.moments.map(({ name, median, low, high }) =>
        name.endsWith("bbodyrad.norm")
          ? [
              info(
                "radius at 8 kpc",
                { value: radius(10 ** median), error: (radius(10 ** high) - radius(10 ** low)) / 2 },
                { unit: "km" },
              ),
            ]
          : [],
      );
      tables.push({
        title: `${session.setup.what}: ${session.bins} bins, ${session.observation.counts.reduce((a, b) => a + b, 0)} counts`,
        rows: [
          ...againstExact("refined", differences(found.moments, exact.moments), REFINED),
          info(
            "C at the network's medians; least C",
            `${found.atMedian.atMedian.toFixed(1)}; ${found.cstat.toFixed(1)}`,
            problem === "burst" && lab.data.published ? { published: "110.7 to 113.2" } : {},
          ),
          ...km.flat(),
        ],
      });
      const figure = exactFigure(session, found, exact, session.setup.what);
      figures.push({ ...figure, name: `posterior-${session.setup.name}` });
    });
  return { tables, figures };
}

export const burst: Experiment = {
  id: "18",
  aliases: ["fig15", "burst"],
  where: "figure 15, section 8.3",
  title: "Expansion of the burst, 23 spectra of 0.25 s",
  async run(lab) {
    const simulated = await expansion(lab);
    const real = await realSpectra(lab);
    return {
      tables: [...simulated.tables, ...real.tables],
      figures: [...simulated.figures, ...real.figures],
      notes: [
        "Two of the 23 burst spectra are published, so the track is simulated with the burst's response: the radius grows while the black body cools, then both go back.",
        "Exact is the network's posterior weighted by the likelihood.",
      ],
      timings: simulated.timings,
    };
  },
};
