import { InputError } from "../errors.ts";
import { parseNumber } from "../fit/config-words.ts";

const EXPECTED = "expected LO:HI:N or LO:HI:N:log in keV (0.3:10:100:log), or a file with one edge a line";
const MOST = 10_000_000;

/** Bin edges (E+1), keV, of a grid such as `0.3:10:100:log`, or from a file of one edge a line. */
export async function readEdges(text: string): Promise<Float64Array> {
  if (/^[^:]+:[^:]+:[^:]+(:[^:]*)?$/.test(text)) return gridEdges(text);
  const { readFile } = await import("../files.ts");
  const bytes = await readFile(text);
  if (bytes === undefined)
    throw new InputError(`${EXPECTED}; found "${text}", and no such file`, { key: "--edges" });
  return fileEdges(new TextDecoder().decode(bytes), text);
}

/** N bins from LO to HI, of equal width or (`:log`) of equal ratio; both ends are exact. */
export function gridEdges(text: string): Float64Array {
  const [low, high, bins, spacing = "linear"] = text.split(":");
  const [lower, upper, count] = [low, high, bins].map(parseNumber);
  if (
    lower === undefined ||
    upper === undefined ||
    count === undefined ||
    !/^(lin|linear|log)$/.test(spacing)
  ) {
    throw new InputError(`${EXPECTED}, found "${text}"`, { key: "--edges" });
  }
  if (!(lower > 0 && lower < upper)) {
    throw new InputError(`expected 0 < LO < HI, found ${lower} and ${upper}`, { key: "--edges" });
  }
  if (!Number.isInteger(count) || count < 1 || count > MOST) {
    throw new InputError(`expected a whole number of bins from 1 to ${MOST}, found ${bins}`, {
      key: "--edges",
    });
  }
  const at =
    spacing === "log"
      ? (f: number) => lower * (upper / lower) ** f
      : (f: number) => lower + (upper - lower) * f;
  return Float64Array.from({ length: count + 1 }, (_, i) => (i === count ? upper : at(i / count)));
}

function fileEdges(text: string, file: string): Float64Array {
  const edges: number[] = [];
  text.split("\n").forEach((line, index) => {
    const word = line.replace(/#.*/, "").trim();
    if (word === "") return;
    const edge = parseNumber(word);
    const where = { file, line: index + 1 };
    if (edge === undefined) throw new InputError(`expected one energy in keV, found "${word}"`, where);
    if (!(edge > 0)) throw new InputError(`expected an energy above zero, found ${word}`, where);
    if (edges.length > 0 && edge <= edges[edges.length - 1]) {
      throw new InputError(
        `expected ascending energies, found ${word} after ${edges[edges.length - 1]}`,
        where,
      );
    }
    edges.push(edge);
  });
  if (edges.length < 2)
    throw new InputError(`expected two edges or more, one a line, found ${edges.length}`, { file });
  return Float64Array.from(edges);
}
