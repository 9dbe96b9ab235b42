import { nameTokens } from '../arabic-names';
import { daysBetween, type LocalDate } from '../time';

/** A birth as far as two reports of it can be compared. Names are personal data: the score is computed where they may be read. */
export interface BirthSketch {
  readonly name: string;
  readonly on: LocalDate;
  readonly sex: 'M' | 'F';
  readonly father: string;
  readonly mother: string;
}

export interface ScoreReason {
  readonly rule:
    'same-name' | 'similar-name' | 'same-date' | 'near-date' | 'same-mother' | 'same-father' | 'same-sex' | 'other-sex';
  readonly points: number;
}

export interface DuplicateScore {
  /** 0 to 100. */
  readonly score: number;
  /** What it is made of; the points add up to it before it is cut to 0 and 100. */
  readonly reasons: readonly ScoreReason[];
}

/** What each likeness is worth. `nearDays`: two dates no further apart are one birth, or twins. */
export interface DuplicateWeights {
  readonly sameName: number;
  readonly similarName: number;
  readonly sameDate: number;
  readonly nearDate: number;
  readonly nearDays: number;
  readonly sameMother: number;
  readonly sameFather: number;
  readonly sameSex: number;
  readonly otherSex: number;
}

/** Share of the shorter name's words that the other has too; 1 for the same name in other spelling. */
export function nameLikeness(a: string, b: string): number {
  const first = new Set(nameTokens(a));
  const second = new Set(nameTokens(b));
  if (first.size === 0 || second.size === 0) return 0;
  let shared = 0;
  for (const token of first) if (second.has(token)) shared++;
  return shared / Math.min(first.size, second.size);
}

/** How sure it is that two reports tell of one birth. */
export function scoreBirths(a: BirthSketch, b: BirthSketch, weights: DuplicateWeights): DuplicateScore {
  const reasons: ScoreReason[] = [];
  const likeness = nameLikeness(a.name, b.name);
  if (likeness === 1) reasons.push({ rule: 'same-name', points: weights.sameName });
  else if (likeness >= 0.5) reasons.push({ rule: 'similar-name', points: weights.similarName });
  const apart = Math.abs(daysBetween(a.on, b.on));
  if (apart === 0) reasons.push({ rule: 'same-date', points: weights.sameDate });
  else if (apart <= weights.nearDays) reasons.push({ rule: 'near-date', points: weights.nearDate });
  if (a.mother === b.mother) reasons.push({ rule: 'same-mother', points: weights.sameMother });
  if (a.father === b.father) reasons.push({ rule: 'same-father', points: weights.sameFather });
  reasons.push(
    a.sex === b.sex ? { rule: 'same-sex', points: weights.sameSex } : { rule: 'other-sex', points: weights.otherSex },
  );
  const sum = reasons.reduce((points, reason) => points + reason.points, 0);
  return { score: Math.max(0, Math.min(100, sum)), reasons };
}
