import type { ModelExpression } from "./types.ts";

/** True where the whole spectrum is multiplied by a factor when all norms are: no convolution in it sets a flux. */
export function scalesWithNorms({ components }: Pick<ModelExpression, "components">): boolean {
  return components.every(({ model }) => model.scales !== false);
}
