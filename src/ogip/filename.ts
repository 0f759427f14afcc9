/** A file name with a choice of HDU and row, as users of FITS tools write it. */
export interface FileName {
  readonly path: string;
  /** Extension name, or number with 0 for the primary: `file[SPECTRUM]`, `file[1]`. */
  readonly hdu?: string | number;
  /** Row of a type II file from 1: `file{3}`. */
  readonly row?: number;
}

/** Splits `path[hdu]{row}`; both parts may be absent. Other brackets stay part of the path. */
export function parseFileName(text: string): FileName {
  const match = /^(.+?)(?:\[([^[\]{}]+)\])?(?:\{(\d+)\})?$/.exec(text.trim());
  if (match === null) return { path: text };
  const [, path, hdu, row] = match;
  return {
    path,
    ...(hdu === undefined ? {} : { hdu: /^\d+$/.test(hdu) ? Number(hdu) : hdu.trim() }),
    ...(row === undefined ? {} : { row: Number(row) }),
  };
}

/** Directory of a path with its separator; "" where there is none. Both kinds of slash count. */
export function directoryOf(path: string): string {
  return path.slice(0, Math.max(path.lastIndexOf("/"), path.lastIndexOf("\\")) + 1);
}

/** Last part of a path. */
export function baseName(path: string): string {
  return path.slice(directoryOf(path).length);
}
