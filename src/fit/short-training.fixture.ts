import type { Recipe } from "../npe/recipe.ts";

/** A recipe with a training of a second: where laws do not ask for a good network. */
export const shortened = (recipe: Recipe): Recipe => ({ ...recipe, steps: 200, warmup: 20 });
