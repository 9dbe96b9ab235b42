/** Edits (insert, delete, replace) from one word to the other. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, j) => j);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      const replaced = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(replaced, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

const LONGEST = 64;
const MOST_WRONG = 4;

/** The known word that was probably meant: at most a third of it differs, and never much. */
export function nearest(word: string, known: readonly string[]): string | undefined {
  if (word.length > LONGEST) return undefined;
  let best: { word: string; edits: number } | undefined;
  for (const each of known) {
    const edits = distance(word.toLowerCase(), each.toLowerCase());
    const few = Math.min(MOST_WRONG, Math.max(1, Math.floor(each.length / 3)));
    if (edits <= few && (!best || edits < best.edits)) best = { word: each, edits };
  }
  return best?.word;
}
