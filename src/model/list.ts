import { bbodyrad } from "./bbodyrad.ts";
import { powerlaw } from "./powerlaw.ts";
import { tbabs } from "./tbabs.ts";
import type { Model } from "./types.ts";

/** Every model that an expression may name. A new model is one file and one line here. */
export const models: readonly Model[] = [bbodyrad, powerlaw, tbabs];
