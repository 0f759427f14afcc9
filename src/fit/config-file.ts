import { InputError } from "../errors.ts";
import { type ConfigLayer, isRecord } from "./config-layer.ts";

/**
 * The settings of a YAML text, with line and column of every key and value.
 * Throws InputError at the first fault of syntax (`run.yml:3:14: ...`).
 */
export async function parseConfigFile(text: string, file: string): Promise<ConfigLayer> {
  const yaml = await import("yaml");
  const lines = new yaml.LineCounter();
  const document = yaml.parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const place = (offset: number) => {
    const { line, col } = lines.linePos(offset);
    return { file, line, column: col };
  };
  const fault = document.errors[0];
  if (fault !== undefined) {
    throw new InputError(
      `this is not YAML (${fault.message}); expected lines of the form "key: value"`,
      place(fault.pos[0]),
    );
  }
  const values: unknown = document.toJS() ?? {};
  if (!isRecord(values)) {
    throw new InputError('expected lines of the form "key: value", found one bare value or list', { file });
  }
  const where: ConfigLayer["where"] = (path, at = "value") => {
    const key = path.join(".");
    const parent = path.length > 1 ? document.getIn(path.slice(0, -1), true) : document.contents;
    const pair = yaml.isMap(parent)
      ? parent.items.find(
          (item) => String(yaml.isScalar(item.key) ? item.key.value : item.key) === String(path.at(-1)),
        )
      : undefined;
    const value = at === "key" ? undefined : document.getIn(path, true);
    const node = yaml.isNode(value) ? value : pair?.key;
    const range = yaml.isNode(node) ? node.range : undefined;
    return range ? { ...place(range[0]), key } : { file, key };
  };
  return { values, where };
}
