import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { Worker } from "node:worker_threads";
import ts from "typescript";

const SOURCES = fileURLToPath(new URL("..", import.meta.url));

/** The rooms tensor, flow and math as JavaScript in a folder of its own: threads do not go through the test runner. */
export function transpileSources(): { code: string; remove(): void } {
  const folder = mkdtempSync(join(tmpdir(), "xnpe-threads-"));
  writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
  const options = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    rewriteRelativeImportExtensions: true,
  };
  const files = ["tensor", "flow", "math"].flatMap((room) =>
    readdirSync(join(SOURCES, room), { recursive: true, encoding: "utf8" }).map((file) => join(room, file)),
  );
  for (const file of [...files, "errors.ts"]) {
    if (!/(?<!\.test|\.fixture)\.ts$/.test(file) || file.includes("kernels/")) continue;
    const target = join(folder, file.replace(/\.ts$/, ".js"));
    mkdirSync(join(target, ".."), { recursive: true });
    const text = readFileSync(join(SOURCES, file), "utf8");
    writeFileSync(target, ts.transpileModule(text, { compilerOptions: options }).outputText);
  }
  return { code: pathToFileURL(folder).href, remove: () => rmSync(folder, { recursive: true }) };
}

/** Runs `thread.fixture.mjs` on `ranks` threads with the same data, and returns what each of them tells, by rank. */
export async function runThreads<T extends { rank: number }>(ranks: number, data: object): Promise<T[]> {
  const file = new URL("./thread.fixture.mjs", import.meta.url);
  const threads = Array.from({ length: ranks }, (_, rank) => {
    const worker = new Worker(file, { workerData: { ...data, rank, ranks } });
    return new Promise<T>((resolve, reject) => {
      worker.once("message", resolve);
      worker.once("error", reject);
    });
  });
  return (await Promise.all(threads)).toSorted((a, b) => a.rank - b.rank);
}
