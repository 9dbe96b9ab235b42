import { createHash } from 'node:crypto';

/**
 * A number in [0, 1) that follows from its parts alone: the same seed, request and attempt meet the same fate in every
 * run, however requests interleave.
 */
export function chance(...parts: readonly (string | number)[]): number {
  let h = 0x811c9dc5;
  for (const part of parts) {
    const text = String(part);
    for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
    h = Math.imul(h ^ 0x1f, 0x01000193);
  }
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return ((h ^ (h >>> 16)) >>> 0) / 0x1_0000_0000;
}

/** A whole number of milliseconds in [min, max], by `chance`. */
export const between = (range: { readonly min: number; readonly max: number }, roll: number): number =>
  range.min + Math.floor(roll * (range.max - range.min + 1));

/** An id that follows from what it names, so that a replayed ledger gives the same one. */
export const idOf = (prefix: string, ...parts: readonly (string | number)[]): string =>
  `${prefix}_${createHash('sha256').update(parts.join('\n')).digest('hex').slice(0, 24)}`;
