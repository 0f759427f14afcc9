import type { FileName } from "./filename.ts";
import { baseName, directoryOf, parseFileName } from "./filename.ts";
import type { ReadFile } from "./types.ts";

/** A companion file that was found. `name` keeps the choice of HDU and row that the header may make. */
export interface Companion {
  readonly name: FileName;
  readonly bytes: Uint8Array;
}

/** True for the ways of saying that there is no such file. */
export function isNone(name: string | undefined): boolean {
  return name === undefined || ["", "none"].includes(name.trim().toLowerCase());
}

/**
 * Paths under which a file that a header names is looked for, in order: `%match%` is the spectrum's root with `.rsp`;
 * an absolute path as it is; else beside the spectrum, first with the header's directory and then without; each also
 * with `.gz` added or removed, since archives compress files without changing headers.
 */
export function companionPaths(name: string, besides: string): string[] {
  const directory = directoryOf(besides);
  const path = name === "%match%" ? `${rootOf(baseName(besides))}.rsp` : name;
  const absolute = /^([/\\]|[A-Za-z]:)/.test(path);
  const places = absolute
    ? [path, directory + baseName(path)]
    : [directory + path, directory + baseName(path)];
  const spellings = places.flatMap((p) => [p, p.endsWith(".gz") ? withoutGz(p) : `${p}.gz`]);
  return [...new Set(spellings)];
}

/** The name of a file before it was compressed. */
export function withoutGz(path: string): string {
  return path.replace(/\.gz$/i, "");
}

function rootOf(name: string): string {
  const plain = withoutGz(name);
  const dot = plain.lastIndexOf(".");
  return dot > 0 ? plain.slice(0, dot) : plain;
}

/** Reads the companion that a header names beside the file `besides`; undefined where none of the paths exists. */
export async function resolveCompanion(
  name: string,
  besides: string,
  readFile: ReadFile,
): Promise<Companion | undefined> {
  const parsed = parseFileName(name);
  for (const path of companionPaths(parsed.path, parseFileName(besides).path)) {
    const bytes = await readFile(path);
    if (bytes !== undefined) return { name: { ...parsed, path }, bytes };
  }
  return undefined;
}
