import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** What is kept under `name`; undefined where there is nothing. */
export async function stored<T>(folder: string, name: string): Promise<T | undefined> {
  const found = await readFile(join(folder, `${name}.json`), "utf8").catch(() => undefined);
  return found === undefined ? undefined : (JSON.parse(found) as T);
}

/** The result of `work`, kept as JSON under `name` in the folder: an interrupted validation goes on where it stopped. */
export async function cached<T>(folder: string, name: string, work: () => Promise<T>): Promise<T> {
  const found = await stored<T>(folder, name);
  if (found !== undefined) return found;
  const path = join(folder, `${name}.json`);
  const value = await work();
  await mkdir(folder, { recursive: true });
  await writeFile(`${path}.partial`, `${JSON.stringify(value, undefined, 1)}\n`);
  await rename(`${path}.partial`, path);
  return value;
}
