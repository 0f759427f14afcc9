import { toSvg } from "../plot/index.ts";
import type { Citation } from "./citations.ts";
import type { NamedFigure } from "./output-figures.ts";

/** What the reports of all methods show besides their result. */
export function reportCommon(
  figures: readonly NamedFigure[],
  { config, citations = [] }: { readonly config: string; readonly citations?: readonly Citation[] },
) {
  return {
    figures: figures.map(({ title, caption, scene }) => ({
      title,
      caption,
      svg: toSvg(scene, { inline: true }),
    })),
    command: "xnpe fit --config config.yml",
    config,
    citations: citations.map(({ text, use, doi }) => ({
      text: `${text} (${use})`,
      ...(doi === undefined ? {} : { url: `https://doi.org/${doi}` }),
    })),
  };
}
