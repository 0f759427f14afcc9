import type { Features, RestrictionPlan } from "../fit/types.ts";
import type { Published } from "./published.ts";
import type { SETUPS } from "./setups.ts";

/** How a demo run restricts the prior. */
export type DemoRestriction =
  | {
      readonly kind: "classifier";
      readonly counts: readonly [number, number];
      readonly plan: RestrictionPlan;
    }
  | { readonly kind: "cstat"; readonly fraction: number; readonly plan: RestrictionPlan }
  | { readonly kind: "coarse"; readonly simulations: number };

/** One of the twelve runs that were released with the published code, and what came out of them. */
export interface DemoRun {
  readonly id: string;
  readonly title: string;
  readonly setup: keyof typeof SETUPS;
  readonly restriction: DemoRestriction;
  /** A round, where there are several. */
  readonly simulations: number;
  readonly rounds: number;
  /** Spectra of the in-out plots; several rounds have none. */
  readonly tests?: number;
  readonly features?: Features;
  readonly published: {
    /** Medians with half of the 68 % interval, in log10 where the prior is logarithmic. */
    readonly medians: readonly Published[];
    readonly cstat: number;
    readonly deviation: number;
    /** In-out slopes that are published, one a parameter. */
    readonly slopes?: readonly (Published | undefined)[];
  };
  /** Known defects of the published run. */
  readonly remark?: string;
}

const of = (value: number, error: number): Published => ({ value, error });
const plan = (simulations: number, rounds = 10, stop = 0.95): RestrictionPlan => ({
  simulations,
  rounds,
  stop,
});
const classifier = (lower: number, upper: number, how: RestrictionPlan): DemoRestriction => ({
  kind: "classifier",
  counts: [lower, upper],
  plan: how,
});
const coarse = (simulations: number): DemoRestriction => ({ kind: "coarse", simulations });

const TWICE =
  "The published run drew from the coarse posterior and declared the draws as draws of the prior, which counts the data twice. Here the coarse posterior only truncates the prior.";

/** In the order of the release. Medians: N_H, Gamma, log10 norm of the power law; kT, norm of the black body. */
export const DEMO_RUNS: readonly DemoRun[] = [
  {
    id: "1_sri",
    title: "Spectrum20000, one round, classifier on counts",
    setup: "brightLog",
    restriction: classifier(1e4, 1e5, plan(2000)),
    simulations: 10_000,
    rounds: 1,
    tests: 500,
    published: {
      medians: [of(-0.623, 0.0115), of(1.758, 0.02), of(0.0358, 0.0066)],
      cstat: 222.2,
      deviation: 1.1,
      slopes: [of(1.002, 0.0015), of(0.999, 0.0011), of(0.995, 0.002)],
    },
  },
  {
    id: "2_sri",
    title: "Spectrum2000, one round, classifier on counts",
    setup: "faintLog",
    restriction: classifier(1e3, 1e4, plan(2000)),
    simulations: 20_000,
    rounds: 1,
    tests: 500,
    published: {
      medians: [of(-0.638, 0.0295), of(1.713, 0.052), of(0.031, 0.015)],
      cstat: 193.7,
      deviation: 0.6,
      slopes: [undefined, undefined, of(0.9862, 0.004)],
    },
  },
  {
    id: "3_sri",
    title: "Spectrum20000, one round, coarse inference",
    setup: "bright",
    restriction: coarse(2500),
    simulations: 10_000,
    rounds: 1,
    tests: 100,
    published: {
      medians: [of(0.2393, 0.0057), of(1.771, 0.018), of(0.0413, 0.0063)],
      cstat: 222,
      deviation: 1.1,
      slopes: [undefined, undefined, of(0.937, 0.028)],
    },
    remark: TWICE,
  },
  {
    id: "4_sri",
    title: "persistent emission, one round, coarse inference",
    setup: "persistent",
    restriction: coarse(5000),
    simulations: 50_000,
    rounds: 1,
    tests: 100,
    published: {
      medians: [of(0.2417, 0.0039), of(1.626, 0.011), of(0.84, 0.018), of(0.543, 0.016), of(632, 79)],
      cstat: 172,
      deviation: 2.4,
    },
    remark: TWICE,
  },
  {
    id: "5_sri",
    title: "persistent emission, one round, classifier on counts",
    setup: "persistentLog",
    restriction: classifier(2e5, 2.5e5, plan(5000, 10, 0.9)),
    simulations: 100_000,
    rounds: 1,
    tests: 500,
    published: {
      medians: [of(0.2422, 0.004), of(1.635, 0.015), of(-0.071, 0.0084), of(0.565, 0.015), of(2.764, 0.05)],
      cstat: 173.4,
      deviation: 2.5,
    },
  },
  {
    id: "6_sri",
    title: "burst, one round, classifier on counts",
    setup: "burst",
    restriction: classifier(100, 10_000, plan(2000)),
    simulations: 20_000,
    rounds: 1,
    tests: 100,
    published: {
      medians: [of(0.651, 0.041), of(0.84, 0.045), of(3.672, 0.076)],
      cstat: 112.4,
      deviation: 1.1,
    },
  },
  {
    id: "7_sri",
    title: "burst, one round, coarse inference",
    setup: "burst",
    restriction: coarse(2000),
    simulations: 20_000,
    rounds: 1,
    tests: 100,
    published: {
      medians: [of(0.673, 0.015), of(0.882, 0.023), of(3.59, 0.044)],
      cstat: 110.7,
      deviation: 1,
    },
    remark: `${TWICE} Its published errors are half of those of 6_sri for that reason.`,
  },
  {
    id: "1_mri",
    title: "Spectrum2000, three rounds",
    setup: "faintLog",
    restriction: classifier(1e3, 1e4, plan(2000)),
    simulations: 1000,
    rounds: 3,
    published: {
      medians: [of(-0.62, 0.032), of(1.763, 0.061), of(0.038, 0.02)],
      cstat: 194.4,
      deviation: 0.8,
    },
  },
  {
    id: "2_mri",
    title: "persistent emission, five rounds, coarse inference",
    setup: "persistent",
    restriction: coarse(2000),
    simulations: 1000,
    rounds: 5,
    published: {
      medians: [of(0.2413, 0.0036), of(1.625, 0.012), of(0.842, 0.015), of(0.559, 0.013), of(584, 60)],
      cstat: 172,
      deviation: 2.4,
    },
    remark: TWICE,
  },
  {
    id: "3_mri",
    title: "burst, three rounds",
    setup: "burst",
    restriction: classifier(100, 6000, plan(2000, 5)),
    simulations: 2500,
    rounds: 3,
    published: {
      medians: [of(0.666, 0.024), of(0.867, 0.033), of(3.609, 0.059)],
      cstat: 111.4,
      deviation: 1.1,
    },
  },
  {
    id: "4_mri",
    title: "persistent emission, five rounds, lowest C-stat",
    setup: "persistent",
    restriction: { kind: "cstat", fraction: 0.25, plan: plan(10_000, 2) },
    simulations: 5000,
    rounds: 5,
    published: {
      medians: [of(0.2456, 0.0079), of(1.648, 0.037), of(0.857, 0.041), of(0.586, 0.038), of(450, 140)],
      cstat: 181.2,
      deviation: 2.9,
    },
    remark: "The published run did not converge: its C lies 9 above the least.",
  },
  {
    id: "5_mri",
    title: "Spectrum2000, three rounds, summary statistics",
    setup: "faintLog",
    restriction: classifier(1e3, 1e4, plan(2000)),
    simulations: 1000,
    rounds: 3,
    features: "summary",
    published: {
      medians: [of(-0.651, 0.073), of(1.743, 0.087), of(0.023, 0.046)],
      cstat: 193.9,
      deviation: 0.7,
    },
    remark:
      "The published summary statistics lose most of what the counts say of N_H: errors 2.3 times those of 1_mri.",
  },
];
