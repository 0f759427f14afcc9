import { amortisedChoice, pcaChoice, testSize } from "../choices.ts";
import { recoveryFigure } from "../figures.ts";
import { type NetworkChoice, openNetwork } from "../network.ts";
import { PCA_DIMENSIONS, type Published, SECONDS, SLOPES } from "../published.ts";
import { check, info, slopeRow } from "../rows.ts";
import { withSession } from "../session.ts";
import { SETUPS, type Setup } from "../setups.ts";
import { slopes, testSet } from "../test-set.ts";
import type { Experiment, Lab, Outcome, Row } from "../types.ts";

interface Amortised {
  readonly setup: Setup;
  readonly choice: NetworkChoice;
  readonly slopes: readonly Published[];
  readonly extra?: (features: number, bins: number) => Row[];
}

/** Trains a network once, and recovers the parameters of test spectra with it. */
function amortised(lab: Lab, { setup, choice, slopes: published, extra }: Amortised): Promise<Outcome> {
  return withSession(lab, setup, async (session) => {
    const network = await openNetwork(session, choice);
    const tests = await testSet(session, network, testSize(lab));
    const rows = slopes(tests).map(({ slope, error }, d) =>
      slopeRow(session.prior.names[d], published[d], { value: slope, error }),
    );
    const { simulations, simulateSeconds, trainSeconds, features } = network;
    const training = simulateSeconds + trainSeconds;
    const size: Row[] = [
      info("simulations", { value: simulations }, { published: { value: simulations } }),
      info("test spectra", { value: tests.spectra }, { published: { value: 500 } }),
      info("draws for each", { value: tests.draws }, { published: { value: 20_000 } }),
      info("bins; inputs of the flow", `${session.bins}; ${features}`),
      ...(extra?.(features, session.bins) ?? []),
      faster("simulating and training", training, SECONDS.train),
      faster("posteriors of the test spectra", tests.seconds, SECONDS.posteriors),
    ];
    const caption =
      "Medians and 68 % intervals of the network's own draws, without refinement, against the true values.";
    return {
      tables: [
        { title: "Line through the origin: medians of test spectra against true values", rows },
        { title: "Size and time", rows: size },
      ],
      figures: [recoveryFigure(session, tests, caption)],
      notes: [
        "Errors of slopes are half of the 95 % interval, as published. A slope of 1 says little of calibration: experiment 19 tests that.",
      ],
      timings: { simulate: simulateSeconds, train: trainSeconds, sample: tests.seconds },
    };
  });
}

function faster(what: string, seconds: number, published: number): Row {
  const rule = "at most the published time";
  return check(what, { value: seconds }, rule, seconds <= published, {
    published: { value: published },
    unit: "s",
  });
}

export const amortisedBright: Experiment = {
  id: "5",
  aliases: ["fig5"],
  where: "figure 5, section 4.1",
  title: "Amortised inference at 10 000 to 100 000 counts",
  run: (lab) =>
    amortised(lab, {
      setup: SETUPS.bright,
      choice: amortisedChoice(lab, "bright"),
      slopes: SLOPES.bright,
    }),
};

export const amortisedFaint: Experiment = {
  id: "9",
  aliases: ["fig8"],
  where: "figure 8, section 4.2",
  title: "Amortised inference at 1000 to 10 000 counts",
  run: (lab) =>
    amortised(lab, { setup: SETUPS.faint, choice: amortisedChoice(lab, "faint"), slopes: SLOPES.faint }),
};

export const amortisedPca: Experiment = {
  id: "13",
  aliases: ["fig12", "pca"],
  where: "figure 12, section 7",
  title: "Inputs cut to the principal components of 90 % of the variance",
  run: (lab) =>
    amortised(lab, {
      setup: SETUPS.faint,
      choice: pcaChoice(lab),
      slopes: SLOPES.pca,
      extra: (features, bins) => [
        info("dimensions before", { value: bins }, { published: { value: PCA_DIMENSIONS.before } }),
        info("dimensions after", { value: features }, { published: { value: PCA_DIMENSIONS.after } }),
      ],
    }),
};
