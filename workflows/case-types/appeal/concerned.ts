import type { Filing } from '../../../domain/case/model';
import type { Concerned } from '../../../domain/family/recusal';
import type { LocalDate } from '../../../domain/time';
import type { AppealFile } from './file';
import { appealPolicy } from './policy';

interface AppealedFacts {
  readonly reporter?: string;
  readonly guardian?: string;
  readonly parties?: Readonly<Record<string, string>>;
  readonly witnesses?: readonly string[];
  readonly on?: LocalDate;
}

/** Whose case it is: whom it is about, who applied, and whoever has a part in the event. */
export function partiesTo({ subject, facts }: Filing): string[] {
  const { reporter, guardian, parties = {} } = facts as AppealedFacts;
  return [subject, reporter, guardian, ...Object.values(parties)].filter((person) => person !== undefined);
}

/** The appellant, and everybody in the appealed case. */
export function concernedIn({ subject, admitted, policyVersion }: AppealFile): Concerned {
  const { witnesses, on } = (admitted?.original.facts ?? {}) as AppealedFacts;
  return {
    people: [...new Set([subject, ...(admitted ? partiesTo(admitted.original) : [])])],
    ...(witnesses ? { witnesses } : {}),
    ...(on ? { days: [on] } : {}),
    policy: appealPolicy(policyVersion),
  };
}
