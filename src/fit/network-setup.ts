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

/** What differs between the set-ups of two spectra, the second in the place of the network's first; undefined: nothing. */
export async function setupDifference(first: Observation, other: Observation): Promise<string | undefined> {
  const found = differences(dataSetup(first), dataSetup(other));
  if (found.length > 0) return found.join("; ");
  if ((await problemHash([first])) === (await problemHash([other]))) return undefined;
  return "grouping, response or effective area differ";
}

/** What differs, as phrases with both values. */
function differences(wanted: DataSetup, found: DataSetup): string[] {
  const out: string[] = [];
  const compare = (what: string, has: string, should: string) => {
    if (has !== should) out.push(`${what}${has} instead of ${should}`);
  };
  const exposure = (seconds: number) => `${seconds} s`;
  const bins = (count: number) => `${count} bins`;
  compare("", bins(found.bins), bins(wanted.bins));
  compare("", keV(found.band), keV(wanted.band));
  compare("exposure ", exposure(found.exposure), exposure(wanted.exposure));
  if (found.background && !wanted.background)
    out.push("a background instead of none (--background none leaves it out)");
  if (!found.background && wanted.background)
    out.push("no background instead of one (--background FILE names it)");
  return out;
}

function keV([low, high]: readonly [number, number]): string {
  const digits = (value: number) => Number(value.toPrecision(6));
  return `${digits(low)}-${digits(high)} keV`;
}
