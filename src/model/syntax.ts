import { InputError } from "../errors.ts";

/** Syntax tree of an expression. `position` is the index of the node's first character. */
export type Syntax =
  | { readonly kind: "component"; readonly name: string; readonly position: number }
  | { readonly kind: "sum" | "product"; readonly terms: readonly Syntax[]; readonly position: number }
  /** A bracket right behind a name: tbabs(powerlaw). */
  | { readonly kind: "argument"; readonly of: Syntax; readonly position: number };

interface Token {
  readonly kind: "name" | "+" | "*" | "(" | ")" | "end";
  readonly text: string;
  readonly position: number;
}

/**
 * Syntax tree of an expression in XSPEC's notation; names are not looked up.
 *
 *   sum     = product { "+" product }
 *   product = factor { "*" factor | bracket }      a bracket may follow without "*": tbabs(powerlaw)
 *   factor  = name | name{file} | bracket
 *   bracket = "(" sum ")"
 *
 * Throws InputError with the column (from 1) of the fault.
 */
export function parseSyntax(text: string): Syntax {
  const tokens = tokenize(text);
  let next = 0;

  function sum(): Syntax {
    const terms = [product()];
    while (tokens[next].kind === "+") {
      next++;
      terms.push(product());
    }
    return join("sum", terms);
  }

  function product(): Syntax {
    const terms = [factor()];
    while (tokens[next].kind === "*" || tokens[next].kind === "(") {
      const star = tokens[next].kind === "*";
      if (star) next++;
      const of = factor();
      terms.push(star ? of : { kind: "argument", of, position: of.position });
    }
    return join("product", terms);
  }

  function factor(): Syntax {
    const token = tokens[next++];
    if (token.kind === "name") return { kind: "component", name: token.text, position: token.position };
    if (token.kind === "(") {
      const inner = sum();
      if (tokens[next].kind !== ")") {
        const end = tokens[next].kind === "end";
        const what = end
          ? `the bracket opened at column ${token.position + 1} is never closed`
          : "expected )";
        throw fault(text, tokens[next], what);
      }
      next++;
      return inner;
    }
    throw fault(text, token, "expected the name of a model or an opening bracket");
  }

  if (tokens[0].kind === "end") throw new InputError("the model expression is empty", { key: "model" });
  const tree = sum();
  if (tokens[next].kind === ")") throw fault(text, tokens[next], "this closing bracket has no opening one");
  if (tokens[next].kind !== "end") throw fault(text, tokens[next], "expected + or * in front of this");
  return tree;
}

function join(kind: "sum" | "product", terms: readonly Syntax[]): Syntax {
  return terms.length === 1 ? terms[0] : { kind, terms, position: terms[0].position };
}

function tokenize(text: string): Token[] {
  const pattern = /\s*(?:([A-Za-z][A-Za-z0-9_]*(?:\{[^{}]*\})?)|([+*()]))/y;
  const tokens: Token[] = [];
  while (pattern.lastIndex < text.length) {
    const start = pattern.lastIndex;
    const match = pattern.exec(text);
    if (match === null) {
      const position = start + text.slice(start).search(/\S|$/);
      if (position >= text.length) break;
      throw fault(
        text,
        { kind: "name", text: text[position], position },
        "this character means nothing here",
      );
    }
    const [whole, name, sign] = match;
    const symbol = name ?? sign;
    const kind = name === undefined ? (sign as "+") : "name";
    tokens.push({ kind, text: symbol, position: start + whole.length - symbol.length });
  }
  tokens.push({ kind: "end", text: "", position: text.length });
  return tokens;
}

function fault(text: string, token: Token, what: string): InputError {
  const found = token.kind === "end" ? "the expression ends" : `found "${token.text}"`;
  return new InputError(`"${text}", column ${token.position + 1}: ${found}; ${what}`, { key: "model" });
}
