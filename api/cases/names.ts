import type { Staff } from '../../adapters/staff/port';
import type { Actor, CaseFile, Recorded } from '../../domain/case/model';
import type { Bilingual } from '../../domain/refusal';
import type { ReviewFile } from '../../workflows/stages/review';
import type { Caller } from '../auth/caller';
import { isPortalOnly } from './access';

/** What colleagues are called, by staff number. Whoever never signed in goes by the number alone. */
export type Names = ReadonlyMap<string, Bilingual>;

export const NOBODY: Names = new Map();

const OF_STAFF: ReadonlySet<Actor['role']> = new Set(['caseworker', 'supervisor', 'committee', 'operator']);
const staffOf = (actors: readonly Actor[]): string[] =>
  actors.filter(({ role }) => OF_STAFF.has(role)).map(({ id }) => id);

/** Whom a case's view names. */
export function staffIn(file: CaseFile & { readonly review?: ReviewFile }): string[] {
  const { claim, recommendation } = file.review ?? {};
  return [
    ...staffOf(file.decisions.map(({ by }) => by)),
    ...(claim ? [claim.by] : []),
    ...(recommendation ? [recommendation.by] : []),
    ...(file.repair ? [file.repair.by] : []),
  ];
}

/** Whom events name: who did it, and to whom a case was given. */
export const staffOfEvents = (events: readonly Recorded[]): string[] => [
  ...staffOf(events.map(({ actor }) => actor)),
  ...events.flatMap(({ event }) => ('to' in event && event.type === 'CaseReassigned' ? [String(event.to)] : [])),
];

/** A portal is never told who. */
export const namesFor = async (staff: Pick<Staff, 'names'>, ids: readonly string[], caller: Caller): Promise<Names> =>
  isPortalOnly(caller) || ids.length === 0 ? NOBODY : staff.names(ids);

/** The name, to be spread into whatever has the number. */
export const named = (names: Names, id: string): { name?: Bilingual } => {
  const name = names.get(id);
  return name ? { name } : {};
};
