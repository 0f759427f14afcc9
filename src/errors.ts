/** Where a fault in the user's input lies. Fields that do not apply are absent. */
export interface Where {
  readonly file?: string;
  readonly hdu?: string;
  /** Keyword, column, option or configuration path. */
  readonly key?: string;
  readonly line?: number;
  readonly column?: number;
}

/**
 * A fault in what the user gave. The message says what was expected, what was found and what to do;
 * `where` is put in front of it: `rmf.fits[MATRIX]: ...`, `config.yml:3:14 prior: ...`.
 */
export class InputError extends Error {
  readonly where: Where;

  constructor(message: string, where: Where = {}, options?: { cause?: unknown }) {
    super(locate(where) + message, options);
    this.name = "InputError";
    this.where = where;
  }
}

function locate({ file, hdu, key, line, column }: Where): string {
  const position = line === undefined ? "" : `:${line}${column === undefined ? "" : `:${column}`}`;
  const place = `${file ?? ""}${position}${hdu === undefined ? "" : `[${hdu}]`}`;
  const parts = [place, key ?? ""].filter((part) => part !== "");
  return parts.length === 0 ? "" : `${parts.join(" ")}: `;
}
