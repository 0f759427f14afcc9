import { InputError, type Where } from "../errors.ts";
import type { ConfigLayer } from "./config-layer.ts";
import type { RawConfig } from "./config-schema.ts";
import type { SpectrumInput } from "./types.ts";

type Companions = Omit<SpectrumInput, "file">;
type CompanionKey = "response" | "arf" | "background" | "background-response" | "background-arf";
type GivenSpectrum = { readonly file: string } & { readonly [K in CompanionKey]?: string | undefined };

/** Files that belong to a spectrum, by their key in the settings. */
export const COMPANIONS = {
  response: "response",
  arf: "arf",
  background: "background",
  "background-response": "backgroundResponse",
  "background-arf": "backgroundArf",
} as const satisfies Record<CompanionKey, keyof Companions>;

/** Turns a file name as written at a place into one that can be opened; throws InputError when there is none. */
export type Locate = (file: string, where: Where) => Promise<string>;

/**
 * Spectra with their companions. A companion given once belongs to every spectrum, one given as often as there are
 * spectra to each in turn; what stands with a spectrum wins.
 */
export async function resolveSpectra(
  raw: RawConfig,
  where: ConfigLayer["where"],
  locate: Locate,
): Promise<SpectrumInput[]> {
  const given =
    raw.spectra === undefined ? [] : typeof raw.spectra === "string" ? [raw.spectra] : raw.spectra;
  if (given.length === 0) {
    throw new InputError("no spectrum given; name a PHA file, or several: xnpe fit spectrum.pha ...");
  }
  const single = typeof raw.spectra === "string";
  return Promise.all(
    given.map(async (each, index) => {
      const own: GivenSpectrum = typeof each === "string" ? { file: each } : each;
      const place = where(single ? ["spectra"] : ["spectra", index]);
      const companions: Partial<Record<keyof Companions, string>> = {};
      for (const [key, field] of Object.entries(COMPANIONS) as [CompanionKey, keyof Companions][]) {
        const name = own[key] ?? pick(raw[key], index, given.length, key, where);
        if (name === undefined) continue;
        const isFile = /response$/.test(key) || name !== "none";
        const at = own[key] === undefined ? where([key]) : where(["spectra", index, key]);
        companions[field] = isFile ? await locate(name, at) : name;
      }
      return { file: await locate(own.file, place), ...companions };
    }),
  );
}

function pick(
  given: string | readonly string[] | undefined,
  index: number,
  count: number,
  key: string,
  where: ConfigLayer["where"],
): string | undefined {
  if (given === undefined || typeof given === "string") return given;
  if (given.length === 1) return given[0];
  if (given.length === count) return given[index];
  throw new InputError(
    `${given.length} files for ${count === 1 ? "one spectrum" : `${count} spectra`}; give one for all, or one for each in turn`,
    where([key]),
  );
}
