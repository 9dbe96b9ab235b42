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
  vote: ['voted-already'],
  'same-event': ['no-such-candidate', 'candidate-gone', 'candidate-filed-later'],
  claim: ['took-part'],
  uphold: ['took-part'],
  allow: ['took-part', 'rule-not-contested', 'rule-cannot-be-waived'],
  cancel: ['not-your-request'],
};

export function problemsOfAction(action: string): ProblemCode[] {
  // Every look-up of a decision begins with whose kin the official is.
  const asksForKin = caseTypes.some((type) => actionRule(type, action)?.needs !== undefined);
  return [...EVERY_ACTION, ...(asksForKin ? (['related-official'] as const) : []), ...(SOME_ACTIONS[action] ?? [])];
}
