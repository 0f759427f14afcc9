import { stream } from "../math/index.ts";
import { createTape, type Engine, floats, gather, valuePlace, words } from "../tensor/index.ts";
import { type DensityEstimator, type Numbers, rowsOf, wrongLength } from "./estimator.ts";
import { mixtureParameters } from "./mixture.ts";
import { createNetwork } from "./network.ts";
import { drawMixture, mixtureLogProb, type NormalMixture, normalMixture } from "./normal-mixture.ts";
import type { MdnSpec, NetworkWeights } from "./spec.ts";
import { setWeights } from "./weights.ts";

/** A trained mixture density network. The network is run once for an x; the rest is arithmetic in float64. */
export function createMixture(engine: Engine, weights: NetworkWeights<MdnSpec>): DensityEstimator {
  const { spec } = weights;
  const { memory, arena } = engine;
  const { targets: D, features: F } = spec;
  const network = createNetwork(engine, spec);
  setWeights(network, weights);
  const tape = createTape(engine, 1);
  const data = arena.floats(F);
  const index = arena.floats(8);
  words(memory, index, 8).fill(0);
  const out = mixtureParameters(tape, network, gather(tape, F, { data, source: { index } }));

  const mixtureAt = (x: Numbers): NormalMixture => {
    floats(memory, data, F).set(x);
    tape.forward(0, 1);
    const tile = floats(memory, valuePlace(out), 8 * out.features);
    return normalMixture(
      Float64Array.from({ length: out.features }, (_, r) => tile[8 * r]),
      D,
    );
  };
  return {
    spec,
    logProb(theta, x) {
      const n = rowsOf(theta, D, "theta");
      const one = x.length === F;
      if (!one && x.length !== n * F) throw wrongLength("x", x.length, `${n} x ${F}`);
      let mixture = mixtureAt(x.subarray(0, F));
      return Float64Array.from({ length: n }, (_, i) => {
        if (!one && i > 0) mixture = mixtureAt(x.subarray(i * F, (i + 1) * F));
        return mixtureLogProb(mixture, theta.subarray(i * D, (i + 1) * D));
      });
    },
    sample(x, n, { seed, name = "flow.draws", index: number = 0, first = 0 }) {
      if (x.length !== F) throw wrongLength("x", x.length, `${F}`);
      const mixture = mixtureAt(x);
      const theta = new Float32Array(n * D);
      const logProb = Float64Array.from({ length: n }, (_, i) => {
        const row = theta.subarray(i * D, (i + 1) * D);
        drawMixture(row, mixture, stream(seed, `${name}/${number}`, first + i));
        return mixtureLogProb(mixture, row);
      });
      return { theta, logProb };
    },
  };
}
