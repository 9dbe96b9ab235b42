import { actionRule } from '../../domain/case/core';
import { caseTypes } from '../../workflows/case-types';
import type { ProblemCode } from '../problems/catalogue';

/** What any action can be refused with. */
const EVERY_ACTION: readonly ProblemCode[] = [
  'case-not-found',
  'unknown-action',
  'if-match-missing',
  'if-match-unreadable',
  'stale-version',
  'another-office',
  'four-eyes',
  'supervisor-only',
  'action-forbidden',
  'case-closed',
  'on-hold',
  'incident',
  'not-in-this-status',
  'already-on-hold',
  'not-on-hold',
  'no-incident',
  'retry-under-way',
  'claimed-by-another',
  'not-claimed',
  'action-not-allowed-now',
  'returned-items-missing',
  'document-not-usable',
  'action-input-refused',
  'validation-failed',
  'unknown-field',
  'person-erased',
  'engine-silent',
  'temporarily-unavailable',
];

/** And what only some can. */
const SOME_ACTIONS: Readonly<Record<string, readonly ProblemCode[]>> = {
  consent: ['consent-not-asked', 'consent-answered'],
  'refuse-consent': ['consent-not-asked', 'consent-answered'],
  'withdraw-consent': ['consent-not-asked', 'consent-not-given'],
  'accept-notice': ['notice-still-awaited'],
  'reject-notice': ['notice-still-awaited'],
  vote: ['voted-already', 'rule-waived', 'rule-needed'],
  reject: ['rule-waived'],
  'recommend-rejection': ['rule-waived'],
  reassign: ['took-part'],
  'same-event': ['no-such-candidate', 'candidate-gone', 'candidate-filed-later'],
  allow: ['rule-not-contested', 'rule-cannot-be-waived'],
  cancel: ['not-your-request'],
};

/** The look-ups that begin with whose kin the official is; whoever decides on a candidate is asked that too. */
const ABOUT_KIN: ReadonlySet<string> = new Set(['kinship', 'kin-of-colleague', 'candidate']);

export function problemsOfAction(action: string): ProblemCode[] {
  const asksForKin = caseTypes.some((type) => ABOUT_KIN.has(actionRule(type, action)?.needs ?? ''));
  return [
    ...EVERY_ACTION,
    ...(asksForKin ? (['related-official', 'official-unknown', 'took-part'] as const) : []),
    ...(SOME_ACTIONS[action] ?? []),
  ];
}
