import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { copyFile, writeFile } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { commands } from "../src/cli/commands/index.ts";
import { parseConfigFile } from "../src/fit/config-file.ts";
import type { RunResult } from "../src/fit/types.ts";
import { models } from "../src/model/index.ts";
import { makeFixture, smallSpectrum, writeVariant } from "./cli/fixture.ts";
import { xnpe } from "./cli/spawn.ts";

const ROOT = fileURLToPath(new URL("..", import.meta.url));

const PAGES = [
  ...["README.md", "ARCHITECTURE.md", "CHANGELOG.md", "CONTRIBUTING.md"],
  ...readdirSync(join(ROOT, "docs"))
    .filter((name) => name.endsWith(".md"))
    .map((name) => `docs/${name}`),
];

interface Block {
  readonly language: string;
  readonly text: string;
}

const read = (page: string) => readFileSync(join(ROOT, page), "utf8");

function blocks(page: string): Block[] {
  return [...read(page).matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)].map(([, language, text]) => ({
    language,
    text,
  }));
}

/** Lines of shell that start with `xnpe`, continued lines joined. */
function commandLines(text: string): string[] {
  return text
    .replace(/\\\n\s*/g, " ")
    .split("\n")
    .filter((line) => line.startsWith("xnpe "));
}

/** Words of a shell line with plain and quoted arguments. */
function words(line: string): string[] {
  return [...line.matchAll(/(?:"[^"]*"|'[^']*'|[^\s"'])+/g)].map(([word]) => word.replace(/["']/g, ""));
}

/** What makes a fit of the documentation quick; later options win. */
const QUICK: Readonly<Record<string, readonly string[]>> = {
  fit: ["--method", "nested", "--live-points", "40", "--quiet"],
  check: ["--spectra", "60", "--draws", "200", "--quiet"],
  demo: ["--method", "nested", "--live-points", "40", "--quiet"],
  train: ["--simulations", "300", "--test", "20", "--quiet"],
  infer: ["--samples", "500", "--quiet"],
  reproduce: ["--short", "--quiet"],
};

/** Methods that are quick enough as they stand. */
const QUICK_METHODS = ["mle", "mcmc"];

/** A folder that holds src.pha, src.rmf and src.arf. */
async function dataFolder(): Promise<{ folder: string; remove: () => Promise<void> }> {
  const made = await makeFixture();
  const { folder } = made;
  await copyFile(join(folder, "small.rmf"), join(folder, "src.rmf"));
  await copyFile(join(folder, "small.arf"), join(folder, "src.arf"));
  await writeVariant(folder, "src.pha", () => ({
    ...smallSpectrum(),
    responseFile: "src.rmf",
    ancillaryFile: "src.arf",
  }));
  return made;
}

/** Anchors that GitHub gives to the headings of a page. */
function anchors(page: string): string[] {
  return [...read(page).matchAll(/^#+ (.*)$/gm)].map(([, title]) =>
    title
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );
}

describe("links", () => {
  it.each(PAGES)("of %s lead to files and headings that exist", (page) => {
    const targets = [...read(page).matchAll(/\]\(([^)\s]+)\)/g)].map(([, target]) => target);
    const broken = targets.filter((target) => {
      if (/^https?:/.test(target)) return false;
      const [path, anchor] = target.split("#");
      const file = path === "" ? page : join(dirname(page), path);
      if (!existsSync(join(ROOT, file))) return true;
      return anchor !== undefined && !anchors(file).includes(anchor);
    });
    expect(broken).toEqual([]);
  });
});

const shellPages = PAGES.filter((page) =>
  blocks(page).some(({ language, text }) => language === "sh" && commandLines(text).length > 0),
);

describe.each(shellPages)("the commands of %s", (page) => {
  it("run, in their order", async () => {
    const { folder, remove } = await dataFolder();
    try {
      for (const { language, text } of blocks(page)) {
        if (language === "yaml") await writeFile(join(folder, "src.yml"), text);
        for (const line of language === "sh" ? commandLines(text) : []) {
          const [, ...args] = words(line);
          const quick = args.some((word) => QUICK_METHODS.includes(word)) ? ["--quiet"] : QUICK[args[0]];
          const { code, stderr } = await xnpe([...args, ...(quick ?? [])], { cwd: folder });
          expect({ line, code, stderr: code === 0 ? "" : stderr }).toEqual({ line, code: 0, stderr: "" });
        }
      }
    } finally {
      await remove();
    }
  });
});

it("every command has a section in docs/cli.md, with an example", () => {
  const sections = read("docs/cli.md").split(/^## /m).slice(1);
  const described = sections.filter((text) => /^xnpe /m.test(text)).map((text) => text.split("\n")[0]);
  expect(described.sort()).toEqual(commands.map(({ name }) => name).sort());
});

it.each(PAGES.filter((page) => blocks(page).some(({ language }) => language === "yaml")))(
  "the configurations of %s are understood",
  async (page) => {
    for (const { language, text } of blocks(page)) {
      if (language !== "yaml") continue;
      const { values } = await parseConfigFile(text, page);
      expect(values).toHaveProperty("model");
    }
  },
);

/** Programs of the documentation, each with its page. */
const programs = PAGES.flatMap((page) =>
  blocks(page)
    .filter(({ language }) => language === "ts")
    .map(({ text }, i) => ({ page, text, name: `${page.replace(/\W/g, "-")}-${i}` })),
);

describe("the programs of the documentation", () => {
  // Inside the package, where Node and TypeScript find `xnpe` by its name; git ignores it as it does other runs.
  const place = join(ROOT, "xnpe-run-docs-examples");
  beforeAll(() => {
    mkdirSync(place, { recursive: true });
    for (const { name, text } of programs) {
      writeFileSync(join(place, `${name}.ts`), text);
      const { outputText } = ts.transpileModule(text, {
        compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext },
      });
      writeFileSync(join(place, `${name}.js`), outputText);
    }
  });
  afterAll(() => rmSync(place, { recursive: true, force: true }));

  it("are there", () => {
    expect(programs.map(({ page }) => page)).toContain("README.md");
  });

  it("have the library's types", () => {
    const program = ts.createProgram(
      programs.map(({ name }) => join(place, `${name}.ts`)),
      {
        target: ts.ScriptTarget.ES2022,
        lib: ["lib.es2023.d.ts", "lib.dom.d.ts"],
        module: ts.ModuleKind.NodeNext,
        moduleResolution: ts.ModuleResolutionKind.NodeNext,
        strict: true,
        exactOptionalPropertyTypes: true,
        skipLibCheck: true,
        noEmit: true,
        types: ["node"],
        typeRoots: [join(ROOT, "node_modules/@types")],
      },
    );
    const faults = ts.getPreEmitDiagnostics(program).map(({ messageText, file }) => {
      return `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`;
    });
    expect(faults).toEqual([]);
  });

  it.each(programs)("run: $name", async ({ page, name }) => {
    const { folder, remove } = await dataFolder();
    try {
      const yaml = blocks(page).find(({ language }) => language === "yaml")?.text ?? "";
      // As many simulations as will do to see that it works; the network's answer is tested elsewhere.
      await writeFile(join(folder, "src.yml"), `${yaml}simulations: 300\nsamples: 500\n`);
      const { code, stdout, stderr } = await runNode(join(place, `${name}.js`), folder);
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      expect(stdout).not.toBe("");
    } finally {
      await remove();
    }
  });
});

describe("docs/formats.md", () => {
  const page = read("docs/formats.md");
  const named = (key: string) => page.includes(`\`${key}\``);

  it("names every field of a result", async () => {
    const { folder, remove } = await dataFolder();
    try {
      const args = ["fit", "src.pha", "--model", "powerlaw", "--prior", "powerlaw.norm=loguniform(0.01,1)"];
      const common = [...args, "--notice", "1-7", "--seed", "1", "--json", "--quiet"];
      const missing = new Set<string>();
      for (const method of [
        ["nested", "--live-points", "40"],
        ["npe", "--simulations", "200", "--samples", "200"],
      ]) {
        const { stdout, stderr } = await xnpe([...common, "--method", ...method, "--out", method[0]], {
          cwd: folder,
        });
        expect(stderr).toBe("");
        const result: RunResult = JSON.parse(stdout);
        const records = [
          ...[result, result.parameters[0], result.spectra[0], result.statistic, result.evidence],
          ...[result.importance, result.network, result.nested],
        ];
        for (const record of records) {
          for (const key of Object.keys(record ?? {})) if (!named(key)) missing.add(key);
        }
      }
      expect([...missing]).toEqual([]);
    } finally {
      await remove();
    }
  });
});

it("docs/models.md is what scripts/make-docs.mjs makes of the models", async () => {
  const { modelsPage } = await import(
    /* @vite-ignore */ pathToFileURL(resolve(ROOT, "scripts/make-docs.mjs")).href
  );
  const { stdout } = await xnpe(["models", "--json"]);
  expect(read("docs/models.md")).toBe(modelsPage(JSON.parse(stdout)));
  for (const { name } of models) expect(read("docs/models.md")).toContain(`\n### ${name}\n`);
});

/** Runs a program with Node in a folder. */
async function runNode(file: string, cwd: string) {
  const { spawnSync } = await import("node:child_process");
  const { status, stdout, stderr } = spawnSync(process.execPath, [file], { cwd, encoding: "utf8" });
  return { code: status, stdout, stderr };
}
