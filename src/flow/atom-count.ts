/** Atoms a group: as many as wanted, but at least 2 and at most the rows that there are to choose from. */
export const atomCount = (wanted: number, rows: number): number => Math.max(2, Math.min(wanted, rows));
