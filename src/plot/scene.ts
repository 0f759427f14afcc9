/** Numbers a figure may be given. */
export type Numbers = ArrayLike<number>;

/** Line and area of a mark. Lengths in points (1/72 inch). No stroke: no line; no fill: no area. */
export interface Paint {
  readonly stroke?: string;
  /** Default 0.8. */
  readonly width?: number;
  readonly dash?: readonly number[];
  readonly fill?: string;
  /** Default 1. */
  readonly opacity?: number;
}

/**
 * One axis. Ticks are chosen by the drawing. Labels of a logarithmic axis: "power" 10^n, "plain" 0.5 1 2,
 * default by range.
 */
export interface Axis {
  readonly scale: "linear" | "log";
  readonly domain: readonly [number, number];
  /** Rich text (richText.ts), one entry a line. Lines longer than the axis are set smaller. */
  readonly label?: string | readonly string[];
  /** True: numbers that would reach over the frame's ends are left out (neighbouring panels). */
  readonly tight?: boolean;
  /** Wanted number of labelled ticks at most; default by length. */
  readonly count?: number;
  readonly labels?: "power" | "plain";
  /** False: ticks without numbers, for stacked panels. */
  readonly tickLabels?: boolean;
  /** Named positions in place of numbers, for lists. */
  readonly names?: readonly { readonly at: number; readonly text: string }[];
  /** "none": no ticks at all (a density's height). */
  readonly ticks?: "none";
}

/** A mark in the data coordinates of its panel. */
export type Mark =
  | { readonly kind: "line"; readonly x: Numbers; readonly y: Numbers; readonly paint: Paint }
  | {
      /** Constant over each bin; neighbouring bins that share an edge are joined. */
      readonly kind: "steps";
      readonly low: Numbers;
      readonly high: Numbers;
      readonly y: Numbers;
      /** Fill down to this value. */
      readonly base?: number;
      readonly paint: Paint;
    }
  | {
      /** Area between two step functions over bins. */
      readonly kind: "stepBand";
      readonly low: Numbers;
      readonly high: Numbers;
      readonly lower: Numbers;
      readonly upper: Numbers;
      readonly paint: Paint;
    }
  | {
      /** Area between two curves. */
      readonly kind: "band";
      readonly x: Numbers;
      readonly lower: Numbers;
      readonly upper: Numbers;
      readonly paint: Paint;
    }
  | {
      readonly kind: "points";
      readonly x: Numbers;
      readonly y: Numbers;
      readonly xLow?: Numbers;
      readonly xHigh?: Numbers;
      readonly yLow?: Numbers;
      readonly yHigh?: Numbers;
      readonly radius: number;
      readonly paint: Paint;
      /** Error bars; default the points' colour, 0.6 pt. */
      readonly bars?: Paint;
    }
  | {
      /** Closed rings of x, y, x, y, ...; inner rings are holes. */
      readonly kind: "contour";
      readonly rings: readonly Numbers[];
      readonly paint: Paint;
    }
  | {
      readonly kind: "rect";
      readonly x: readonly [number, number];
      readonly y: readonly [number, number];
      readonly paint: Paint;
    }
  /** A line across the panel. */
  | { readonly kind: "rule"; readonly x?: number; readonly y?: number; readonly paint: Paint }
  | {
      readonly kind: "text";
      /** Data coordinates, or fractions of the panel from its lower left corner. */
      readonly x: number;
      readonly y: number;
      readonly space?: "data" | "panel";
      readonly text: string;
      readonly size?: number;
      readonly color?: string;
      readonly anchor?: Anchor;
      readonly weight?: "bold";
    };

export type Anchor = "start" | "middle" | "end";

export interface LegendEntry {
  readonly text: string;
  readonly paint: Paint;
  readonly symbol: "line" | "area" | "point" | "dot";
}

/** A framed plot. `x`, `y` is the upper left corner of the frame in points from the figure's. */
export interface Panel {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly xAxis: Axis;
  readonly yAxis: Axis;
  readonly marks: readonly Mark[];
  /** Lines of rich text above the frame. */
  readonly title?: readonly string[];
  readonly titleSize?: number;
  readonly titleAnchor?: "start" | "middle";
  /** Placed where it covers the fewest data. */
  readonly legend?: { readonly entries: readonly LegendEntry[] };
}

/** Text or legend outside the panels, in points from the figure's upper left corner. */
export type Note =
  | {
      readonly kind: "text";
      readonly x: number;
      readonly y: number;
      readonly text: string;
      readonly size?: number;
      readonly color?: string;
      readonly anchor?: Anchor;
      readonly weight?: "bold";
      /** Degrees, clockwise. */
      readonly rotate?: number;
    }
  | {
      readonly kind: "legend";
      /** Upper right corner for "end", upper left for "start". */
      readonly x: number;
      readonly y: number;
      readonly anchor: "start" | "end";
      readonly entries: readonly LegendEntry[];
    };

/** A figure: what `toSvg`, `toPdf` and `toPng` draw. Lengths in points. */
export interface Scene {
  readonly width: number;
  readonly height: number;
  /** Read out by screen readers; not drawn. */
  readonly title: string;
  readonly description: string;
  readonly panels: readonly Panel[];
  readonly notes?: readonly Note[];
}

/** Sizes of text in points. */
export const TEXT_SIZE = { label: 9, tick: 8, title: 9, legend: 8 } as const;
