import { InputError } from "../errors.ts";
import type { Observation } from "../observe/types.ts";
import type { NetworkFile } from "./network-file.ts";
import { type DataSetup, dataSetup } from "./network-origin.ts";
import { problemHash } from "./problem-hash.ts";

/**
 * Refuses observations of another set-up than the network's: bins, band, exposure, response. A network knows Poisson counts of its own set-up
 * only. InputError that says what differs, with both values, and what to do.
 */
export async function checkSetup(
  { origin }: Pick<NetworkFile, "origin">,
  observations: readonly Observation[],
): Promise<void> {
  if (origin.data.length !== observations.length)
    throw new InputError(
      `the network was trained on ${origin.data.length} spectra fitted together, but ${observations.length} are given; give as many, or train a network for one spectrum (xnpe train)`,
    );
  for (const [k, observation] of observations.entries()) {
    const found = differences(origin.data[k], dataSetup(observation));
    if (found.length > 0) throw mismatch(observation.file, found);
  }
  const hash = await problemHash(observations);
  if (hash === origin.responseHash) return;
  const [{ response, arf }] = origin.data;
  const files = arf === undefined ? response : `${response} and ${arf}`;
  throw mismatch(observations[0].file, [
    `grouping, response or effective area are not those of the training (${files}; checksum ${hash.slice(0, 8)} against ${origin.responseHash.slice(0, 8)})`,
  ]);
}

function mismatch(file: string, found: readonly string[]): InputError {
  return new InputError(
    `not of the set-up that the network was trained for: ${found.join("; ")}; train a network for this set-up (xnpe train), or fit the spectrum alone (xnpe fit)`,
    { file },
  );
}

/** What differs, as clauses with both values. */
function differences(network: DataSetup, spectrum: DataSetup): string[] {
  const out: string[] = [];
  const clause = (what: string, has: string, trained: string) => {
    if (has !== trained) out.push(`${what} ${has}, those of the network ${trained}`);
  };
  clause("its bins are", `${spectrum.bins}`, `${network.bins}`);
  clause("they cover", keV(spectrum.band), keV(network.band));
  if (spectrum.exposure !== network.exposure)
    out.push(`its exposure is ${spectrum.exposure} s, that of the network ${network.exposure} s`);
  if (spectrum.background !== network.background)
    out.push(
      spectrum.background
        ? "it has a background, but the network was trained without (--background none leaves it out)"
        : "it has no background, but the network was trained with one (--background FILE names one)",
    );
  return out;
}

function keV([low, high]: readonly [number, number]): string {
  const digits = (value: number) => Number(value.toPrecision(6));
  return `${digits(low)}-${digits(high)} keV`;
}
