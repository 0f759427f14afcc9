import { loadSpectrum } from "../ogip/load.ts";
import type { ReadFile } from "../ogip/types.ts";
import type { SpectrumInput } from "./types.ts";

/**
 * Energies (E+1) of a spectrum's response, keV. A response may begin at 0 keV, where no model is defined; as in XSPEC a tiny energy stands
 * there.
 */
export async function responseEdges(
  { file, ...companions }: SpectrumInput,
  readFile: ReadFile,
): Promise<Float64Array> {
  const { edges } = (await loadSpectrum(file, readFile, companions)).redistribution;
  return edges[0] > 0 ? edges : edges.with(0, Math.min(1e-5, edges[1] / 2));
}
