import { cpus } from "node:os";
import { parseArgs } from "node:util";
import { BUILD } from "./ceiling.ts";
import { benchmarks } from "./list.ts";
import { report, type Section } from "./table.ts";

/** `npm run bench -- [--only NAME]... [--json]`: measures, with progress on stderr, and prints one table. */
async function main(): Promise<void> {
  const options = {
    only: { type: "string", multiple: true },
    json: { type: "boolean" },
  } as const;
  const { only, json } = parseArgs({ options }).values;
  const unknown = only?.find((name) => !benchmarks.some((benchmark) => benchmark.name === name));
  if (unknown !== undefined) {
    const names = benchmarks.map(({ name }) => name).join(", ");
    process.stderr.write(`no benchmark "${unknown}"; there are ${names}\n`);
    process.exit(2);
  }
  const machine = {
    node: process.version,
    processor: cpus()[0]?.model.trim() ?? "unknown",
    cores: cpus().length,
    build: BUILD,
  };
  const sections: Section[] = [];
  for (const { name, summary, run } of benchmarks) {
    if (only !== undefined && !only.includes(name)) continue;
    const note = (text: string) => void process.stderr.write(`${name}: ${text}\n`);
    sections.push({ name, summary, records: await run({ quick: false, note }) });
  }
  if (json) console.log(JSON.stringify({ machine, sections }, null, 2));
  else {
    const { node, processor, cores, build } = machine;
    console.log(`Node ${node}, ${cores} x ${processor}, ${build} kernels\n\n${report(sections)}`);
  }
}

await main();
process.exit(0);
