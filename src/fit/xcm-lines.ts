import { InputError } from "../errors.ts";

/** One command of a script, with the place where it stands. */
export interface XcmLine {
  readonly line: number;
  /** In lower case. */
  readonly command: string;
  /** What follows it, blanks at the ends removed. */
  readonly rest: string;
  readonly words: readonly string[];
}

/** XSPEC's commands that a script may use, each with the number of letters that tell it (its shortest form). */
const COMMANDS = [
  ["abund", 2],
  ["arf", 3],
  ["backgrnd", 2],
  ["bayes", 2],
  ["chatter", 3],
  ["cosmo", 3],
  ["cpd", 3],
  ["data", 2],
  ["error", 2],
  ["exit", 2],
  ["fit", 2],
  ["freeze", 2],
  ["ignore", 2],
  ["log", 3],
  ["mdefine", 2],
  ["method", 2],
  ["model", 2],
  ["newpar", 3],
  ["notice", 3],
  ["parallel", 3],
  ["plot", 2],
  ["query", 2],
  ["quit", 2],
  ["renorm", 3],
  ["response", 3],
  ["save", 2],
  ["setplot", 4],
  ["show", 2],
  ["statistic", 2],
  ["systematic", 2],
  ["thaw", 2],
  ["untie", 3],
  ["weight", 2],
  ["xsect", 2],
  ["xset", 3],
] as const;

export type XcmCommand = (typeof COMMANDS)[number][0];

/** The command that a word stands for, abbreviated or not; undefined for another. */
export function commandOf(word: string): XcmCommand | undefined {
  const lower = word.toLowerCase();
  return COMMANDS.find(([name, least]) => lower.length >= least && name.startsWith(lower))?.[0];
}

/** Lines of a script that hold something; `#` comments go, a `-` at the end of a line joins the next one. */
export function scriptLines(text: string): XcmLine[] {
  const lines: XcmLine[] = [];
  let open = "";
  let first = 0;
  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const content = raw.replace(/#.*$/, "").trimEnd();
    if (open === "") first = index + 1;
    if (/\s-$/.test(content)) {
      open += `${content.slice(0, -1)} `;
      continue;
    }
    const whole = (open + content).trim();
    open = "";
    if (whole === "") continue;
    const [word, ...words] = whole.split(/\s+/);
    lines.push({ line: first, command: word.toLowerCase(), rest: whole.slice(word.length).trim(), words });
  }
  return lines;
}

/** A fault at a line of a script. */
export function xcmFault(file: string, { line }: Pick<XcmLine, "line">, message: string): InputError {
  return new InputError(message, { file, line, column: 1 });
}
