import type { FamilyGraph, FamilyLink } from '../../../domain/family/graph';
import { marriagesClash, objectionTo, type PersonState } from '../../../domain/family/objections';
import type { FamilyEvent } from '../../../domain/family/record';
import { assessReport, type PersonStanding } from '../../../workflows/case-types/family-registration/eligibility';
import type { ReportFacts } from '../../../workflows/case-types/family-registration/events';
import { limitsOf } from '../../../domain/policies/personal-status';
import { familyPolicyOn } from '../../../workflows/case-types/family-registration/policy';

const TODAY = '2026-11-23';
const policy = familyPolicyOn(TODAY);
const limits = limitsOf(policy);

const someone = (person: string, more: Partial<PersonStanding> = {}): PersonStanding => ({
  person,
  sex: 'M',
  birthDate: '1985-01-01',
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
  ...more,
});
const tie = (person: string, kind: FamilyLink['kind'], relative: string, from = '2012-02-02'): FamilyLink => ({
  person,
  relative,
  kind,
  from,
});
const assess = (report: ReportFacts, people: readonly PersonStanding[], graph: FamilyGraph = []) =>
  assessReport(report, { people, graph }, policy, TODAY);

describe('a member identification', () => {
  const son = someone('son', { birthDate: '2012-02-02', hasCard: false });
  const identification = (relation?: ReportFacts['relation'], reporter = 'man'): ReportFacts => ({
    event: 'member-identification',
    on: TODAY,
    reporter,
    parties: { member: 'son' },
    ...(relation ? { relation } : {}),
  });

  test('sends the first card where the member can have it, and none to somebody who was identified before and holds one', () => {
    const father = [tie('son', 'father', 'man')];
    const asked = (member: Partial<PersonStanding>, delivery?: ReportFacts['delivery']) =>
      assess(
        { ...identification(), ...(delivery ? { delivery } : {}) },
        [someone('man'), { ...son, ...member }],
        father,
      );
    expect(asked({})).toMatchObject({ firstCard: 'courier' });
    expect(asked({ hasAddress: false })).toMatchObject({ firstCard: 'pickup' });
    expect(asked({}, { method: 'pickup', office: 'riyadh-1' })).toMatchObject({ firstCard: 'pickup' });
    expect(asked({ hasAddress: false }, { method: 'courier' })).toEqual({ refusedBy: ['national-address'] });
    expect(asked({ hasCard: true })).toEqual({ refusedBy: ['no-card-yet'] });
    expect(asked({ hasCard: true, wasIdentified: true })).toMatchObject({ firstCard: 'none' });
  });

  test('needs no notice of the tie that stands, and a notice of any other', () => {
    const people = [someone('man'), son];
    expect(assess(identification(), people, [tie('son', 'father', 'man')])).toMatchObject({
      noticeNeeded: false,
      relation: 'father',
    });
    expect(assess(identification('father'), people, [tie('son', 'guardian', 'man')])).toMatchObject({
      noticeNeeded: true,
      relation: 'father',
    });
    expect(assess(identification('guardian'), people, [tie('son', 'guardian', 'man')])).toMatchObject({
      noticeNeeded: false,
      relation: 'guardian',
    });
    expect(assess(identification(), people)).toEqual({ refusedBy: ['reporter-has-the-right'] });
  });

  test('enters a mother who is on record as the mother, though she does not say so', () => {
    const people = [someone('woman', { sex: 'F' }), son];
    const graph = [tie('son', 'guardian', 'woman'), tie('son', 'mother', 'woman')];
    expect(assess(identification(undefined, 'woman'), people, graph)).toMatchObject({ relation: 'mother' });
  });

  test('asks a member of age', () => {
    const people = [someone('man'), { ...son, birthDate: '2008-02-02' }];
    expect(assess(identification(), people, [tie('son', 'father', 'man')])).toMatchObject({ consenters: ['son'] });
  });

  test.each<[string, Partial<PersonStanding>, Partial<PersonStanding>, string[]]>([
    ['of somebody of 5', {}, { birthDate: '2021-02-02' }, ['member-age']],
    ['of somebody of 20', { birthDate: '1970-01-01' }, { birthDate: '2006-02-02' }, ['member-age']],
    ['by a woman as the father', { sex: 'F' }, {}, ['parent-sex']],
    ['by a father of ten', { birthDate: '2001-12-12' }, {}, ['parent-too-young']],
    ['of a revoked identity', {}, { blocked: true, revoked: true }, ['not-blocked', 'identity-revoked']],
    ['by the dead', { diedOn: '2026-01-01' }, {}, ['alive']],
  ])('%s is refused', (_what, guardian, member, refusedBy) => {
    const people = [someone('man', guardian), { ...son, ...member }];
    expect(assess(identification('father'), people)).toEqual({
      refusedBy: expect.arrayContaining(refusedBy) as string[],
    });
  });

  test('as a second father is refused', () => {
    const people = [someone('man'), son];
    expect(assess(identification('father'), people, [tie('son', 'father', 'another')])).toEqual({
      refusedBy: ['has-another-parent'],
    });
  });

  test('of a fostered member is for the guardian who has the custody, unless that one died', () => {
    const graph = [tie('son', 'father', 'man'), tie('son', 'guardian', 'keeper')];
    const people = [someone('man'), son];
    expect(assess(identification(), [...people, someone('keeper')], graph)).toEqual({
      refusedBy: ['custodial-guardian'],
    });
    expect(assess(identification(undefined, 'keeper'), [...people, someone('keeper')], graph)).toMatchObject({
      relation: 'guardian',
    });
    expect(assess(identification(), [...people, someone('keeper', { diedOn: '2026-01-01' })], graph)).toMatchObject({
      relation: 'father',
    });
  });
});

describe('a marriage', () => {
  const marriage: ReportFacts = {
    event: 'marriage',
    on: '2026-11-20',
    reporter: 'man',
    parties: { husband: 'man', wife: 'woman' },
  };

  test.each<[string, Partial<PersonStanding>, string[]]>([
    ['of a bride of 17', { birthDate: '2009-01-01' }, ['marriage-age']],
    ['of two men', { sex: 'M' }, ['parent-sex']],
    ['with a revoked identity', { blocked: true, revoked: true }, ['identity-revoked']],
  ])('%s is refused', (_what, wife, refusedBy) => {
    expect(assess(marriage, [someone('man'), someone('woman', { sex: 'F', ...wife })])).toEqual({ refusedBy });
  });

  test('that stands is not registered again', () => {
    const people = [someone('man'), someone('woman', { sex: 'F' })];
    expect(assess(marriage, people, [tie('man', 'spouse', 'woman')])).toEqual({ refusedBy: ['married-already'] });
  });
});

describe('what the register never lets in', () => {
  const born = (on: string): FamilyEvent => ({ kind: 'birth', on, father: 'f', mother: 'm', child: 'c', sex: 'F' });
  const died = (on: string): FamilyEvent => ({ kind: 'death', on, person: 'm' });
  const couple: Record<string, PersonState> = { f: { bornOn: '1980-01-01' }, m: { bornOn: '1985-01-01' } };
  const against = (event: FamilyEvent, people: Record<string, PersonState>, links: FamilyGraph = []) =>
    objectionTo(event, { links, people }, limits);

  test.each<[string, FamilyEvent, Record<string, PersonState>, string | undefined]>([
    ['a mother of one day', born('1985-01-02'), couple, 'parent-too-young'],
    ['a mother of eleven', born('1996-12-31'), couple, 'parent-too-young'],
    ['a mother of twelve', born('1997-01-01'), couple, undefined],
    ['a father who died ten months before', born('2020-11-01'), { ...couple, f: { diedOn: '2020-01-01' } }, undefined],
    ['a father who died years before', born('2022-01-01'), { ...couple, f: { diedOn: '2020-01-01' } }, 'alive'],
    ['a mother who died that day', born('2020-01-01'), { ...couple, m: { diedOn: '2020-01-01' } }, undefined],
    ['a mother who died before', born('2020-01-02'), { ...couple, m: { diedOn: '2020-01-01' } }, 'alive'],
    ['a death before she bore', died('2020-01-01'), { m: { boreOn: '2020-01-02' } }, 'before-later-events'],
    ['a death on the day she bore', died('2020-01-02'), { m: { boreOn: '2020-01-02' } }, undefined],
    ['a death long before he begot', died('2020-01-01'), { m: { begotOn: '2021-01-02' } }, 'before-later-events'],
    ['a death within the ten months', died('2020-01-01'), { m: { begotOn: '2020-10-02' } }, undefined],
    ['a death before the birth', died('1984-12-31'), couple, 'before-birth'],
    ['a second death', died('2020-01-01'), { m: { diedOn: '2019-01-01' } }, 'already-dead'],
    ['a revoked mother', born('2020-01-01'), { ...couple, m: { revoked: true } }, 'identity-revoked'],
  ])('%s: %j', (_what, event, people, objection) => {
    expect(against(event, people)).toBe(objection);
  });

  test('a death before the deceased married', () => {
    expect(against(died('2010-01-01'), couple, [tie('f', 'spouse', 'm', '2011-01-01')])).toBe('before-later-events');
  });

  test('a second mother, whoever says so', () => {
    const links = [tie('c', 'mother', 'other')];
    const identified = { kind: 'member-identification', on: TODAY, guardian: 'm', member: 'c' } as const;
    expect(against({ ...identified, relation: 'mother' }, {}, links)).toBe('has-another-parent');
    expect(against({ ...identified, relation: 'guardian' }, {}, links)).toBeUndefined();
    const enrolled = { kind: 'enrolled-parent', on: TODAY, child: 'c', parent: 'm' } as const;
    expect(against({ ...enrolled, as: 'mother' }, {}, links)).toBe('has-another-parent');
    expect(against(born('2020-01-01'), couple, links)).toBe('has-another-parent');
  });
});

describe('marriages that cannot all stand', () => {
  const first = { ...tie('h1', 'spouse', 'w', '2010-01-01'), to: '2020-01-01' };
  const second = tie('h2', 'spouse', 'w', '2020-01-01');
  const clash = (links: FamilyGraph, people: Record<string, PersonState> = {}) =>
    marriagesClash(['w'], { links, people }, limits);

  test('two husbands at a time, also in the past; one after the other is no clash', () => {
    expect(clash([first, second])).toBe(false);
    expect(clash([{ ...first, to: '2020-01-02' }, second])).toBe(true);
    expect(clash([first, { ...tie('h2', 'spouse', 'w', '2015-01-01'), to: '2016-01-01' }])).toBe(true);
  });

  test('a marriage that outlives a spouse', () => {
    expect(clash([second], { h2: { diedOn: '2021-01-01' } })).toBe(true);
    expect(clash([{ ...second, to: '2021-01-01' }], { h2: { diedOn: '2021-01-01' } })).toBe(false);
  });

  test('a fifth wife', () => {
    const wives = (n: number) => Array.from({ length: n }, (_, i) => tie('h', 'spouse', `w${i}`));
    const of = (n: number) => marriagesClash(['h'], { links: wives(n), people: {} }, limits);
    expect([of(4), of(5)]).toEqual([false, true]);
  });
});
