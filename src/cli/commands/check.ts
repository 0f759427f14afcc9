import type { CheckResult } from "../../fit/check-types.ts";
import type { Command, Invocation } from "../command.ts";
import { COMMON_OPTIONS, COMPANION_OPTIONS, SEED_OPTION } from "../options.ts";

/** Whether a network may be trusted. */
export const check: Command = {
  name: "check",
  summary: "whether a network may be trusted, and where not",
  description:
    "Tests a network on simulated spectra of the region it was trained on (ranks of the true values, coverage, importance " +
    "sampling), looks at spectra that are given or that its run was for, and says in words whether to trust it, where not, " +
    "and what to do. Exit code 0 whatever is found, unless --strict.",
  arguments: [
    { name: "<network>", description: "folder of a run, or a network's file" },
    { name: "[spectrum...]", description: "PHA files of the network's set-up; default: those of its run" },
  ],
  options: [
    ...COMPANION_OPTIONS,
    { flags: "--spectra <n>", description: "simulated spectra; default 300 (1000 see smaller faults)" },
    { flags: "--draws <n>", description: "draws of the network for each; default 1000" },
    { flags: "--strict", description: "exit code 1 where network or a spectrum is found not trustworthy" },
    SEED_OPTION,
    {
      flags: "--workers <n>",
      description: "parallel workers; default: all cores. The result is the same for any",
    },
    { flags: "--out <folder>", description: "where the page goes; default xnpe-check" },
    { flags: "--force", description: "replace an earlier check in that folder" },
    ...COMMON_OPTIONS,
  ],
  examples: [
    "xnpe check run",
    "xnpe check network.safetensors src.pha --response src.rmf --arf src.arf --spectra 1000",
  ],
  async run(invocation) {
    const { options, terminal } = invocation;
    const result = await checkAndKeep(invocation);
    const grades = [result.verdict, ...result.observed.map(({ verdict }) => verdict)];
    const failed = grades.some(({ grade }) => grade === "poor");
    if (failed && options.strict !== true) terminal.note("remark: --strict makes this exit code 1");
    return failed && options.strict === true ? 1 : 0;
  },
};

/** Most spectra and draws that memory is planned for. */
const LIMITS = { spectra: [50, 100_000], draws: [100, 20_000] } as const;

async function checkAndKeep({ args, options, terminal, signal }: Invocation): Promise<CheckResult> {
  const { checkFolder, freeFolder, loadFonts, writeFolder } = await import("../../files.ts");
  const { checkNetwork } = await import("../../fit/check.ts");
  const { CHECK_ENTRIES, checkFiles, formatCheck } = await import("../../fit/check-output.ts");
  const { readTarget } = await import("../check-run.ts");
  const { wholeOption } = await import("../flags.ts");
  const { createProgress } = await import("../progress.ts");
  const force = options.force === true;
  const spectra = wholeOption(options.spectra, "--spectra", LIMITS.spectra);
  const draws = wholeOption(options.draws, "--draws", LIMITS.draws);
  const seed = wholeOption(options.seed, "--seed", [0, 2 ** 40]) ?? 1;
  const out = typeof options.out === "string" ? options.out : await freeFolder("xnpe-check");
  await checkFolder(out, { force });
  const { file, network, observed } = await readTarget(args[0], args.slice(1), options);
  const pool = await startPool(options, signal);
  const progress = createProgress(terminal);
  try {
    const { openNetwork } = await import("../../fit/open-network.ts");
    const open = await openNetwork(pool, network, observed[0]);
    const { checkSetup } = await import("../../fit/network-setup.ts");
    for (const observations of observed) await checkSetup(network, observations);
    const sizes = { ...(spectra && { spectra }), ...(draws && { draws }) };
    const checked = await checkNetwork(
      open,
      { ...sizes, seed, observed },
      { onProgress: progress.report, signal },
    );
    progress.end();
    const files = await checkFiles(open, checked, {
      fonts: await loadFonts(),
      title: file,
      command: `xnpe check ${args.join(" ")} --spectra ${checked.result.spectra} --seed ${seed}`,
    });
    await writeFolder(out, files, { force, stale: CHECK_ENTRIES, signal });
    terminal.print(options.json === true ? formatCheck(checked.result).trimEnd() : page(checked.result, out));
    return checked.result;
  } catch (error) {
    progress.abandon();
    throw error;
  } finally {
    pool.close();
  }
}

async function startPool(options: Invocation["options"], signal: AbortSignal) {
  const { createPool } = await import("../../fit/pool.ts");
  const { spawnNodeWorker } = await import("../../fit/platform-node.ts");
  const { wholeOption } = await import("../flags.ts");
  const { defaultWorkers } = await import("../settings.ts");
  const size = wholeOption(options.workers, "--workers", [1, 1024]) ?? defaultWorkers();
  return createPool({ size, spawn: spawnNodeWorker, signal });
}

const LEVELS = { good: "trustworthy", fair: "trustworthy with care", poor: "not trustworthy" } as const;

function page({ verdict, findings, failures, observed }: CheckResult, out: string): string {
  const lines = [
    `network  ${LEVELS[verdict.grade]}: ${verdict.sentence}`,
    "",
    ...findings.map(({ grade, subject, value }) => `${grade.padEnd(8)} ${subject}: ${value}`),
    ...findings
      .filter(({ grade }) => grade !== "good")
      .map(({ meaning, advice }) => `         ${meaning} ${advice ?? ""}`),
    ...failures.map(({ text }) => `fails    ${text}`),
  ];
  for (const { file, verdict: own, findings: some } of observed)
    lines.push(
      "",
      `spectrum ${file}: ${LEVELS[own.grade]}: ${own.sentence}`,
      ...some.map(({ grade, subject, value }) => `${grade.padEnd(8)} ${subject}: ${value}`),
    );
  return [...lines, "", `page     ${out}/check.html`].join("\n");
}
