import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import * as browser from "../src/index.ts";
import * as node from "../src/node.ts";
import { exportedNames, readSource } from "./sources.ts";

const root = new URL("../", import.meta.url);
const manifest = JSON.parse(readFileSync(new URL("package.json", root), "utf8"));

const values = (names: readonly string[]) => names.filter((name) => !/^type |\./.test(name));

describe("the public API", () => {
  it("is this list of names (a change here is a change for its users)", () => {
    expect(exportedNames("src/index.ts")).toMatchSnapshot();
  });

  it("has these names besides for Node", () => {
    const common = new Set(exportedNames("src/index.ts"));
    expect(exportedNames("src/node.ts").filter((name) => !common.has(name))).toMatchSnapshot();
  });

  it("names nothing twice", () => {
    const names = exportedNames("src/node.ts").map((name) => name.replace("type ", ""));
    expect(names.filter((name, i) => names.indexOf(name) !== i)).toEqual([]);
  });

  it("defines every name that it lists", () => {
    expect(Object.keys(browser).sort()).toEqual([...values(exportedNames("src/index.ts")), "plot"].sort());
    expect(Object.keys(node).sort()).toEqual([...values(exportedNames("src/node.ts")), "plot"].sort());
  });

  it("reaches no file, thread or terminal of Node from the index, so that it loads in browsers", () => {
    const seen = new Set(["src/index.ts"]);
    const offenders: string[] = [];
    for (const path of seen) {
      const { packages, files } = readSource(path);
      offenders.push(
        ...packages.filter((name) => name.startsWith("node:")).map((name) => `${path}: ${name}`),
      );
      for (const file of files) seen.add(file);
    }
    expect(seen.size).toBeGreaterThan(100);
    expect(offenders).toEqual([]);
  });

  it("is what the package exports", () => {
    const source = (built: string) => built.replace(/^(\.\/)?dist\//, "").replace(/\.d\.ts$|\.js$/, ".ts");
    expect(source(manifest.exports["."].types)).toBe("src/index.ts");
    expect(source(manifest.exports["."].default)).toBe("src/index.ts");
    expect(source(manifest.exports["./node"].types)).toBe("src/node.ts");
    expect(source(manifest.exports["./node"].default)).toBe("src/node.ts");
    expect(readFileSync(new URL(source(manifest.bin.xnpe), root), "utf8")).toMatch(/^#!/);
  });

  it("says its version", () => {
    expect(browser.VERSION).toBe(manifest.version);
  });
});
