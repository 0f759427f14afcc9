import { cubicWeights } from "./cubic-interpolation.ts";
import { diskIntegral } from "./disk-integral.ts";
import { type ComptonSpectrum, comptonSolver, comptonSteps } from "./kompaneets.ts";
import { panelNodes, sumPanels } from "./panel-nodes.ts";
import { norm, parameter, redshift } from "./parameter.ts";
import type { Model } from "./types.ts";

/** Electron mass, keV. */
const electronMass = 511;

/** ln of the temperature profile's powers for seed photons from a disc, T ~ r^-3/4. */
const diskPower = 8 / 3;

/**
 * Thermally Comptonised continuum: the solution of the Kompaneets equation for seed photons of a black body (inp_type 0)
 * or of a disc of black-body rings (1), unscattered photons included, 1 photon/keV/cm2/s at an observed energy of 1 keV times
 * the norm. The asymptotic photon index Gamma stands for the Thomson depth:
 *
 *   Gamma = (9/4 + 1/(theta tau (1 + tau/3)))^1/2 - 1/2,   theta = kT_e/511 keV
 *
 * The equation is in `comptonSolver`, solved to 1e-4. XSPEC, on a coarser grid, has values that differ by up to 0.7 %
 * between 0.1 and 20 keV. XSPEC `nthComp`.
 */
export const nthcomp: Model = {
  kind: "additive",
  name: "nthcomp",
  summary: "thermal Comptonisation of black-body or disc photons",
  formula: "norm n(E (1+z))/n(1+z), n from the Kompaneets equation with escape",
  reference: "Zdziarski, Johnson & Magdziarz 1996, MNRAS 283, 193; Zycki, Done & Smith 1999, MNRAS 309, 561",
  parameters: [
    parameter("Gamma", "", 1.7, [1.001, 1.001, 5, 10], 0.01),
    parameter("kT_e", "keV", 100, [1, 5, 1000, 1000], 0.1),
    parameter("kT_bb", "keV", 0.1, [0.001, 0.001, 10, 10], -1),
    parameter("inp_type", "0/1", 0, [0, 0, 1, 1], -1),
    redshift,
    norm("photon/keV/cm2/s"),
  ],
  prepare(edges, { vector }) {
    const nodes = panelNodes(edges);
    const work = vector.alloc(nodes.energy.length);
    const spectrum: ComptonSpectrum = { from: 0, step: 1, logPhotons: new Float64Array(comptonSteps + 1) };
    const update = thermalSpectrum();
    return (out, theta) => {
      update(spectrum, theta[0], theta[1], theta[2], theta[3] >= 0.5);
      const shift = Math.log1p(theta[4]) - Math.log(electronMass);
      const atOne = logPhotonsAt(spectrum, shift);
      for (let i = 0; i < work.length; i++) {
        work[i] = logPhotonsAt(spectrum, nodes.logEnergy[i] + shift) - atOne;
      }
      vector.exp(work, work);
      sumPanels(out, nodes, work, theta[5]);
    };
  },
};

/** Fills the spectrum for Gamma, kT_e, kT_bb (keV) and kind of seed, unless it is that of the call before. */
function thermalSpectrum(): (
  out: ComptonSpectrum,
  gamma: number,
  kTe: number,
  kTbb: number,
  disk: boolean,
) => void {
  const solve = comptonSolver(comptonSteps);
  const integral = diskIntegral();
  let current = "";
  return (out, gamma, kTe, kTbb, disk) => {
    const key = `${gamma} ${kTe} ${kTbb} ${disk}`;
    if (key === current) return;
    current = key;
    const theta = kTe / electronMass;
    const logSeed = Math.log(kTbb / electronMass);
    const blackBody = (logEnergy: number) => {
      const t = logEnergy - logSeed;
      return Math.exp(2 * t) / Math.expm1(Math.exp(Math.min(t, 6.5)));
    };
    const rings = (logEnergy: number) => {
      const t = logEnergy - logSeed;
      return Math.exp((2 - diskPower) * t + integral(t, diskPower - 1) - Math.exp(t));
    };
    const depth = Math.sqrt(2.25 + 3 / (theta * ((gamma + 0.5) ** 2 - 2.25))) - 1.5;
    // the seed's slope below is its own; nothing is left above
    const from = logSeed + Math.log(1e-4);
    const to = Math.log(30 * Math.max(kTe, kTbb) + 10 * kTe) - Math.log(electronMass);
    solve(out, from, to, { theta, depth, seed: disk ? rings : blackBody });
  };
}

const weights = new Float64Array(4);

/** Cubic interpolation in ln of the spectrum; straight lines beyond its ends. */
function logPhotonsAt({ from, step, logPhotons }: ComptonSpectrum, logEnergy: number): number {
  const last = logPhotons.length - 1;
  const position = (logEnergy - from) / step;
  if (position <= 0) return logPhotons[0] + position * (logPhotons[1] - logPhotons[0]);
  if (position >= last)
    return logPhotons[last] + (position - last) * (logPhotons[last] - logPhotons[last - 1]);
  const k = Math.min(last - 3, Math.max(0, Math.floor(position) - 1));
  cubicWeights(weights, position - k - 1);
  return (
    weights[0] * logPhotons[k] +
    weights[1] * logPhotons[k + 1] +
    weights[2] * logPhotons[k + 2] +
    weights[3] * logPhotons[k + 3]
  );
}
