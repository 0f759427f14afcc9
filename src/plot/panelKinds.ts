import type { Numbers } from "./scene.ts";
import type { View } from "./spectrumView.ts";

/** Panels by XSPEC's names of its plots. */
export const PANEL_KINDS = [
  ...(["ldata", "data", "lcounts", "counts", "delchi", "residuals", "ratio"] as const),
  ...(["ufspec", "eufspec", "eeufspec", "model", "emodel", "eemodel"] as const),
] as const;
export type PanelKind = (typeof PANEL_KINDS)[number];

/** What a panel shows: its axis, and the factor that turns counts into it. */
export interface Kind {
  readonly label: string;
  readonly scale: "log" | "linear";
  /** Its label speaks of rates, which may be normalized. */
  readonly rate?: true;
  /** Power of energy that unfolded values are multiplied with; undefined: folded. */
  readonly power?: number;
  /** Curves alone, without data. */
  readonly bare?: true;
}

/** Stands for the axis of rates. */
export const RATE = "Counts s^{−1} keV^{−1}";

export const KINDS: Readonly<Record<PanelKind, Kind>> = {
  ldata: { label: RATE, scale: "log", rate: true },
  data: { label: RATE, scale: "linear", rate: true },
  lcounts: { label: "Counts", scale: "log" },
  counts: { label: "Counts", scale: "linear" },
  delchi: { label: "(Data − model)/error", scale: "linear" },
  residuals: { label: "Data − model (s^{−1} keV^{−1})", scale: "linear" },
  ratio: { label: "Data/model", scale: "linear" },
  ufspec: { label: "Photons cm^{−2} s^{−1} keV^{−1}", scale: "log", power: 0 },
  eufspec: { label: "keV (photons cm^{−2} s^{−1} keV^{−1})", scale: "log", power: 1 },
  eeufspec: { label: "keV^{2} (photons cm^{−2} s^{−1} keV^{−1})", scale: "log", power: 2 },
  model: { label: "Photons cm^{−2} s^{−1} keV^{−1}", scale: "log", power: 0, bare: true },
  emodel: { label: "keV (photons cm^{−2} s^{−1} keV^{−1})", scale: "log", power: 1, bare: true },
  eemodel: { label: "keV^{2} (photons cm^{−2} s^{−1} keV^{−1})", scale: "log", power: 2, bare: true },
};

/** The model as it is before the instrument, for one spectrum. */
export interface Unfolded {
  /** Energies (E+1), keV. */
  readonly edges: Numbers;
  /** Photons/cm2/s/keV in each bin (E), and of single components. */
  readonly density: Numbers;
  readonly components: readonly { readonly label: string; readonly density: Numbers }[];
  /** Mean photons/cm2/s/keV in each bin of the spectrum (C). */
  readonly inBins: Numbers;
}

/** A spectrum as drawn, with the unfolded model over its joined bins. */
export interface Shown {
  /** Of the axis of rates. */
  readonly rate: string;
  readonly view: View;
  readonly label: string;
  readonly unfolded: Unfolded | undefined;
  /** Mean unfolded model in the drawn bins. */
  readonly density: readonly number[];
}
