import { createClassifier } from "../flow/classifier.ts";
import { classifierTest } from "../npe/classifier.ts";
import { levelTest, type OpenRegion, openRegion, type RegionTest } from "../npe/region.ts";
import { createEngine } from "../tensor/engine.ts";
import { openedPosterior } from "./handler-posterior.ts";
import { type Handlers, type RankState, simulatorOf } from "./handler-state.ts";

function regionOf({ region }: RankState): OpenRegion {
  if (region === undefined) throw new Error("internal: no region is open");
  return region;
}

export const regionHandlers: Pick<Handlers, "draw" | "regionOpen" | "regionHolds"> = {
  draw: (state, { seed, first, count, window, restricted, name }) =>
    simulatorOf(state).draw(seed, first, count, window, {
      region: restricted === true ? regionOf(state) : undefined,
      name,
    }),
  async regionOpen(state, { region, build }) {
    const { prior, dimensions } = simulatorOf(state);
    const tests: RegionTest[] = [];
    const { levels, classifiers = [] } = region;
    for (const classifier of classifiers)
      tests.push(
        classifierTest(
          classifier,
          prior,
          createClassifier(await createEngine({ build }), classifier.weights),
        ),
      );
    if (levels !== undefined) {
      const { logProb } = await openedPosterior(state, levels.posterior, levels.flows, build);
      tests.push(levelTest(levels, logProb, dimensions));
    }
    state.region = openRegion(region, prior, tests);
    return undefined;
  },
  regionHolds: (state, { theta }) => regionOf(state).contains(theta),
};
