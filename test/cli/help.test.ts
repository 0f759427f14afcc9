import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { commands } from "../../src/cli/commands/index.ts";
import { createProgram } from "../../src/cli/run.ts";
import { VERSION } from "../../src/fit/version.ts";
import { xnpe } from "./spawn.ts";

const program = createProgram(new AbortController().signal);

function helpOf(name: string): string {
  let text = "";
  const command = program.commands.find((each) => each.name() === name)!;
  command.configureOutput({
    writeOut: (part) => {
      text += part;
    },
  });
  command.outputHelp();
  return text;
}

describe("help", () => {
  it("lists the commands", () => {
    expect(program.helpInformation()).toMatchSnapshot();
  });

  it.each(commands.map((command) => command.name))("of %s has an example", (name) => {
    const text = helpOf(name);
    expect(text).toMatch(new RegExp(`Examples?:\\n  xnpe ${name}`));
    expect(text).toMatchSnapshot();
  });

  it("is what one gets without a command, and on stdout", async () => {
    const { code, stdout, stderr } = await xnpe([]);
    expect(stdout).toContain("Usage: xnpe [options] [command]");
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  });
});

describe("the version", () => {
  it("is that of the package", async () => {
    const manifest = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
    expect(VERSION).toBe(manifest.version);
    expect(await xnpe(["--version"])).toEqual({ code: 0, stdout: `${VERSION}\n`, stderr: "" });
  });
});
