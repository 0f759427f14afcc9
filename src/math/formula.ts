import { erf, erfc } from "./erf.ts";
import { lnGamma } from "./gamma.ts";

/** An arithmetic expression, compiled. */
export interface Formula {
  readonly text: string;
  /** Names that it uses, in order of appearance, as first spelled; each once, whatever the case. */
  readonly names: readonly string[];
  /** Its value, given those of its names in that order. */
  evaluate(values: ArrayLike<number>): number;
}

/** A fault of a formula: what is wrong, and at which character (from 0). */
export class FormulaError extends Error {
  readonly position: number;
  constructor(message: string, position: number) {
    super(message);
    this.name = "FormulaError";
    this.position = position;
  }
}

type Node = (values: ArrayLike<number>) => number;

const DEGREE = Math.PI / 180;

/** Functions by name, as XSPEC's mdefine has them: log is that of base 10, sind and the like take degrees. */
const FUNCTIONS: Readonly<
  Record<string, { readonly arity: 1 | 2; readonly of: (a: number, b: number) => number }>
> = {
  exp: { arity: 1, of: Math.exp },
  ln: { arity: 1, of: Math.log },
  log: { arity: 1, of: Math.log10 },
  sqrt: { arity: 1, of: Math.sqrt },
  abs: { arity: 1, of: Math.abs },
  int: { arity: 1, of: Math.trunc },
  sign: { arity: 1, of: Math.sign },
  sin: { arity: 1, of: Math.sin },
  cos: { arity: 1, of: Math.cos },
  tan: { arity: 1, of: Math.tan },
  sind: { arity: 1, of: (a) => Math.sin(a * DEGREE) },
  cosd: { arity: 1, of: (a) => Math.cos(a * DEGREE) },
  tand: { arity: 1, of: (a) => Math.tan(a * DEGREE) },
  asin: { arity: 1, of: Math.asin },
  acos: { arity: 1, of: Math.acos },
  atan: { arity: 1, of: Math.atan },
  sinh: { arity: 1, of: Math.sinh },
  cosh: { arity: 1, of: Math.cosh },
  tanh: { arity: 1, of: Math.tanh },
  erf: { arity: 1, of: erf },
  erfc: { arity: 1, of: erfc },
  gamma: { arity: 1, of: (a) => Math.exp(lnGamma(a)) },
  atan2: { arity: 2, of: Math.atan2 },
  max: { arity: 2, of: Math.max },
  min: { arity: 2, of: Math.min },
};

interface Token {
  readonly kind: "number" | "name" | "sign" | "end";
  readonly text: string;
  readonly position: number;
}

/**
 * Compiles an arithmetic expression:  + - * / ^ (also **), brackets, functions, numbers, names (letters, digits, "_", "."; `2:name` for one of another
 * data group, `bkg:name` for one of the background model).
 *
 *   sum = product {(+|-) product},  product = signed {(*|/) signed},  signed = {+|-} power,  power = atom [^ signed]
 *
 * so that -2^2 is -4 and 2^3^2 is 2^9. Throws FormulaError.
 */
export function parseFormula(text: string): Formula {
  const tokens = tokenize(text);
  const names: string[] = [];
  let next = 0;
  const take = (...signs: string[]): string | undefined => {
    const { kind, text: found } = tokens[next];
    if (kind !== "sign" || !signs.includes(found)) return undefined;
    next++;
    return found;
  };
  const expect = (sign: string) => {
    if (take(sign) === undefined)
      throw new FormulaError(`expected ${sign}${found(tokens[next])}`, tokens[next].position);
  };

  function sum(): Node {
    let left = product();
    for (let sign = take("+", "-"); sign !== undefined; sign = take("+", "-")) {
      const [a, b] = [left, product()];
      left = sign === "+" ? (v) => a(v) + b(v) : (v) => a(v) - b(v);
    }
    return left;
  }

  function product(): Node {
    let left = signed();
    for (let sign = take("*", "/"); sign !== undefined; sign = take("*", "/")) {
      const [a, b] = [left, signed()];
      left = sign === "*" ? (v) => a(v) * b(v) : (v) => a(v) / b(v);
    }
    return left;
  }

  function signed(): Node {
    const sign = take("+", "-");
    if (sign === undefined) return power();
    const of = signed();
    return sign === "+" ? of : (v) => -of(v);
  }

  function power(): Node {
    const base = atom();
    if (take("^", "**") === undefined) return base;
    const exponent = signed();
    return (v) => base(v) ** exponent(v);
  }

  function atom(): Node {
    const token = tokens[next];
    if (take("(") !== undefined) {
      const inner = sum();
      expect(")");
      return inner;
    }
    next++;
    if (token.kind === "number") {
      const value = Number(token.text);
      return () => value;
    }
    if (token.kind === "name") return take("(") === undefined ? variable(token) : call(token);
    throw new FormulaError(`expected a number, a name or a bracket${found(token)}`, token.position);
  }

  function variable({ text: name }: Token): Node {
    const lower = name.toLowerCase();
    const known = names.findIndex((each) => each.toLowerCase() === lower);
    const index = known >= 0 ? known : names.push(name) - 1;
    return (v) => v[index];
  }

  function call({ text: name, position }: Token): Node {
    const known = Object.hasOwn(FUNCTIONS, name.toLowerCase()) ? FUNCTIONS[name.toLowerCase()] : undefined;
    if (known === undefined)
      throw new FormulaError(
        `there is no function ${name}; there are ${Object.keys(FUNCTIONS).join(", ")}`,
        position,
      );
    const a = sum();
    if (known.arity === 1) {
      expect(")");
      return (v) => known.of(a(v), 0);
    }
    expect(",");
    const b = sum();
    expect(")");
    return (v) => known.of(a(v), b(v));
  }

  const evaluate = sum();
  if (tokens[next].kind !== "end")
    throw new FormulaError(`expected an operator${found(tokens[next])}`, tokens[next].position);
  return { text: text.trim(), names, evaluate };
}

function found({ kind, text }: Token): string {
  return kind === "end" ? ", but the formula ends" : `, found "${text}"`;
}

function tokenize(text: string): Token[] {
  const pattern =
    /\s*(?:((?:\d+:)?(?:[A-Za-z]\w*:)?[A-Za-z_][\w.]*)|((?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)|(\*\*|[-+*/^(),]))/y;
  const tokens: Token[] = [];
  while (text.slice(pattern.lastIndex).trim() !== "") {
    const start = pattern.lastIndex;
    const match = pattern.exec(text);
    if (match === null) {
      const position = start + text.slice(start).search(/\S/);
      throw new FormulaError(`"${text[position]}" means nothing here`, position);
    }
    const [whole, name, number, sign] = match;
    const symbol = number ?? name ?? sign;
    const kind = number !== undefined ? "number" : name !== undefined ? "name" : "sign";
    tokens.push({ kind, text: symbol, position: start + whole.length - symbol.length });
  }
  tokens.push({ kind: "end", text: "", position: text.length });
  return tokens;
}
