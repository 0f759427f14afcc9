import type { Scene } from "./scene.ts";
import { type SvgOptions, toSvg } from "./svg.ts";

export interface PngOptions extends SvgOptions {
  /** Paths of TrueType files; DejaVu Sans is what the layout is measured with. */
  readonly fontFiles: readonly string[];
  /** Default 200. */
  readonly dpi?: number;
}

/** The bitmap, or why there is none: the renderer is an optional dependency. */
export type PngResult = { readonly png: Uint8Array } | { readonly unavailable: string };

/** The scene as PNG, drawn from its SVG by resvg (`@resvg/resvg-js`, loaded on first use). Node only. */
export async function toPng(scene: Scene, { fontFiles, dpi = 200, ...svg }: PngOptions): Promise<PngResult> {
  const renderer = await loadRenderer();
  if (typeof renderer === "string") return { unavailable: renderer };
  const image = new renderer.Resvg(toSvg(scene, svg), {
    font: { fontFiles: [...fontFiles], loadSystemFonts: false, defaultFontFamily: "DejaVu Sans" },
    fitTo: { mode: "width", value: Math.round((scene.width / 72) * dpi) },
  });
  return { png: Uint8Array.from(image.render().asPng()) };
}

async function loadRenderer(): Promise<typeof import("@resvg/resvg-js") | string> {
  try {
    return await import("@resvg/resvg-js");
  } catch (error) {
    const reason = error instanceof Error ? error.message.split("\n")[0] : String(error);
    return `PNG needs the optional package @resvg/resvg-js, which does not load here (${reason})`;
  }
}
