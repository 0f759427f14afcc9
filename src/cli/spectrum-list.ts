import { dirname } from "node:path";
import { InputError } from "../errors.ts";
import { locateFile, readInput } from "../files.ts";

/**
 * Names of spectra with each `@list.txt` replaced by what stands in it: one name a line, looked for beside the list, then in the working
 * folder; `#` begins a remark. Names are not checked, but for those of the lists.
 */
export async function expandLists(names: readonly string[]): Promise<string[]> {
  const out: string[] = [];
  for (const name of names) {
    if (!name.startsWith("@")) {
      out.push(name);
      continue;
    }
    const file = name.slice(1);
    if (file === "") throw new InputError('expected the name of a list behind "@", such as @spectra.txt');
    const text = new TextDecoder().decode(await readInput(file));
    const lines = text.split("\n").map((line) => line.replace(/(^|\s)#.*/, "").trim());
    const found = lines.filter((line) => line !== "");
    if (found.length === 0) throw new InputError("names no spectrum; expected one a line", { file });
    for (const each of found) out.push(await beside(each, file));
  }
  return out;
}

async function beside(name: string, list: string): Promise<string> {
  try {
    return await locateFile(name, { file: list });
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return name.startsWith("/") || dirname(list) === "." ? name : `${dirname(list)}/${name}`;
  }
}
