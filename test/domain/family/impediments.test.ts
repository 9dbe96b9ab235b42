import type { FamilyLink } from '../../../domain/family/graph';
import { addDays, type LocalDate } from '../../../domain/time';
import { impedimentsTo } from '../../../workflows/case-types/family-registration/impediments';
import { familyPolicy } from '../../../workflows/case-types/family-registration/policy';

const ON = '2026-11-20';
const policy = familyPolicy('2024-1');
const { value: waiting } = policy.waitingDays;
const couple = { husband: 'p_husband', wife: 'p_wife', on: ON };

const married = (husband: string, wife: string, to?: LocalDate): FamilyLink => ({
  person: husband,
  relative: wife,
  kind: 'spouse',
  from: '2015-01-01',
  ...(to ? { to } : {}),
});
const childOf = (person: string, relative: string, kind: 'father' | 'mother' = 'mother'): FamilyLink => ({
  person,
  relative,
  kind,
  from: '1990-01-01',
});
const found = (...graph: FamilyLink[]) => impedimentsTo(couple, graph, policy);

test.each([
  ['ended on the day', ON, ['waiting-period']],
  ['ended on the last day that counts', addDays(ON, 1 - waiting), ['waiting-period']],
  ['ended long enough before', addDays(ON, -waiting), []],
])('a marriage of the wife that %s', (_, to, impediments) => {
  expect(found(married('p_former', 'p_wife', to))).toEqual(impediments);
});

test('they may marry each other again at once', () => {
  expect(found(married('p_husband', 'p_wife', addDays(ON, -10)))).toEqual([]);
});

describe('kin by marriage', () => {
  const sisters = [childOf('p_wife', 'p_mother'), childOf('p_sister', 'p_mother')];
  test.each([
    ['the sister of a wife', [married('p_husband', 'p_sister'), ...sisters], true],
    ['the sister of a wife of before', [married('p_husband', 'p_sister', '2020-01-01'), ...sisters], false],
    ["a former wife's mother", [married('p_husband', 'p_young', '2020-01-01'), childOf('p_young', 'p_wife')], true],
    ["a former wife's daughter", [married('p_husband', 'p_old', '2020-01-01'), childOf('p_wife', 'p_old')], true],
    [
      "the father's widow",
      [married('p_father', 'p_wife', '2020-01-01'), childOf('p_husband', 'p_father', 'father')],
      true,
    ],
    [
      "the brother's widow",
      [
        married('p_brother', 'p_wife', '2020-01-01'),
        childOf('p_husband', 'p_father', 'father'),
        childOf('p_brother', 'p_father', 'father'),
      ],
      false,
    ],
    ['a stranger beside a wife', [married('p_husband', 'p_other')], false],
  ])('%s', (_, graph, kin) => {
    expect(found(...graph)).toEqual(kin ? ['kin-by-marriage'] : []);
  });
});
