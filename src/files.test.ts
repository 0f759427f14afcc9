import * as fs from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { InputError } from "./errors.ts";
import {
  checkFolder,
  type FileSystem,
  freeFolder,
  locateFile,
  readFile,
  readInput,
  writeFolder,
  writeOutput,
} from "./files.ts";
import { RUN_ENTRIES } from "./fit/output-entries.ts";

let root = "";
beforeEach(async () => {
  root = await fs.mkdtemp(join(tmpdir(), "xnpe-node-"));
});
afterEach(() => fs.rm(root, { recursive: true, force: true }));

const FILES = [
  { name: "config.yml", bytes: "seed: 1\n" },
  { name: "figures/corner.svg", bytes: "<svg/>" },
  { name: "result.json", bytes: "{}" },
];

const tree = async (folder: string) => (await fs.readdir(folder, { recursive: true })).sort();

/** A file system whose disk is full after so many written files. */
function fullAfter(files: number, code = "ENOSPC"): FileSystem {
  let written = 0;
  return {
    ...fs,
    writeFile: (async (...args: Parameters<typeof fs.writeFile>) => {
      if (written++ >= files) throw Object.assign(new Error(`${code}: no space left`), { code });
      return fs.writeFile(...args);
    }) as typeof fs.writeFile,
  };
}

describe("a folder of results", () => {
  it("is written whole, with the folders on the way to it", async () => {
    await writeFolder(join(root, "a", "b"), FILES);
    expect(await tree(root)).toEqual([
      "a",
      "a/b",
      "a/b/config.yml",
      "a/b/figures",
      "a/b/figures/corner.svg",
      "a/b/result.json",
    ]);
    expect(await fs.readFile(join(root, "a/b/config.yml"), "utf8")).toBe("seed: 1\n");
  });

  it("can be read by whom the umask allows, like any other folder", async () => {
    await writeFolder(join(root, "run"), FILES);
    await fs.mkdir(join(root, "other"));
    const mode = async (name: string) => (await fs.stat(join(root, name))).mode;
    expect(await mode("run")).toBe(await mode("other"));
    expect((await fs.readdir(root)).sort()).toEqual(["other", "run"]);
  });

  it("that exists is refused without force, before and at writing", async () => {
    await fs.mkdir(join(root, "run"));
    await expect(checkFolder(join(root, "run"))).rejects.toThrow(
      /exists already; choose another folder with --out/,
    );
    await expect(writeFolder(join(root, "run"), FILES)).rejects.toThrow(InputError);
    expect(await tree(root)).toEqual(["run"]);
  });

  it("is replaced with force: nothing of the old run stays, nothing of the user's goes", async () => {
    const run = join(root, "run");
    await writeFolder(run, [
      ...FILES,
      { name: "posterior.parquet", bytes: "old" },
      { name: "figures/old.svg", bytes: "" },
    ]);
    await fs.writeFile(join(run, "notes.txt"), "mine");
    await writeFolder(run, FILES, { force: true, stale: RUN_ENTRIES });
    expect(await tree(run)).toEqual([
      "config.yml",
      "figures",
      "figures/corner.svg",
      "notes.txt",
      "result.json",
    ]);
  });

  it.each([0, 1, 2])("leaves nothing on a disk that is full after %i files", async (files) => {
    const attempt = writeFolder(join(root, "a", "run"), FILES, { fs: fullAfter(files) });
    await expect(attempt).rejects.toThrow(/cannot write it: no space left on the disk; free some/);
    await expect(attempt).rejects.toThrow(InputError);
    expect(await tree(root)).toEqual([]);
  });

  it("keeps the old run where the disk is full while replacing it", async () => {
    const run = join(root, "run");
    await writeFolder(run, FILES);
    const before = await tree(run);
    const changed = FILES.map((file) => ({ ...file, bytes: "new" }));
    await expect(writeFolder(run, changed, { force: true, fs: fullAfter(2) })).rejects.toThrow(/no space/);
    expect(await tree(run)).toEqual(before);
    expect(await fs.readFile(join(run, "result.json"), "utf8")).toBe("{}");
  });

  it("says when the file system is read-only", async () => {
    await expect(writeFolder(join(root, "run"), FILES, { fs: fullAfter(0, "EROFS") })).rejects.toThrow(
      /read-only/,
    );
  });

  it("is not written once the run was interrupted", async () => {
    const attempt = writeFolder(join(root, "run"), FILES, {
      signal: AbortSignal.abort(new Error("stopped")),
    });
    await expect(attempt).rejects.toThrow("stopped");
    expect(await tree(root)).toEqual([]);
  });

  it("of no chosen name takes the next free one", async () => {
    const run = join(root, "run");
    expect(await freeFolder(run)).toBe(run);
    await writeFolder(run, FILES);
    await fs.writeFile(`${run}-2`, "");
    expect(await freeFolder(run)).toBe(`${run}-3`);
  });

  it("cannot lie inside a file", async () => {
    await fs.writeFile(join(root, "file"), "");
    await expect(checkFolder(join(root, "file", "run"))).rejects.toThrow(/is a file, not a folder/);
  });
});

describe("one file", () => {
  it("is written whole or not at all, and never over another without force", async () => {
    const path = join(root, "fake.pha");
    await writeOutput(path, "one");
    await expect(writeOutput(path, "two")).rejects.toThrow(/exists already/);
    await expect(writeOutput(path, "two", { force: true, fs: fullAfter(0) })).rejects.toThrow(/no space/);
    expect(await fs.readFile(path, "utf8")).toBe("one");
    await writeOutput(path, "two", { force: true });
    expect(await fs.readFile(path, "utf8")).toBe("two");
    expect(await tree(root)).toEqual(["fake.pha"]);
  });

  it("needs its folder", async () => {
    await expect(writeOutput(join(root, "no", "fake.pha"), "")).rejects.toThrow(
      /a folder of the path does not exist/,
    );
  });
});

describe("a file that is read", () => {
  it("is undefined where there is none, an error where it must be there", async () => {
    expect(await readFile(join(root, "none"))).toBeUndefined();
    await expect(readInput(join(root, "none"))).rejects.toThrow(/none: no such file; check the name/);
  });

  it("cannot be a folder", async () => {
    await expect(readFile(root)).rejects.toThrow(/it is a folder; name a file in it/);
    await expect(locateFile(root, {})).rejects.toThrow(/is a folder/);
  });

  it("named in a configuration is looked for beside it first, then in the working directory", async () => {
    await fs.writeFile(join(root, "a.pha"), "");
    const where = { file: join(root, "run.yml"), line: 1, column: 10, key: "spectra" };
    expect(await locateFile("a.pha", where)).toBe(join(root, "a.pha"));
    expect(await locateFile("package.json", where)).toBe("package.json");
    await expect(locateFile("b.pha", where)).rejects.toThrow(
      /run\.yml:1:10 spectra: no such file: b\.pha \(looked for .*b\.pha, too\)/,
    );
  });
});
