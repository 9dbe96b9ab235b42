import type { Concerned } from '../../../domain/family/recusal';
import type { LocalDate } from '../../../domain/time';
import type { AppealFile } from './file';
import { appealPolicy } from './policy';

interface AppealedFacts {
  readonly reporter?: string;
  readonly parties?: Readonly<Record<string, string>>;
  readonly witnesses?: readonly string[];
  readonly on?: LocalDate;
}

/** Everybody in the appealed case: its subject, and whom its facts name. */
export function concernedIn({ subject, admitted, policyVersion }: AppealFile): Concerned {
  const { reporter, parties, witnesses, on } = (admitted?.original.facts ?? {}) as AppealedFacts;
  return {
    people: [...new Set([subject, ...(reporter ? [reporter] : []), ...Object.values(parties ?? {})])],
    ...(witnesses ? { witnesses } : {}),
    ...(on ? { days: [on] } : {}),
    policy: appealPolicy(policyVersion),
  };
}
