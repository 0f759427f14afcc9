import type { AutoencoderSpec } from "../flow/spec.ts";
import { requiredBytes } from "../flow/trainer.ts";
import { initialWeights } from "../flow/weights.ts";
import { type BackgroundLaw, dataLength, isShown, modelData } from "../npe/background.ts";
import { identityBase } from "../npe/base.ts";
import type { AutoencoderFeatures } from "../npe/features-autoencoder.ts";
import type { BinFeatures } from "../npe/features-bins.ts";
import { createMemory } from "../tensor/memory.ts";
import type { Pool } from "./pool.ts";
import { chunks, type TrainInput } from "./train-input.ts";
import { runTraining, splitRows, trainingOptions } from "./train-loop.ts";
import type { Control } from "./types.ts";

/** Units of the encoder's hidden layers; the decoder's are the same in reverse. */
const HIDDEN = [128, 64];
/** Simulations that it is trained on at most: noise is drawn anew, so that more bring little. */
const ROWS = 20_000;
const PLAN = {
  batch: 200,
  learningRate: 2e-3,
  steps: 2000,
  warmup: 100,
  clip: 5,
  validationFraction: 0.1,
  refresh: 5,
};

/**
 * Trains an auto-encoder on the bank and returns its encoder as features, not standardised yet. Inputs are the noisy counts as `inputs`
 * presents them; what is reproduced are the expected counts, by the C-statistic of those same noisy counts: as none of the few latent variables
 * can carry the noise of hundreds of bins, the best that it can do is to remove it. It takes no more steps than the plan has for the network.
 */
export async function trainAutoencoder(
  pool: Pool,
  { bank, bins, background, build, seed, plan }: TrainInput,
  inputs: BinFeatures,
  latents: number,
  { onProgress }: Control = {},
): Promise<AutoencoderFeatures> {
  const F = inputs.used.length;
  const { steps = PLAN.steps } = plan ?? {};
  const own = { ...PLAN, steps: Math.min(steps, PLAN.steps) };
  const spec: AutoencoderSpec = {
    kind: "autoencoder",
    targets: inputs.bins,
    features: F,
    latents,
    hidden: HIDDEN,
    activation: "silu",
  };
  const rows = splitRows(Math.min(ROWS, bank.rows), PLAN.validationFraction);
  const start = initialWeights(spec, seed);
  start.arrays[`decoder.${HIDDEN.length}.bias`].data.set(logMeans(bank.mu, bins, background));
  const options = { ...trainingOptions(own, seed), initial: start };
  const memory = createMemory(requiredBytes(spec, rows, options), { shared: pool.size > 1 });
  const untouched = { base: identityBase(F, inputs.bins), targets: new Float64Array(0) };
  await pool.all({ kind: "trainOpen", memory, build, spec, rows, options, features: inputs, ...untouched });
  const refresh = async (name: string, to: number) => {
    const noise = { seed, name: `autoencoder/${name}`, from: 0, to };
    await pool.map(chunks(noise).map((chunk) => ({ kind: "refresh" as const, ...chunk })));
  };
  await refresh("noise/0", rows.training + rows.validation);
  await runTraining(pool, own, rows.training, (name) => refresh(name, rows.training), {
    ...(onProgress && {
      onProgress: (progress) => onProgress({ ...progress, note: `auto-encoder, ${progress.note}` }),
    }),
  });
  const { arrays } = await pool.run(0, { kind: "weights" });
  const { used, mean, sd } = inputs;
  return {
    kind: "autoencoder",
    bins: inputs.bins,
    ...(background && { background }),
    used,
    inputs: { mean, sd },
    layers: Array.from({ length: HIDDEN.length + 1 }, (_, i) => ({
      weight: arrays[`encoder.${i}.weight`].data,
      bias: arrays[`encoder.${i}.bias`].data,
    })),
    mean: new Float64Array(latents),
    sd: new Float64Array(latents).fill(1),
  };
}

/** Logarithms of the mean expected data (L), where the decoder starts. */
function logMeans(mu: Float32Array, C: number, background: BackgroundLaw | undefined): Float32Array {
  const mean = new Float64Array(C);
  for (let i = 0; i < mu.length; i++) mean[i % C] += mu[i];
  const measured = new Float64Array(dataLength(C, background));
  if (isShown(background)) measured.set(background.mean, C);
  const data = modelData(
    background,
    mean.map((sum) => (sum * C) / mu.length),
    measured,
  );
  return Float32Array.from(data, (m) => Math.log(Math.max(m, 1e-3)));
}
