import { eventView } from '../../api/cases/events-view';
import { textOf } from '../../api/cases/texts';
import { caseView } from '../../api/cases/view';
import type { Caller } from '../../api/auth/caller';
import type { AnyEvent, CaseFile, CaseType } from '../../domain/case/model';
import { caseTypes } from '../../workflows/case-types';
import { admissibilityRules } from '../../workflows/case-types/appeal/admissibility';
import { eligibilityRules } from '../../workflows/case-types/family-registration/eligibility';
import { validationRules } from '../../workflows/case-types/id-renewal/eligibility';
import { preparedRules } from '../../workflows/case-types/record-amendment/correction';

const at = '2026-11-01T08:00:00.000Z';
const rulesOf: Readonly<Record<string, readonly string[]>> = {
  'id-renewal': validationRules,
  'family-registration': eligibilityRules,
  appeal: admissibilityRules,
  'record-amendment': preparedRules,
};

const typeAndRule = caseTypes.flatMap((type) =>
  (rulesOf[type.type] ?? []).map((rule): [string, string, CaseType] => [type.type, rule, type]),
);

test.each(typeAndRule)(
  'of %s, %s is told in other words where it held than where it spoke against',
  (_, rule, type) => {
    const { passed, rules } = type.texts;
    expect(passed[rule]).toMatchObject({ ar: expect.stringMatching(/./), en: expect.stringMatching(/./) });
    const refusal: readonly string[] = Object.values(rules[rule] ?? {});
    expect(Object.values(passed[rule] ?? {}).filter((text) => refusal.includes(text))).toEqual([]);
  },
);

test.each(caseTypes)('$type: no words are left for a rule that is never checked', ({ type, texts }) => {
  expect(Object.keys(texts.passed).sort()).toEqual([...(rulesOf[type] ?? [])].sort());
});

const caller: Caller = { id: 'staff-101', roles: ['caseworker'], office: 'riyadh-1', until: 0 };

/** A decision of this file by these rules, as somebody reads it. */
const read = (type: CaseType, what: string, rules: readonly string[]) => {
  const filing = { caseId: 'c', type: type.type, facts: {}, filedAt: at, office: 'riyadh-1' } as never;
  const file = {
    ...type.open(filing),
    decisions: [
      { what, at, by: { id: 'tajdid', role: 'system' }, rules: rules.map((rule) => ({ rule, version: '1' })) },
    ],
  } as CaseFile;
  return caseView(type, file, caller, at).decisions[0]?.rules.map(({ text }) => text);
};

test.each(caseTypes)('$type: what was found to hold is read as that, in the decision and in the history', (type) => {
  const rules = rulesOf[type.type] ?? [];
  const { event, decision } = type.passes;
  const held = rules.map((rule) => textOf(type, 'passed', rule));
  expect(read(type, decision, rules)).toEqual(held);
  const recorded = { caseId: 'c', version: 1, at, actor: { id: 'tajdid', role: 'system' }, cause: 'c' } as const;
  const seen = { type, file: { type: type.type } as CaseFile };
  expect(eventView(seen, { ...recorded, event: { type: event, rules } as AnyEvent }, false).words).toEqual(held);
  expect(read(type, 'refused', rules)).toEqual(rules.map((rule) => textOf(type, 'rules', rule)));
});
