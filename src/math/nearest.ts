/**
 * The name most like `name` in `known`, ignoring case; undefined when nothing is close (more than half of the letters,
 * and more than two, would have to change). A known name that begins with what was typed counts as close, so that
 * XSPEC's abbreviations (`po`, `bbodyr`) find their model.
 *
 * Distance: Damerau-Levenshtein with adjacent swaps (optimal string alignment).
 */
export function nearestName(name: string, known: readonly string[]): string | undefined {
  const typed = name.toLowerCase();
  const limit = Math.max(2, Math.floor(typed.length / 2));
  let best: string | undefined;
  let least = limit + 1;
  for (const candidate of known) {
    const target = candidate.toLowerCase();
    const starts = typed.length >= 2 && target.startsWith(typed);
    const changes = starts ? Math.min(1, target.length - typed.length) : editDistance(typed, target);
    if (changes < least) {
      least = changes;
      best = candidate;
    }
  }
  return best;
}

/** `; did you mean X?`, or nothing when no known name is close. */
export function suggestion(name: string, known: readonly string[]): string {
  const nearest = nearestName(name, known);
  return nearest === undefined ? "" : `; did you mean ${nearest}?`;
}

function editDistance(a: string, b: string): number {
  let beforeLast: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const change = a[i - 1] === b[j - 1] ? 0 : 1;
      row[j] = Math.min(last[j] + 1, row[j - 1] + 1, last[j - 1] + change);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) {
        row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
      }
    }
    beforeLast = last;
    last = row;
  }
  return last[b.length];
}
