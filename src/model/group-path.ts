const PREFIX = /^\s*(\d+)\s*:\s*(.*)$/s;

/** The data group that a path such as `2:powerlaw.norm` names, from 1, and the rest of it; 1 where there is none. */
export function splitGroup(path: string): { readonly group: number; readonly name: string } {
  const match = PREFIX.exec(path);
  return match === null ? { group: 1, name: path } : { group: Number(match[1]), name: match[2] };
}
