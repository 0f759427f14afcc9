import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

/** The sources, looked at from outside: files, what they import and what they export. */

const ROOT = fileURLToPath(new URL("..", import.meta.url));

export interface Source {
  /** Path from the root of the project: `src/npe/base.ts`. */
  readonly path: string;
  readonly text: string;
  /** Specifiers of packages and `node:` modules. */
  readonly packages: readonly string[];
  /** Paths from the root of the project files that it imports, types and dynamic imports among them. */
  readonly files: readonly string[];
}

/** Sources of the program: no tests, no fixtures, no kernels (which are AssemblyScript). */
export function programSources(): Source[] {
  return readdirSync(join(ROOT, "src"), { recursive: true, encoding: "utf8" })
    .map((name) => `src/${name}`)
    .filter((path) => path.endsWith(".ts") && !/\.(test|fixture)\.ts$|\/kernels\//.test(path))
    .sort()
    .map(readSource);
}

export function readSource(path: string): Source {
  const text = readFileSync(join(ROOT, path), "utf8");
  const specifiers = importedNames(ts.createSourceFile(path, text, ts.ScriptTarget.Latest));
  return {
    path,
    text,
    packages: specifiers.filter((name) => !name.startsWith(".")),
    files: specifiers.filter((name) => name.startsWith(".")).map((name) => beside(path, name)),
  };
}

/** Specifiers of imports, exports from elsewhere, `import()` and `typeof import()`. */
function importedNames(tree: ts.SourceFile): string[] {
  const names: string[] = [];
  const visit = (node: ts.Node): void => {
    const specifier =
      ts.isImportDeclaration(node) || ts.isExportDeclaration(node)
        ? node.moduleSpecifier
        : ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword
          ? node.arguments[0]
          : ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)
            ? node.argument.literal
            : undefined;
    if (specifier !== undefined && ts.isStringLiteral(specifier)) names.push(specifier.text);
    ts.forEachChild(node, visit);
  };
  visit(tree);
  return names;
}

function beside(path: string, specifier: string): string {
  return relative(ROOT, join(ROOT, path, "..", specifier));
}

/** Names that a module exports, those of `export *` included; types carry `type ` in front. */
export function exportedNames(path: string): string[] {
  const names: string[] = [];
  const tree = ts.createSourceFile(path, readSource(path).text, ts.ScriptTarget.Latest);
  for (const statement of tree.statements) {
    if (!ts.isExportDeclaration(statement)) continue;
    const { exportClause, moduleSpecifier, isTypeOnly } = statement;
    const from = moduleSpecifier && beside(path, (moduleSpecifier as ts.StringLiteral).text);
    if (exportClause === undefined) names.push(...exportedNames(String(from)));
    else if (ts.isNamespaceExport(exportClause)) {
      const inside = exportedNames(String(from));
      names.push(...inside.map((name) => name.replace(/^(type )?/, `$1${exportClause.name.text}.`)));
    } else
      for (const element of exportClause.elements)
        names.push(`${isTypeOnly || element.isTypeOnly ? "type " : ""}${element.name.text}`);
  }
  const bare = (name: string) => name.replace("type ", "");
  return names.sort((a, b) => (bare(a) < bare(b) ? -1 : 1));
}
