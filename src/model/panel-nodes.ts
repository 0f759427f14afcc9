import { gaussLegendre } from "./quadrature.ts";

/** Gauss-Legendre nodes inside the bins of a grid, one after another: those of bin i are start[i] .. start[i+1]-1. */
export interface PanelNodes {
  readonly start: Int32Array;
  /** keV. */
  readonly energy: Float64Array;
  readonly logEnergy: Float64Array;
  /** keV; those of a bin add up to its width. */
  readonly weight: Float64Array;
}

/**
 * Nodes for integrating smooth spectra over each bin: 3 where ln(b/a) <= 0.02, else 5 in each of as many panels, equal in
 * ln E, as keep a panel's ln(b/a) below 0.1. For a spectrum whose logarithmic slope s stays below 10 the relative error is
 * about (s ln(b/a))^(2n)/(2n)! / 4^n, that is below 1e-10.
 */
export function panelNodes(edges: Float64Array): PanelNodes {
  const rules = { narrow: gaussLegendre(3), wide: gaussLegendre(5) };
  const start = new Int32Array(edges.length);
  const energy: number[] = [];
  const weight: number[] = [];
  for (let i = 0; i + 1 < edges.length; i++) {
    const ratio = edges[i + 1] / edges[i];
    const panels = Math.max(1, Math.ceil(10 * Math.log(ratio)));
    const rule = Math.log(ratio) <= 0.02 ? rules.narrow : rules.wide;
    for (let panel = 0; panel < panels; panel++) {
      const low = edges[i] * ratio ** (panel / panels);
      const high = panel + 1 === panels ? edges[i + 1] : edges[i] * ratio ** ((panel + 1) / panels);
      for (let k = 0; k < rule.nodes.length; k++) {
        energy.push(0.5 * (low + high) + 0.5 * (high - low) * rule.nodes[k]);
        weight.push(0.5 * (high - low) * rule.weights[k]);
      }
    }
    start[i + 1] = energy.length;
  }
  const energies = Float64Array.from(energy);
  return { start, energy: energies, logEnergy: energies.map(Math.log), weight: Float64Array.from(weight) };
}

/** out (E) = scale x sum over each bin's nodes of weight x values. */
export function sumPanels(
  out: Float64Array,
  { start, weight }: PanelNodes,
  values: Float64Array,
  scale: number,
): void {
  for (let i = 0; i < out.length; i++) {
    let sum = 0;
    for (let k = start[i]; k < start[i + 1]; k++) sum += weight[k] * values[k];
    out[i] = scale * sum;
  }
}
