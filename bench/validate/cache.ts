import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";

/** The result of `work`, kept as JSON under `name` in the folder: an interrupted validation goes on where it stopped. */
export async function cached<T>(folder: string, name: string, work: () => Promise<T>): Promise<T> {
  const path = join(folder, `${name}.json`);
  const found = await readFile(path, "utf8").catch(() => undefined);
  if (found !== undefined) return JSON.parse(found) as T;
  const value = await work();
  await mkdir(folder, { recursive: true });
  await writeFile(`${path}.partial`, `${JSON.stringify(value, undefined, 1)}\n`);
  await rename(`${path}.partial`, path);
  return value;
}
