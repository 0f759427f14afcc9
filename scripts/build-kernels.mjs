// Compiles the AssemblyScript kernels of src/tensor/kernels into src/tensor/generated/*.ts, each a
// module that exports the WebAssembly binaries as base64, so that Node, browsers and bundlers load them alike.
// Skips an entry whose sources (all files of src/tensor/kernels) are older than its output.
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const sources = join(root, "src/tensor/kernels");
const target = join(root, "src/tensor/generated");

/** One output module an entry; a variant is a name and the asc features it is compiled with. */
const entries = [
  { name: "network", variants: { plain: "simd", relaxed: "simd,relaxed-simd" } },
  { name: "physics", variants: { plain: "simd" } },
];

const newest = (files) => Math.max(...files.map((file) => statSync(file).mtimeMs));

async function compile(asc, entry, features) {
  const out = new Map();
  const { error, stderr } = await asc.main(
    [
      `${entry}.ts`,
      "--outFile",
      "out.wasm",
      "-O3",
      "--noAssert",
      "--runtime",
      "stub",
      "--enable",
      features,
      "--importMemory",
      "--initialMemory",
      "1",
      "--maximumMemory",
      "65535",
    ],
    {
      stdout: { write: () => true },
      readFile: (name, base) => {
        const file = join(base === "." ? sources : join(sources, base), name);
        return existsSync(file) ? readFileText(file) : null;
      },
      writeFile: (name, contents) => out.set(name, contents),
      listFiles: () => [],
    },
  );
  if (error) throw new Error(`kernel ${entry} (${features}): ${error.message}\n${stderr}`);
  return out.get("out.wasm");
}

const readFileText = (file) => readFileSync(file, "utf8");

mkdirSync(target, { recursive: true });
const stamp = newest([...readdirSync(sources).map((f) => join(sources, f)), fileURLToPath(import.meta.url)]);
let asc;
for (const { name, variants } of entries) {
  const file = join(target, `${name}.ts`);
  if (!existsSync(join(sources, `${name}.ts`))) continue;
  if (existsSync(file) && statSync(file).mtimeMs > stamp) continue;
  asc ??= await import("assemblyscript/asc");
  let text = "// Made by scripts/build-kernels.mjs; do not edit.\n";
  for (const [variant, features] of Object.entries(variants)) {
    const bytes = await compile(asc, name, features);
    text += `export const ${variant} =\n  "${Buffer.from(bytes).toString("base64")}";\n`;
  }
  // Renamed when whole, so that builds at the same time do not read each other's halves.
  const part = `${file}.${process.pid}`;
  writeFileSync(part, text);
  renameSync(part, file);
}
