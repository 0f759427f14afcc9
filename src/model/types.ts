import type { VectorMath } from "../math/vector.ts";

/** One parameter of a spectral model, named and limited as in XSPEC. */
export interface Parameter {
  readonly name: string;
  /** As shown to users; "" for a pure number. */
  readonly unit: string;
  readonly default: number;
  /** Hard limits. */
  readonly min: number;
  readonly max: number;
  /** Soft limits; the hard ones where absent. */
  readonly softMin?: number;
  readonly softMax?: number;
  /** Step of a fit; negative: fixed unless freed. */
  readonly delta: number;
}

/** What evaluation depends on besides parameters. */
export interface PhysicsSettings {
  /** Abundance table: angr, wilm, ... */
  readonly abund: string;
  /** Photoionisation cross-sections: vern, bcmc, obcm. */
  readonly xsect: string;
  readonly vector: VectorMath;
}

/**
 * Fills `out` (E) for parameter values `theta` (P of this model).
 * Additive: photons/cm2/s in each bin. Multiplicative: mean factor of each bin. Convolution: `out` holds the
 * spectrum to be convolved and receives the result.
 */
export type Evaluate = (out: Float64Array, theta: ArrayLike<number>) => void;

export interface Model {
  readonly kind: "additive" | "multiplicative" | "convolution";
  /** XSPEC's name in lower case. */
  readonly name: string;
  /** One line for lists. */
  readonly summary: string;
  /** Formula in plain text. */
  readonly formula: string;
  /** Papers. */
  readonly reference: string;
  readonly parameters: readonly Parameter[];
  /** Convolutions: the kind of model that they act on. */
  readonly operand?: "additive" | "multiplicative";
  /** Convolutions: false where the result does not grow with what it acts on (a flux is given). */
  readonly scales?: false;
  /** Published file of the grid that it needs; it is then written with the user's file, `nsatmos{nsatmosdata.fits}`. */
  readonly grid?: string;
  /** Does once what depends on the energy grid (edges (E+1), keV, ascending) alone. */
  prepare(edges: Float64Array, settings: PhysicsSettings): Evaluate;
}

/** A parameter of an expression, such as `tbabs.nH` or `powerlaw_2.norm`. */
export interface ModelParameter extends Parameter {
  /** `component.parameter`. */
  readonly path: string;
  readonly component: string;
}

/** A parsed expression. `parameters` lists those of all components in order. */
export interface ModelExpression {
  /** As the user wrote it. */
  readonly text: string;
  readonly kind: "additive" | "multiplicative";
  readonly components: readonly {
    readonly label: string;
    readonly model: Model;
    /** True for those of the background model. */
    readonly background?: boolean;
  }[];
  readonly parameters: readonly ModelParameter[];
  /** Evaluator of the source's model, which is the whole one but for a background, on a grid; theta (P) follows `parameters`. */
  prepare(edges: Float64Array, settings: PhysicsSettings): Evaluate;
  /** The model of a background that is fitted jointly, as a function of the same theta; absent where there is none. */
  readonly background?: { prepare(edges: Float64Array, settings: PhysicsSettings): Evaluate };
}
