import type { Run } from "./richText.ts";
import type { Anchor, Paint } from "./scene.ts";

/** What a back end draws: coordinates in points, y downwards. */
export type Shape =
  | {
      readonly kind: "path";
      /** x, y, x, y, ... */
      readonly lines: readonly (readonly number[])[];
      readonly closed: boolean;
      readonly paint: Paint;
    }
  | {
      /** Discs at x, y, x, y, ... Filled, or only outlined where the paint has no fill. */
      readonly kind: "dots";
      readonly at: readonly number[];
      readonly radius: number;
      readonly paint: Paint;
    }
  | {
      readonly kind: "text";
      /** Baseline's start, middle or end. */
      readonly x: number;
      readonly y: number;
      readonly runs: readonly Run[];
      readonly size: number;
      readonly anchor: Anchor;
      readonly color: string;
      readonly bold: boolean;
      /** Degrees, clockwise. */
      readonly rotate: number;
    }
  | {
      readonly kind: "clip";
      readonly x: number;
      readonly y: number;
      readonly width: number;
      readonly height: number;
      readonly shapes: readonly Shape[];
    };

/** A closed rectangle. */
export function rectangle(x: number, y: number, width: number, height: number, paint: Paint): Shape {
  const ring = [x, y, x + width, y, x + width, y + height, x, y + height];
  return { kind: "path", lines: [ring], closed: true, paint };
}
