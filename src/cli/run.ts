import { CommanderError, Command as Program } from "commander";
import { InputError } from "../errors.ts";
import { VERSION } from "../fit/version.ts";
import type { Command, CommandOption, OptionValue } from "./command.ts";
import { commands } from "./commands/index.ts";
import { Interrupted, onInterrupt } from "./interrupt.ts";
import { createTerminal } from "./terminal.ts";

/** Exit codes: 0 done, 1 a defect of ours (or what a command says), 2 a fault in what the user gave, 128 + signal when interrupted. */
const OURS = 1;
const USERS = 2;

/** Runs one command line, prints what it has to say, and returns the exit code. */
export async function runCommandLine(args: readonly string[]): Promise<number> {
  const interrupt = onInterrupt();
  try {
    let code = 0;
    const program = createProgram(interrupt.signal, (found) => {
      code = found;
    });
    if (args.length === 0) program.outputHelp();
    else await program.parseAsync([...args], { from: "user" });
    return code;
  } catch (error) {
    if (interrupt.signal.aborted) {
      const reason: unknown = interrupt.signal.reason;
      const next = reason instanceof Interrupted ? reason.next : undefined;
      const left = next === undefined ? "nothing was written" : `go on with: ${next}`;
      process.stderr.write(`interrupted; ${left}\n`);
      return reason instanceof Interrupted ? reason.exitCode : 130;
    }
    return report(error);
  } finally {
    interrupt.dispose();
  }
}

/** The commander program of all commands; `onCode` is told of an exit code other than 0. */
export function createProgram(
  signal: AbortSignal,
  onCode: (code: number) => void = () => undefined,
): Program {
  const program = new Program("xnpe")
    .description(
      "X-ray spectral fitting by neural posterior estimation: OGIP spectra in, checked posteriors out.",
    )
    .version(VERSION, "-V, --version", "print the version")
    .helpOption("-h, --help", "show help")
    .helpCommand(false)
    .showSuggestionAfterError(true)
    .addHelpText("after", "\nTry:\n  xnpe demo\n  xnpe fit --help");
  inherit(program);
  for (const command of commands) addCommand(program, command, signal, onCode);
  return program;
}

function addCommand(
  program: Program,
  command: Command,
  signal: AbortSignal,
  onCode: (code: number) => void,
): void {
  const sub = program
    .command(command.name)
    .summary(command.summary)
    .description(command.description ?? `${command.summary}.`)
    .helpOption("-h, --help", "show this help")
    .addHelpText(
      "after",
      `\n${command.examples.length > 1 ? "Examples" : "Example"}:\n${indent(command.examples)}`,
    );
  inherit(sub);
  for (const argument of command.arguments ?? []) sub.argument(argument.name, argument.description);
  for (const option of command.options) addOption(sub, option);
  sub.action(async () => {
    const options = sub.opts<Record<string, OptionValue>>();
    const terminal = createTerminal({ quiet: options.quiet === true });
    const code = await command.run({ args: sub.args, options, terminal, signal });
    if (typeof code === "number" && code !== 0) onCode(code);
  });
}

function addOption(
  program: Program,
  { flags, description, repeat = false, required = false }: CommandOption,
): void {
  const collect = (value: string, earlier: unknown) => [...(Array.isArray(earlier) ? earlier : []), value];
  if (required) program.requiredOption(flags, description);
  else if (repeat) program.option(flags, description, collect);
  else program.option(flags, description);
}

/** Commander throws instead of exiting, and leaves printing of errors to `report`. */
function inherit(program: Program): void {
  program
    .exitOverride()
    .configureOutput({ writeErr: () => undefined })
    .configureHelp({ helpWidth: 100 });
}

function indent(lines: readonly string[]): string {
  return lines.map((line) => `  ${line}`).join("\n");
}

function report(error: unknown): number {
  if (error instanceof CommanderError) {
    if (error.exitCode === 0) return 0;
    process.stderr.write(`${error.message.replace(/^error: /, "xnpe: ")}\n`);
    return USERS;
  }
  if (error instanceof InputError) {
    process.stderr.write(`xnpe: ${error.message}\n`);
    showStack(error);
    return USERS;
  }
  const message = error instanceof Error ? error.message : String(error);
  process.stderr.write(`xnpe: ${message}\nThis is a defect of xnpe; XNPE_DEBUG=1 shows where it happened.\n`);
  showStack(error);
  return OURS;
}

function showStack(error: unknown): void {
  if (process.env.XNPE_DEBUG === "1" && error instanceof Error) process.stderr.write(`${error.stack}\n`);
}
