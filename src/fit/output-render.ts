import { InputError } from "../errors.ts";
import { toPdf, toPng, toSvg } from "../plot/index.ts";
import type { Scene } from "../plot/scene.ts";
import type { OutputFile } from "./output-entries.ts";
import type { NamedFigure } from "./output-figures.ts";

/** DejaVu Sans, which the figures are laid out with: names for PNG, bytes for PDF. */
export interface Fonts {
  readonly files: readonly string[];
  readonly regular: Uint8Array;
  readonly bold?: Uint8Array;
}

/** The figures as `figures/NAME.svg`, `.png` and `.pdf`, and why a kind is missing. */
export async function renderFigures(
  figures: readonly NamedFigure[],
  fonts: Fonts,
): Promise<{ readonly files: readonly OutputFile[]; readonly warnings: readonly string[] }> {
  const files: OutputFile[] = [];
  const warnings = new Set<string>();
  for (const { name, scene } of figures) {
    files.push({ name: `figures/${name}.svg`, bytes: toSvg(scene) });
    const drawn = await toPng(scene, { fontFiles: fonts.files });
    if ("png" in drawn) files.push({ name: `figures/${name}.png`, bytes: drawn.png });
    else warnings.add(drawn.unavailable);
    const { regular, bold } = fonts;
    files.push({
      name: `figures/${name}.pdf`,
      bytes: await toPdf(scene, { fonts: { regular, ...(bold === undefined ? {} : { bold }) } }),
    });
  }
  return { files, warnings: [...warnings] };
}

/** One figure as SVG, PNG or PDF. InputError where PNG cannot be made. */
export async function renderScene(
  scene: Scene,
  format: "svg" | "png" | "pdf",
  { files, regular, bold }: Fonts,
): Promise<Uint8Array | string> {
  if (format === "svg") return toSvg(scene);
  if (format === "pdf") return toPdf(scene, { fonts: { regular, ...(bold !== undefined && { bold }) } });
  const drawn = await toPng(scene, { fontFiles: files });
  if ("png" in drawn) return drawn.png;
  throw new InputError(drawn.unavailable);
}
