import { InputError } from "../errors.ts";
import { stream } from "../math/random.ts";
import { plainVectorMath } from "../math/vector.ts";
import { parseExpression } from "../model/expression.ts";
import { linkParameters } from "../model/links.ts";
import { type ModelGrid, tableFiles, tablesOf } from "../model/registry.ts";
import { samplePrior } from "../prior/joint.ts";
import { ownModelNames } from "./model-tables.ts";
import { type ProblemSpec, problemPrior } from "./problem.ts";
import type { Interval } from "./types.ts";

/** What a model's expression does not say: what is in its tables, and what the user's functions do. */
export interface ModelContents {
  /** SHA-256 of each table, see `gridHash`, by its file. */
  readonly tables?: Readonly<Record<string, string>>;
  /** Of a model with functions of the user's: its photons in `BINS` bins of the data's band at `POINTS` points of the prior. */
  readonly probe?: readonly number[];
}

/** A model with its parameters, and the bands (keV) of the spectra. */
type Described = Pick<ProblemSpec, "model" | "abund" | "xsect" | "values" | "free" | "links"> & {
  readonly data: readonly { readonly band: Interval }[];
};

const BINS = 16;
const POINTS = 8;
/** Relative to the largest number of a point's bins: far above the rounding of other machines, far below the noise of any spectrum. */
const TOLERANCE = 1e-9;

/** The contents of a network's model, to be compared when the network is used. Tables have to have been read. */
export async function modelContents(origin: Described): Promise<ModelContents> {
  const tables: Record<string, string> = {};
  for (const table of tablesOf(origin.model)) tables[table.file] = await gridHash(table);
  return {
    ...(Object.keys(tables).length > 0 && { tables }),
    ...(ownModelNames(origin.model).length > 0 && { probe: probe(origin) }),
  };
}

/**
 * Refuses tables and functions other than those that a network was trained with: they bear the same names, but its simulations came from
 * other spectra. InputError that names them and says what to do.
 */
export async function checkModelContents(
  origin: Described & { readonly contents?: ModelContents },
): Promise<void> {
  const known = origin.contents ?? {};
  const found = await modelContents(origin);
  for (const file of tableFiles(origin.model)) {
    const [trained, here] = [known.tables?.[file], found.tables?.[file]];
    if (trained === undefined) throw unrecorded(`the table model ${file}`);
    if (trained !== here)
      throw new InputError(
        `the table model has other contents than the one that the network was trained with (checksum ${here?.slice(0, 8)} against ${trained.slice(0, 8)}); put the former file back, or train a network with this one (xnpe train)`,
        { file },
      );
  }
  const names = ownModelNames(origin.model).join(", ");
  if (names === "") return;
  if (known.probe === undefined) throw unrecorded(`the model ${names} of your own`);
  if (!alike(known.probe, found.probe ?? []))
    throw new InputError(
      `the model ${names} of your own gives other spectra than the one of that name that the network was trained with; define it as it was, or train a network with this one`,
    );
}

function unrecorded(what: string): InputError {
  return new InputError(
    `the network does not say what was in ${what} when it was trained; train it again (xnpe train)`,
  );
}

/** SHA-256 (hexadecimal) of all that a grid's spectra depend on, without the file's name: its typed arrays as bytes behind a text of all else. */
async function gridHash({ file: _, ...grid }: ModelGrid): Promise<string> {
  const parts: Uint8Array[] = [];
  const text = JSON.stringify(grid, (_key, value: unknown) => {
    if (!ArrayBuffer.isView(value)) return value;
    parts.push(new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
    return value.byteLength;
  });
  parts.unshift(new TextEncoder().encode(text));
  const bytes = new Uint8Array(parts.reduce((sum, { byteLength }) => sum + byteLength, 0));
  let at = 0;
  for (const part of parts) {
    bytes.set(part, at);
    at += part.length;
  }
  const digest = await crypto.subtle.digest("SHA-256", bytes);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Photons of every data group, (POINTS, G, BINS), at draws of the prior that are always the same. */
function probe({ model, abund, xsect, values, free, links, data }: Described): number[] {
  const expression = parseExpression(model);
  const prior = problemPrior(expression, free);
  const [low, high] = data[0].band;
  const edges = Float64Array.from({ length: BINS + 1 }, (_, i) => low * (high / low) ** (i / BINS));
  const evaluate = expression.prepare(edges, { abund, xsect, vector: plainVectorMath });
  const linked = linkParameters(
    expression,
    values,
    free.map(({ path }) => path),
    links,
  );
  const theta = new Float64Array(free.length);
  const photons = new Float64Array(BINS);
  const out: number[] = [];
  for (let n = 0; n < POINTS; n++) {
    samplePrior(theta, prior, stream(0, "model contents", n));
    linked.set(theta, 0);
    for (const row of linked.rows) {
      evaluate(photons, row);
      out.push(...photons);
    }
  }
  return out;
}

function alike(a: readonly number[], b: readonly number[]): boolean {
  if (a.length !== b.length) return false;
  for (let from = 0; from < a.length; from += BINS) {
    const block = a.slice(from, from + BINS);
    const largest = block.reduce((max, value) => Math.max(max, Math.abs(value)), 0);
    if (!block.every((value, i) => Math.abs(value - b[from + i]) <= TOLERANCE * largest)) return false;
  }
  return true;
}
