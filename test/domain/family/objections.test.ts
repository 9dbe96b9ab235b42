import { objectionTo } from '../../../domain/family/objections';
import type { FamilyLink } from '../../../domain/family/graph';
import type { LocalDate } from '../../../domain/time';

const limits = { wives: 4, husbands: 1, parentAge: 12, posthumousDays: 300 };
const marriage = (to?: LocalDate): FamilyLink[] => [
  { person: 'p_husband', relative: 'p_wife', kind: 'spouse', from: '2020-01-01', ...(to ? { to } : {}) },
];
const divorcedOn = (on: string, to?: string, husbandDiedOn?: string) =>
  objectionTo(
    { kind: 'divorce', on, husband: 'p_husband', wife: 'p_wife' },
    {
      links: marriage(to),
      people: {
        p_husband: { bornOn: '1980-01-01', ...(husbandDiedOn ? { diedOn: husbandDiedOn } : {}) },
        p_wife: { bornOn: '1985-01-01' },
      },
    },
    limits,
  );

test.each([
  ['married that day and since', '2026-03-01', undefined, undefined, undefined],
  ['divorced already', '2026-03-01', '2025-06-01', undefined, 'married-to-each-other'],
  ['not married yet', '2019-03-01', undefined, undefined, 'married-to-each-other'],
  ['widowed since', '2026-03-01', '2026-04-01', '2026-04-01', 'marriage-ended-by-death'],
  ['widowed before', '2026-05-01', '2026-04-01', '2026-04-01', 'married-to-each-other'],
  ['divorced before the death', '2026-03-01', '2026-02-01', '2026-04-01', 'married-to-each-other'],
])('a divorce of two who were %s', (_, on, to, died, objection) => {
  expect(divorcedOn(on, to, died)).toBe(objection);
});
