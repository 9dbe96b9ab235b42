import { nameLikeness, scoreBirths } from '../../../domain/family/duplicates';
import { kinshipDegree } from '../../../domain/family/kinship';
import type { FamilyGraph } from '../../../domain/family/graph';
import {
  assessReport,
  latenessOf,
  yearsLate,
  type PersonStanding,
} from '../../../workflows/case-types/family-registration/eligibility';
import { familyPolicyOn } from '../../../workflows/case-types/family-registration/policy';

const policy = familyPolicyOn('2026-11-23');
const birthRules = policy.events.birth;
const weights = policy.duplicateWeights.value;

describe('the late fine', () => {
  test.each([
    ['2026-10-24', '2026-11-23', 0],
    ['2026-10-23', '2026-11-23', 1],
    // Counted from the end of the thirty days, as the committee's year is.
    ['2025-10-24', '2026-11-23', 1],
    ['2025-10-23', '2026-11-23', 2],
    ['2024-02-29', '2026-03-30', 2],
    ['2024-02-29', '2026-03-31', 3],
    ['2016-11-23', '2026-11-23', 10],
  ])('for a birth on %s reported on %s is %i times the fifty', (on, today, years) => {
    expect(yearsLate(on, today, birthRules)).toBe(years);
  });

  test('in time up to the thirtieth day, late after it, the committee after a year more', () => {
    expect(latenessOf('2026-10-24', '2026-11-23', birthRules, policy)).toBe('in-time');
    expect(latenessOf('2026-10-23', '2026-11-23', birthRules, policy)).toBe('late');
    expect(latenessOf('2025-10-24', '2026-11-23', birthRules, policy)).toBe('late');
    expect(latenessOf('2025-10-23', '2026-11-23', birthRules, policy)).toBe('over-a-year');
  });
});

describe('the duplicate score', () => {
  const birth = { name: 'سعود بن خالد الحربي', on: '2026-11-01', sex: 'M', father: 'f', mother: 'm' } as const;

  test.each([
    ['hamza and alef', 'أحمد', 'احمد'],
    ['taa marbuta', 'فاطمة', 'فاطمه'],
    ['alef maqsura', 'هدى', 'هدي'],
    ['diacritics and tatweel', 'مُحَمَّد', 'محـــمد'],
    ['spaces', 'عبد الله', 'عبدالله'],
  ])('takes spellings for one name: %s', (_what, a, b) => {
    expect(nameLikeness(a, b)).toBe(1);
  });

  test('explains itself: its points add up', () => {
    const { score, reasons } = scoreBirths(birth, { ...birth, name: 'تركي بن خالد الحربي', on: '2026-11-02' }, weights);
    expect(reasons).toEqual([
      { rule: 'similar-name', points: 20 },
      { rule: 'near-date', points: 15 },
      { rule: 'same-mother', points: 25 },
      { rule: 'same-father', points: 10 },
      { rule: 'same-sex', points: 5 },
    ]);
    expect(score).toBe(75);
  });

  test('is full for the same report, and low for strangers', () => {
    expect(scoreBirths(birth, birth, weights).score).toBe(100);
    expect(
      scoreBirths(
        birth,
        { name: 'نورة بنت علي الغامدي', on: '2024-01-01', sex: 'F', father: 'x', mother: 'y' },
        weights,
      ).score,
    ).toBe(0);
  });
});

test('degrees by the civil method: first cousins are four, half siblings two, second cousins six', () => {
  const child = (person: string, ...parents: string[]): FamilyGraph =>
    parents.map((relative, i) => ({ person, relative, kind: i === 0 ? 'father' : 'mother', from: '1900-01-01' }));
  const graph = [
    ...child('b', 'a'),
    ...child('c', 'a'),
    ...child('d', 'b'),
    ...child('e', 'c'),
    ...child('f', 'd'),
    ...child('g', 'e'),
    ...child('half', 'a', 'other'),
  ];
  expect(kinshipDegree(graph, 'd', 'e')).toBe(4);
  expect(kinshipDegree(graph, 'b', 'half')).toBe(2);
  expect(kinshipDegree(graph, 'f', 'g')).toBe(6);
  expect(kinshipDegree(graph, 'other', 'b')).toBeUndefined();
});

describe('who is asked', () => {
  const someone = (person: string, sex: 'M' | 'F', birthDate = '1985-01-01'): PersonStanding => ({
    person,
    sex,
    birthDate,
    diedOn: null,
    blocked: false,
    hasAddress: true,
    hasCard: true,
    unpaidFines: false,
    identified: false,
    wasIdentified: false,
    revoked: false,
    boreOn: null,
    begotOn: null,
  });
  const people = [someone('f', 'M'), someone('m', 'F')];
  const report = {
    event: 'birth',
    on: '2026-11-20',
    reporter: 'f',
    parties: { father: 'f', mother: 'm' },
    sex: 'M',
  } as const;

  test('the other parent, unless they are married', () => {
    expect(assessReport(report, { people, graph: [] }, policy, '2026-11-23')).toMatchObject({
      consenters: ['m'],
      noticeNeeded: true,
      lateness: 'in-time',
    });
    const graph: FamilyGraph = [{ person: 'f', relative: 'm', kind: 'spouse', from: '2010-01-01' }];
    expect(assessReport(report, { people, graph }, policy, '2026-11-23')).toMatchObject({ consenters: [] });
  });

  test('every rule that speaks against a report is named, and an appeal may waive one', () => {
    const born = { ...report, on: '2026-12-20' };
    const minor = [someone('f', 'M', '2010-01-01'), someone('m', 'F')];
    expect(assessReport(born, { people: minor, graph: [] }, policy, '2026-11-23')).toEqual({
      refusedBy: ['reporter-of-age', 'event-date-in-future'],
    });
    expect(
      assessReport(
        { ...born, appeal: { waived: ['reporter-of-age'] } },
        { people: minor, graph: [] },
        policy,
        '2026-11-23',
      ),
    ).toEqual({ refusedBy: ['event-date-in-future'] });
  });
});
