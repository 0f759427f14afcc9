/** The one door to the file system: everything else works on bytes. */
import * as fsPromises from "node:fs/promises";
import { basename, dirname, isAbsolute, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { InputError, type Where } from "./errors.ts";
import type { OutputFile } from "./fit/output-entries.ts";
import type { Fonts } from "./fit/output-render.ts";
import { parseFileName } from "./ogip/filename.ts";
import type { ReadFile } from "./ogip/types.ts";

/** The part of node:fs/promises that writing needs; another one can be handed in to test failures. */
export type FileSystem = Pick<
  typeof fsPromises,
  "access" | "lstat" | "mkdir" | "mkdtemp" | "readdir" | "rename" | "rm" | "rmdir" | "writeFile"
>;

/** Reads a file; undefined where there is none. Throws InputError for a folder, or without permission. */
export const readFile: ReadFile = async (path) => {
  try {
    return await fsPromises.readFile(path);
  } catch (error) {
    const code = errorCode(error);
    if (code === "ENOENT" || code === "ENOTDIR") return undefined;
    throw fileFault(error, path, "read");
  }
};

/** As readFile, but a file that is not there is the user's error. */
export async function readInput(path: string): Promise<Uint8Array> {
  const bytes = await readFile(path);
  if (bytes === undefined)
    throw new InputError("no such file; check the name and the folder", { file: path });
  return bytes;
}

/**
 * The path of a file that a setting names. A relative name in a configuration file is looked for beside that file, then
 * in the working directory; a choice of HDU and row behind it, `file[1]{2}`, is kept. Throws InputError where there is
 * none.
 */
export async function locateFile(name: string, where: Where): Promise<string> {
  const { path } = parseFileName(name);
  const choice = name.trim().slice(path.length);
  const beside = where.file === undefined || isAbsolute(path) ? path : join(dirname(where.file), path);
  for (const candidate of new Set([beside, path])) {
    const stat = await fsPromises.stat(candidate).catch(() => undefined);
    if (stat?.isDirectory()) throw new InputError(`${candidate} is a folder; name a file in it`, where);
    if (stat !== undefined) return candidate + choice;
  }
  const places = beside === path ? "" : ` (looked for ${beside}, too)`;
  throw new InputError(`no such file: ${path}${places}; check the name and the folder`, where);
}

/** `name`, or the first of `name-2`, `name-3`, ... that does not exist. */
export async function freeFolder(name: string): Promise<string> {
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? name : `${name}-${number}`;
    if (!(await exists(candidate, fsPromises))) return candidate;
  }
}

/** The fonts that figures are drawn with, of the package dejavu-fonts-ttf. */
export async function loadFonts(): Promise<Fonts> {
  const files = ["DejaVuSans.ttf", "DejaVuSans-Bold.ttf"].map((name) =>
    fileURLToPath(import.meta.resolve(`dejavu-fonts-ttf/ttf/${name}`)),
  );
  const [regular, bold] = await Promise.all(files.map(readInput));
  return { files, regular, bold };
}

export interface FolderOptions {
  /** Replace what stands in an existing folder under the names that are written; other files are kept. */
  readonly force?: boolean;
  /** Names that are replaced, too, though they are not written this time: what an earlier run left. */
  readonly stale?: readonly string[];
  readonly signal?: AbortSignal;
  readonly fs?: FileSystem;
}

/** Throws InputError where a folder could not be written later: it exists already, or its parent is not writable. */
export async function checkFolder(
  folder: string,
  { force = false, fs = fsPromises }: FolderOptions = {},
): Promise<void> {
  if ((await exists(folder, fs)) && !force) {
    throw new InputError(
      `${folder} exists already; choose another folder with --out, or replace it with --force`,
    );
  }
  let ancestor = resolve(folder);
  while (!(await exists(ancestor, fs)) && dirname(ancestor) !== ancestor) ancestor = dirname(ancestor);
  if (!(await fs.lstat(ancestor)).isDirectory() && !(await isLinkToFolder(ancestor, fs))) {
    throw new InputError(
      `cannot write ${folder}: ${ancestor} is a file, not a folder; choose another folder with --out`,
    );
  }
  try {
    await fs.access(ancestor, fsPromises.constants.W_OK);
  } catch (error) {
    throw fileFault(error, folder, "write");
  }
}

/**
 * Writes a folder of files so that it is there whole or not at all: into a temporary folder on the same disk, moved
 * into place at the end. With `force` the files of an existing folder are replaced once the new ones are complete, the
 * last of `files` last. Files may be made one by one while the earlier ones are written. Throws InputError when the disk is full or read-only; nothing is left behind then.
 */
export async function writeFolder(
  folder: string,
  files: Iterable<OutputFile> | AsyncIterable<OutputFile>,
  { force = false, stale = [], signal, fs = fsPromises }: FolderOptions = {},
): Promise<void> {
  await checkFolder(folder, { force, fs });
  const target = resolve(folder);
  const replacing = await exists(target, fs);
  const entries = new Set<string>();
  let madeParent: string | undefined;
  let temporary: string | undefined;
  try {
    if (!replacing) madeParent = await fs.mkdir(dirname(target), { recursive: true });
    temporary = await fs.mkdtemp(join(replacing ? target : dirname(target), `.${basename(target)}-partial-`));
    // A folder within: the temporary one is its owner's alone, the result is for everyone whom the umask allows.
    const whole = join(temporary, "whole");
    await fs.mkdir(whole);
    for await (const file of files) {
      signal?.throwIfAborted();
      entries.add(file.name.split("/")[0]);
      const path = join(whole, file.name);
      await fs.mkdir(dirname(path), { recursive: true });
      await fs.writeFile(path, file.bytes);
    }
    signal?.throwIfAborted();
    if (replacing) await moveInto(target, whole, entries, stale, fs);
    else await fs.rename(whole, target);
    await fs.rm(temporary, { recursive: true, force: true });
  } catch (error) {
    if (temporary !== undefined) await fs.rm(temporary, { recursive: true, force: true });
    if (madeParent !== undefined) await removeEmpty(dirname(target), madeParent, fs);
    throw fileFault(error, folder, "write");
  }
}

/** Writes one file whole or not at all; refuses to replace an existing one without `force`. */
export async function writeOutput(
  path: string,
  bytes: Uint8Array | string,
  { force = false, fs = fsPromises }: FolderOptions = {},
): Promise<void> {
  if ((await exists(path, fs)) && !force) {
    throw new InputError(
      `${path} exists already; choose another name with --out, or replace it with --force`,
    );
  }
  const temporary = join(dirname(path), `.${basename(path)}.partial-${process.pid}`);
  try {
    await fs.writeFile(temporary, bytes);
    await fs.rename(temporary, path);
  } catch (error) {
    await fs.rm(temporary, { force: true });
    throw fileFault(error, path, "write");
  }
}

/** Removes what is stale, from the last (which marks a whole run) to the first, and moves the new entries in. */
async function moveInto(
  target: string,
  whole: string,
  entries: ReadonlySet<string>,
  stale: readonly string[],
  fs: FileSystem,
): Promise<void> {
  for (const entry of [...stale].reverse())
    await fs.rm(join(target, entry), { recursive: true, force: true });
  for (const entry of entries) {
    await fs.rm(join(target, entry), { recursive: true, force: true });
    await fs.rename(join(whole, entry), join(target, entry));
  }
}

async function exists(path: string, fs: FileSystem): Promise<boolean> {
  try {
    await fs.lstat(path);
    return true;
  } catch (error) {
    const code = errorCode(error);
    if (code === "ENOENT" || code === "ENOTDIR") return false;
    throw fileFault(error, path, "write");
  }
}

async function isLinkToFolder(path: string, fs: FileSystem): Promise<boolean> {
  return fs.readdir(path).then(
    () => true,
    () => false,
  );
}

/** Removes the empty folders from `deepest` up to `top`. */
async function removeEmpty(deepest: string, top: string, fs: FileSystem): Promise<void> {
  for (let path = deepest; path.length >= top.length; path = dirname(path)) {
    await fs.rmdir(path).catch(() => undefined);
  }
}

function errorCode(error: unknown): string | undefined {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
}

const REASONS: Readonly<Record<string, string>> = {
  ENOSPC: "no space left on the disk; free some, or choose a folder on another disk",
  EDQUOT: "the disk quota is used up; free some space, or choose a folder on another disk",
  EROFS: "the file system is read-only; choose another folder",
  EACCES: "permission denied; check who owns it, or choose another",
  EPERM: "the operation is not permitted there; choose another folder",
  EISDIR: "it is a folder; name a file in it",
  ENOTDIR: "a part of the path is a file, not a folder",
  ENAMETOOLONG: "the name is too long",
  EMFILE: "too many files are open",
  ENOENT: "a folder of the path does not exist",
};

/** An InputError for a fault of the file system; anything else is passed through. */
function fileFault(error: unknown, file: string, action: "read" | "write"): unknown {
  const code = errorCode(error);
  if (error instanceof InputError || code === undefined || !/^E[A-Z0-9]+$/.test(code)) return error;
  return new InputError(
    `cannot ${action} it: ${REASONS[code] ?? `the system says ${code}`}`,
    { file },
    { cause: error },
  );
}
