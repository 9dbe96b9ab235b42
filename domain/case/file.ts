import type { Instant } from '../time';
import type { Actor, CaseFile, Decision, Filing } from './model';

/**
 * What the file of any case begins with; its type adds its own.
 * @param inForce the policy of the day of the filing: what the log says goes before it, so that no row that is added later changes a case
 */
export const openFile = (filing: Filing, inForce: string): CaseFile & { readonly stage: 'SUBMITTED' } => ({
  id: filing.caseId,
  type: filing.type,
  version: 0,
  stage: 'SUBMITTED',
  stageSince: filing.filedAt,
  pausedMs: 0,
  channel: filing.channel,
  clientId: filing.clientId,
  subject: filing.subject,
  office: filing.office,
  filedAt: filing.filedAt,
  policyVersion: filing.policyVersion ?? inForce,
  ...(filing.parent ? { parent: filing.parent } : {}),
  ...(filing.appeal ? { appeal: filing.appeal } : {}),
  decisions: [],
});

/** The file's decisions and one more, by the rules as the case's policy version has them. */
export const decided = (
  file: Pick<CaseFile, 'decisions' | 'policyVersion'>,
  { at, actor }: { readonly at: Instant; readonly actor: Actor },
  what: string,
  rules: readonly string[],
  reasonRef?: string,
): readonly Decision[] => [
  ...file.decisions,
  {
    what,
    at,
    by: actor,
    rules: rules.map((rule) => ({ rule, version: file.policyVersion })),
    ...(reasonRef ? { reasonRef } : {}),
  },
];
