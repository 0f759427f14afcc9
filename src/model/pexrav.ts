import { coldAlbedo } from "./cold-albedo.ts";
import { type PanelNodes, panelNodes, sumPanels } from "./panel-nodes.ts";
import { norm, parameter, redshift } from "./parameter.ts";
import { mostScatterings, scatteringOrders } from "./slab-albedo.ts";
import type { Model, PhysicsSettings } from "./types.ts";

const factor = [0, 0, 1e6, 1e6] as const;

/**
 * Power law with a cut-off and its reflection by a slab of cold matter; 1 photon/keV/cm2/s at an observed 1 keV in the
 * direct power law times the norm; foldE = 0: no cut-off.
 *
 *   N(E) = n(E) + R sum_k h_k(mu) w(E_0, E_1) .. w(E_k-1, E_k) (E_k/E)^2 n(E_k),   1/E_k = 1/E - k/511 keV,  n = E^-G exp(-E/Ec)
 *
 * h_k counts photons that leave the slab after k scatterings (`scatteringOrders`), w is the albedo (`coldAlbedo`) at the
 * geometric mean of two energies, and a scattering loses the mean energy that it costs at 90 degrees. This replaces the fits
 * of Magdziarz & Zdziarski: exact where scattering is elastic and isotropic (Chandrasekhar 1950), and within 0.8 % of
 * XSPEC's sum of both components up to 20 keV. Against a Monte Carlo of the same slab (G = 2, Ec = 300 keV, mu = 0.45) the
 * reflection is within 3 % up to 45 keV, 7 % too high at 160 keV and 15 % too low at 250 keV. XSPEC `pexrav`.
 */
export const pexrav: Model = {
  kind: "additive",
  name: "pexrav",
  summary: "cut-off power law reflected by neutral matter",
  formula: "norm (n(E) + rel_refl A(n; E, cosIncl)), n = E^-PhoIndex exp(-E/foldE), at E (1+z)",
  reference: "Magdziarz & Zdziarski 1995, MNRAS 273, 837; Chandrasekhar 1950, Radiative Transfer",
  parameters: [
    parameter("PhoIndex", "", 2, [-10, -9, 9, 10], 0.01),
    parameter("foldE", "keV", 100, [1, 1, 1e6, 1e6], 10),
    parameter("rel_refl", "", 0, factor, 0.01),
    redshift,
    parameter("abund", "", 1, factor, -0.01),
    parameter("Fe_abund", "", 1, factor, -0.01),
    parameter("cosIncl", "", 0.45, [0.05, 0.05, 0.95, 0.95], -0.01),
    norm("photon/keV/cm2/s"),
  ],
  prepare(edges, settings) {
    const { vector } = settings;
    const nodes = panelNodes(edges);
    const pathsAt = scatteringPaths(nodes, settings);
    const direct = vector.alloc(nodes.energy.length);
    let slope = Number.NaN;
    let orders: Float64Array = new Float64Array(0);
    return (out, theta) => {
      const [index, fold, reflection, z, metals, iron, mu] = theta as readonly number[];
      const cut = fold > 0 ? 1 / fold : 0;
      // 1 at an observed energy of 1 keV
      const zero = index * Math.log1p(z) + (1 + z) * cut;
      for (let i = 0; i < direct.length; i++) {
        const energy = (1 + z) * nodes.energy[i];
        direct[i] = zero - index * (nodes.logEnergy[i] + Math.log1p(z)) - energy * cut;
      }
      vector.exp(direct, direct);
      if (reflection < 0) direct.fill(0);
      if (reflection !== 0) {
        if (mu !== slope) orders = scatteringOrders(mu);
        slope = mu;
        addReflected(direct, pathsAt(z, metals, iron), orders, {
          index,
          cut,
          zero,
          scale: Math.abs(reflection),
        });
      }
      sumPanels(out, nodes, direct, theta[7]);
    };
  },
};

/** Ways to an energy: those of node i are start[i] .. start[i+1]-1, by number of scatterings from 1 on. */
interface Paths {
  readonly start: Int32Array;
  /** Where they came from, keV. */
  energy: Float64Array;
  logEnergy: Float64Array;
  /** What was not absorbed, times (E_k/E)^2. */
  kept: Float64Array;
}

/** Smallest Compton wavelength (511 keV/E) that a photon is followed back to. */
const shortest = 0.5;

/** Part of the photons that may be left out. */
const negligible = 1e-7;

function scatteringPaths(
  nodes: PanelNodes,
  settings: PhysicsSettings,
): (z: number, metals: number, iron: number) => Paths {
  const mixture = coldAlbedo(settings);
  let current = "";
  const none = new Float64Array(0);
  const paths: Paths = {
    start: new Int32Array(nodes.energy.length + 1),
    energy: none,
    logEnergy: none,
    kept: none,
  };
  return (z, metals, iron) => {
    const key = `${z} ${metals} ${iron}`;
    if (key === current) return paths;
    current = key;
    const albedo = mixture(metals, iron);
    const energies: number[] = [];
    const kept: number[] = [];
    for (let i = 0; i < nodes.energy.length; i++) {
      const wavelength = 511 / ((1 + z) * nodes.energy[i]);
      let left = 1;
      for (let k = 1; k <= mostScatterings && wavelength - k > shortest && left > negligible; k++) {
        left *= albedo(511 / Math.sqrt((wavelength - k + 1) * (wavelength - k)));
        energies.push(511 / (wavelength - k));
        kept.push(left * (wavelength / (wavelength - k)) ** 2);
      }
      paths.start[i + 1] = energies.length;
    }
    paths.energy = Float64Array.from(energies);
    paths.logEnergy = paths.energy.map(Math.log);
    paths.kept = Float64Array.from(kept);
    return paths;
  };
}

interface Incident {
  readonly index: number;
  /** 1/foldE. */
  readonly cut: number;
  /** ln of the spectrum's factor. */
  readonly zero: number;
  readonly scale: number;
}

function addReflected(out: Float64Array, paths: Paths, orders: Float64Array, incident: Incident): void {
  const { start, energy, logEnergy, kept } = paths;
  const { index, cut, zero, scale } = incident;
  for (let i = 0; i < out.length; i++) {
    let sum = 0;
    for (let j = start[i]; j < start[i + 1]; j++) {
      sum += orders[j - start[i] + 1] * kept[j] * Math.exp(zero - index * logEnergy[j] - cut * energy[j]);
    }
    out[i] += scale * sum;
  }
}
