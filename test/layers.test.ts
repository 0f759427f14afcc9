import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { programSources, type Source } from "./sources.ts";

const sources = programSources();

/**
 * What each room may import besides itself and `errors.ts`. Physics (fits ogip model observe) and inference (prior tensor
 * flow npe sample search diagnose) never import each other; they meet in fit. A room that is not listed fails the test.
 */
const ARROWS: Readonly<Record<string, readonly string[]>> = {
  math: [],
  fits: [],
  ogip: ["fits", "math"],
  model: ["math"],
  observe: ["ogip", "model", "math"],
  prior: ["math"],
  tensor: ["math"],
  flow: ["tensor", "math"],
  sample: ["math"],
  search: ["math"],
  diagnose: ["math"],
  plot: ["math"],
  // Importance weights are diagnosed where they are made.
  npe: ["flow", "prior", "diagnose", "math"],
  fit: [
    ...["math", "ogip", "model", "observe", "prior", "tensor", "flow"],
    ...["npe", "sample", "search", "diagnose", "plot"],
  ],
  // Experiments are made of everything that there is.
  reproduce: [
    ...["math", "ogip", "model", "observe", "prior", "tensor", "flow"],
    ...["npe", "sample", "search", "diagnose", "plot", "fit"],
  ],
  // The list of models and the description of files need no fit; everything else goes through it.
  cli: ["fit", "ogip", "model", "reproduce", "files.ts"],
  "files.ts": ["fit", "ogip"],
  "node.ts": ["index.ts", "files.ts", "fit"],
  "index.ts": [
    ...["math", "fits", "ogip", "model", "observe", "prior", "tensor", "flow"],
    ...["npe", "sample", "search", "diagnose", "plot", "fit"],
  ],
  "errors.ts": [],
};

/** Rooms that touch the platform: files, threads, the terminal, the clock. */
const DOORS = [
  /^src\/cli\//,
  /^src\/files\.ts$/,
  /^src\/fit\/platform-node\.ts$/,
  /^src\/fit\/worker-entry\.ts$/,
];

/** Files over 300 lines, and why they are not split. */
const LONG: Readonly<Record<string, string>> = {
  "src/model/data/fine-structure.ts": "a table of cross-sections",
};

const room = (path: string) => path.split("/")[1];
const outside = (doors: readonly RegExp[]) =>
  sources.filter(({ path }) => !doors.some((door) => door.test(path)));

/** The code of a file without its comments and the insides of its strings. */
function code({ text }: Source): string {
  return text.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$|"(\\.|[^"\\\n])*"/gm, "");
}

function using(pattern: RegExp, from: readonly Source[]): string[] {
  return from.filter((source) => pattern.test(code(source))).map(({ path }) => path);
}

describe("the rooms", () => {
  it("import along the arrows only", () => {
    const wrong = sources.flatMap(({ path, files }) => {
      const allowed = ARROWS[room(path)];
      if (allowed === undefined) return [`${path}: a room without arrows`];
      return files
        .filter((file) => file !== "src/errors.ts" && room(file) !== room(path))
        .filter((file) => !allowed.includes(room(file)))
        .map((file) => `${path} -> ${file}`);
    });
    expect(wrong).toEqual([]);
  });

  it("need every arrow that they are granted from the outside in", () => {
    const used = (from: string, to: string) =>
      sources.some(({ path, files }) => room(path) === from && files.some((file) => room(file) === to));
    for (const to of ARROWS.cli) expect(used("cli", to), `cli -> ${to}`).toBe(true);
    for (const to of ARROWS.fit) expect(used("fit", to), `fit -> ${to}`).toBe(true);
  });

  it("have no circle of files that import each other", () => {
    const imports = new Map(sources.map(({ path, files }) => [path, files]));
    const state = new Map<string, "open" | "done">();
    const circles: string[] = [];
    const visit = (path: string, way: readonly string[]) => {
      if (state.get(path) === "done") return;
      if (state.get(path) === "open") {
        circles.push([...way.slice(way.indexOf(path)), path].join(" -> "));
        return;
      }
      state.set(path, "open");
      for (const file of imports.get(path) ?? []) visit(file, [...way, path]);
      state.set(path, "done");
    };
    for (const { path } of sources) visit(path, []);
    expect(circles).toEqual([]);
  });

  it("import files that exist, and end their names in .ts", () => {
    const known = new Set(sources.map(({ path }) => path));
    const missing = sources.flatMap(({ path, files }) =>
      files.filter((file) => !known.has(file)).map((file) => `${path} -> ${file}`),
    );
    expect(missing).toEqual([]);
  });
});

describe("the library", () => {
  it("makes WebAssembly in tensor/ only", () => {
    const users = using(/\bWebAssembly\.(?!Memory\b(?!\())/, sources);
    expect(users.filter((path) => room(path) !== "tensor")).toEqual([]);
    expect(users).not.toEqual([]);
  });

  it("draws no random numbers but those of its seed", () => {
    expect(using(/\bMath\.random\b|\bgetRandomValues\b|\brandomUUID\b/, sources)).toEqual([]);
    expect(using(/\brandom(Bytes|Int)\b/, sources)).toEqual(["src/cli/seed.ts"]);
  });

  it("reads no clock, prints nothing and asks nothing of the process outside the doors", () => {
    const inside = outside(DOORS);
    expect(using(/\bDate\.now\b|\bnew Date\(\)|\bperformance\.now\b|\bhrtime\b/, inside)).toEqual([]);
    expect(using(/\bconsole\./, sources)).toEqual([]);
    expect(using(/\bprocess\./, inside)).toEqual([]);
  });

  it("imports modules of Node in the doors only", () => {
    const users = outside(DOORS).filter(({ packages }) => packages.some((name) => name.startsWith("node:")));
    expect(users.map(({ path }) => path)).toEqual([]);
  });

  it("imports no package that the program does not depend on", () => {
    const manifest = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
    const known = [...Object.keys(manifest.dependencies), ...Object.keys(manifest.optionalDependencies)];
    const strangers = sources.flatMap(({ path, packages }) =>
      packages
        .filter((name) => !name.startsWith("node:") && !known.includes(name))
        .map((name) => `${path}: ${name}`),
    );
    expect(strangers).toEqual([]);
  });
});

describe("the files", () => {
  it("have at most 300 lines, but for those that say why", () => {
    const lines = ({ text }: Source) => text.trimEnd().split("\n").length;
    const long = sources.filter((source) => lines(source) > 300).map(({ path }) => path);
    expect(long).toEqual(Object.keys(LONG));
  });

  it("have no default exports, enums, namespaces, `any` or switched-off checks", () => {
    expect(using(/^export default |^(export )?(const )?enum |^(export )?namespace /m, sources)).toEqual([]);
    expect(using(/:\s*any\b|\bas any\b|<any>/, sources)).toEqual([]);
    expect(sources.filter(({ text }) => /@ts-(ignore|nocheck|expect-error)/.test(text))).toEqual([]);
  });
});
