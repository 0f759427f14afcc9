import { type Declaration, poissonEnergy, type Tape, type Tensor } from "../tensor/index.ts";
import { dense, denseDeclarations } from "./modules/dense.ts";
import type { Network, Start } from "./network-type.ts";
import type { AutoencoderSpec } from "./spec.ts";

/** Sizes of encoder and decoder, inputs first. */
export function autoencoderSizes({ features, hidden, latents, targets }: AutoencoderSpec) {
  return {
    encoder: [features, ...hidden, latents],
    decoder: [latents, ...hidden.toReversed(), targets],
  };
}

/** `encoder.<i>.weight`, `.bias`, then `decoder.<i>`; the decoder's last layer gives ln mu of every bin. */
export function autoencoderDeclarations(spec: AutoencoderSpec): Declaration[] {
  const { encoder, decoder } = autoencoderSizes(spec);
  return [...denseDeclarations("encoder", encoder), ...denseDeclarations("decoder", decoder)];
}

/** Biases start at zero; give the decoder's last one the logarithm of the mean counts (`TrainingOptions.initial`). */
export const autoencoderStart: Start = { isLast: () => false, bias: [] };

/**
 * Half the C-statistic per bin of counts against their reconstruction mu = exp(decode(encode(x))), without its part in the counts
 * alone (after SIXSA III, Dupourque & Barret 2026, A&A 708 A280, whose auto-encoder is trained on the C-statistic).
 */
export function autoencoderEnergy(
  tape: Tape,
  { spec, parameter }: Network<AutoencoderSpec>,
  counts: Tensor,
  x: Tensor,
): Tensor {
  const shape = { layers: spec.hidden.length + 1, act: spec.activation, open: true };
  const latents = dense(tape, parameter, "encoder", shape, x);
  const logRate = dense(tape, parameter, "decoder", shape, latents);
  return poissonEnergy(tape, logRate, counts, 1 / spec.targets);
}
