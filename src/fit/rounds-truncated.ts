import type { Region } from "../npe/region.ts";
import { ellipsoidAround, weightedDraws } from "../npe/truncation.ts";
import { binCount } from "./problem.ts";
import { joinBanks, pickInside } from "./rounds-bank.ts";
import { shortPlan } from "./rounds-network.ts";
import { inRound, type NextRound, roundSeed, trainRound } from "./rounds-one.ts";
import { simulateBank } from "./simulate.ts";

/**
 * A round on the prior truncated to where the round before found the posterior (TSNPE: Deistler, Goncalves & Macke 2022, with an ellipsoid around
 * importance-weighted draws for the region). The network is a new one, trained on all simulations so far that lie in the region: they are draws of the
 * truncated prior, so that the plain loss stays right.
 */
export const truncatedRound: NextRound = async (setting, done) => {
  const { pool, input, control, timed, part, window } = setting;
  const { config, observations, prior, build } = input;
  const { simulations, rounds: R = 1, preset } = config;
  const r = done.length;
  const ellipsoid = ellipsoidAround(weightedDraws(done[r - 1].pilot), prior);
  if (ellipsoid === undefined) return undefined;
  const region: Region = { ...part.region, ellipsoids: [ellipsoid] };
  await pool.all({ kind: "regionOpen", region, build });
  const D = prior.priors.length;
  const size = { simulations, dimensions: D, bins: binCount(observations), window };
  const fresh = await timed("simulate", () =>
    simulateBank(
      pool,
      { ...size, seed: roundSeed(config.seed, r), restricted: true, name: `round/${r}` },
      inRound(control, r, R),
    ),
  );
  const earlier = await pickInside(
    pool,
    done.map((round) => round.fresh),
    D,
  );
  const bank = joinBanks(earlier, fresh, pool.size > 1);
  await pool.all({ kind: "bank", mu: bank.mu });
  return trainRound(setting, { fresh, bank }, r, done[0].fresh.theta, { plan: shortPlan(preset) });
};
