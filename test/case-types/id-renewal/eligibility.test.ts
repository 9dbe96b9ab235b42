import { addDays } from '../../../domain/time';
import { inRiyals } from '../../../domain/money';
import {
  answersFor,
  assess,
  type RenewalFacts,
  type RenewalRequest,
} from '../../../workflows/case-types/id-renewal/eligibility';
import { renewalPolicies, renewalPolicyOn, validityYears } from '../../../workflows/case-types/id-renewal/policy';

const TODAY = '2026-11-01';
const policy = renewalPolicyOn(TODAY);
const person: RenewalFacts = {
  beneficiary: 'citizen',
  birthDate: '1990-01-01',
  diedOn: null,
  blocked: false,
  hasAddress: true,
  losses: 0,
  card: { serial: 'A00000014', expiresOn: '2026-12-10', status: 'valid' },
};
const request: RenewalRequest = { reason: 'expiring', delivery: { method: 'courier' } };

const refusedBy = (facts: Partial<RenewalFacts> | null, asked: Partial<RenewalRequest> = {}): readonly string[] => {
  const assessed = assess({ ...request, ...asked }, facts && { ...person, ...facts }, policy, TODAY);
  return 'refusedBy' in assessed ? assessed.refusedBy : [];
};
const expiring = (expiresOn: string): Partial<RenewalFacts> => ({
  card: { serial: 'A00000014', expiresOn, status: 'valid' },
});
const costs = (facts: Partial<RenewalFacts>, asked: Partial<RenewalRequest> = {}): Record<string, string> => {
  const assessed = assess({ ...request, ...asked }, { ...person, ...facts }, policy, TODAY);
  if ('refusedBy' in assessed) throw new Error(assessed.refusedBy.join());
  return Object.fromEntries(assessed.quote.lines.map((line) => [line.code, inRiyals(line.amount)]));
};

describe('who may renew', () => {
  test.each([
    ['somebody with a card that runs out soon', {}, {}, []],
    ['nobody whom the register does not know', null, {}, ['known-person']],
    ['no visitor', { beneficiary: 'visitor' }, {}, ['citizen-or-resident']],
    ['a resident', { beneficiary: 'resident' }, {}, []],
    ['nobody who is dead', { diedOn: '2026-10-31' }, {}, ['alive']],
    ['nobody whose services are stopped', { blocked: true }, {}, ['not-blocked']],
    ['nobody alone the day before turning 15', { birthDate: '2011-11-02' }, {}, ['guardian-needed']],
    ['a child of 6 by a guardian', { birthDate: '2020-11-01', guardianLinked: true }, { guardian: 'p_father' }, []],
    [
      'no child the day before turning 6',
      { birthDate: '2020-11-02', guardianLinked: true },
      { guardian: 'p_father' },
      ['minimum-age'],
    ],
    [
      'no child by a stranger',
      { birthDate: '2016-01-01', guardianLinked: false },
      { guardian: 'p_stranger' },
      ['guardian-link'],
    ],
    [
      "a resident's child by a guardian",
      { beneficiary: 'resident', birthDate: '2016-01-01', guardianLinked: true },
      { guardian: 'p_father' },
      [],
    ],
    ['nobody of age by a guardian', { guardianLinked: true }, { guardian: 'p_father' }, ['guardian-not-needed']],
    ["a member's first card from 6 on", { birthDate: '2020-11-01', card: null }, { reason: 'first-issue' }, []],
    [
      'a member whose first card never came, by a guardian',
      { birthDate: '2016-01-01', card: null, identified: true, guardianLinked: true },
      { reason: 'first-issue', applied: true, guardian: 'p_father' },
      [],
    ],
    [
      'nobody whose identification does not stand',
      { card: null, identified: false },
      { reason: 'first-issue', applied: true },
      ['member-identified'],
    ],
    [
      'no first card for a child by nobody',
      { birthDate: '2016-01-01', card: null, identified: true },
      { reason: 'first-issue', applied: true },
      ['guardian-needed'],
    ],
    ['no first card for a holder', { identified: true }, { reason: 'first-issue', applied: true }, ['no-card-yet']],
    ['no day of loss with another reason', {}, { reason: 'damaged', lostOn: '2026-10-20' }, ['loss-reason']],
    ['somebody who turns 15 today', { birthDate: '2011-11-01' }, {}, []],
    ['nobody without a card', { card: null }, {}, ['has-card']],
    ['nobody 181 days before the card expires', expiring(addDays(TODAY, 181)), {}, ['renewal-window']],
    ['somebody 180 days before it does', expiring(addDays(TODAY, 180)), {}, []],
    ['somebody whose card expired', expiring('2020-01-01'), {}, []],
    ['a damaged card at any time', expiring('2035-01-01'), { reason: 'damaged' }, []],
    ['a lost card at any time', expiring('2035-01-01'), { reason: 'lost', lostOn: TODAY }, []],
    ['no loss without its date', {}, { reason: 'lost' }, ['loss-date']],
    ['no loss that lies ahead', {}, { reason: 'lost', lostOn: '2026-11-02' }, ['loss-date']],
    ['nobody without an address by courier', { hasAddress: false }, {}, ['national-address']],
    [
      'somebody without an address at an office',
      { hasAddress: false },
      { delivery: { method: 'pickup', office: 'riyadh-1' } },
      [],
    ],
  ] satisfies [string, Partial<RenewalFacts> | null, Partial<RenewalRequest>, string[]][])(
    '%s',
    (_who, facts, asked, rules) => {
      expect(refusedBy(facts, asked)).toEqual(rules);
    },
  );

  test('a guardian is who is tied to the child in the register on that day', () => {
    const tie = { person: 'p_child', relative: 'p_father', kind: 'father', from: '2016-01-01' } as const;
    expect(answersFor([tie], 'p_father', 'p_child', TODAY)).toBe(true);
    expect(answersFor([{ ...tie, kind: 'guardian', to: TODAY }], 'p_father', 'p_child', TODAY)).toBe(false);
    expect(answersFor([tie], 'p_child', 'p_father', TODAY)).toBe(false);
    expect(answersFor([{ ...tie, kind: 'spouse' }], 'p_father', 'p_child', TODAY)).toBe(false);
  });

  test('all that speaks against it is told at once', () => {
    expect(refusedBy({ diedOn: '2026-01-01', blocked: true, hasAddress: false, ...expiring('2035-01-01') })).toEqual([
      'alive',
      'not-blocked',
      'renewal-window',
      'national-address',
    ]);
  });
});

describe('what it costs', () => {
  const delivery = { delivery: '25.00 SAR' };
  test.each([
    ['filed one day before expiry: no fine', '2026-11-02', delivery],
    ['filed on the last day: no fine', '2026-11-01', delivery],
    ['filed one day after: the fine', '2026-10-31', { 'late-fine': '100.00 SAR', ...delivery }],
    ['filed years after: the same fine', '2020-01-01', { 'late-fine': '100.00 SAR', ...delivery }],
  ])('%s', (_when, expiresOn, lines) => expect(costs(expiring(expiresOn))).toEqual(lines));

  test('the fine is not waived by calling the expired card damaged', () => {
    expect(costs(expiring('2026-10-31'), { reason: 'damaged' })).toEqual({ 'late-fine': '100.00 SAR', ...delivery });
  });

  test.each([
    [0, {}],
    [1, { 'loss-fine': '100.00 SAR' }],
    [2, { 'loss-fine': '300.00 SAR' }],
    [3, { 'loss-fine': '1000.00 SAR' }],
    [9, { 'loss-fine': '1000.00 SAR' }],
  ])('a loss after %i before it', (losses, lines) => {
    expect(costs({ losses }, { reason: 'lost', lostOn: '2026-10-17' })).toEqual({ ...lines, ...delivery });
  });

  test('a loss reported after more than 15 days counts as one more', () => {
    expect(costs({ losses: 0 }, { reason: 'lost', lostOn: '2026-10-16' })).toEqual({
      'loss-fine': '100.00 SAR',
      ...delivery,
    });
  });

  test('a card that was reported lost: by the days of the report, whatever the renewal says and however late it is filed', () => {
    const reported = (lostOn: string, reportedOn: string) => ({
      card: { serial: 'A00000014', expiresOn: '2035-01-01', status: 'lost', loss: { lostOn, reportedOn } },
    });
    expect(refusedBy(reported('2026-09-01', '2026-09-02'))).toEqual([]);
    expect(costs(reported('2026-09-01', '2026-09-16'))).toEqual(delivery);
    expect(costs(reported('2026-09-01', '2026-09-17'))).toEqual({ 'loss-fine': '100.00 SAR', ...delivery });
    expect(costs({ ...reported('2026-09-01', '2026-09-02'), losses: 1 }, { reason: 'lost' })).toEqual({
      'loss-fine': '100.00 SAR',
      ...delivery,
    });
  });

  test('no card is lost before its issue', () => {
    const card = { serial: 'A00000014', expiresOn: '2035-01-01', status: 'valid', issuedOn: '2026-10-20' };
    expect(refusedBy({ card }, { reason: 'lost', lostOn: '2026-10-19' })).toEqual(['loss-date']);
    expect(refusedBy({ card }, { reason: 'lost', lostOn: '2026-10-20' })).toEqual([]);
  });

  test('collecting at an office costs nothing', () => {
    expect(costs({}, { delivery: { method: 'pickup', office: 'riyadh-1' } })).toEqual({});
  });
});

describe('policies', () => {
  test('every value names its source', () => {
    const unsourced = (value: unknown, path: string): string[] => {
      if (typeof value !== 'object' || value === null) return [];
      if ('value' in value) return 'source' in value && value.source ? [] : [path];
      return Object.entries(value).flatMap(([key, part]) => unsourced(part, `${path}.${key}`));
    };
    expect(renewalPolicies.flatMap((each) => unsourced(each, each.version))).toEqual([]);
  });

  test('the one in force on a date', () => {
    expect(renewalPolicyOn('2023-12-31').version).toBe('2021-1');
    expect(renewalPolicyOn('2024-01-01').version).toBe('2024-1');
    expect(() => renewalPolicyOn('2020-12-31')).toThrow(RangeError);
  });

  test.each([
    ['2023-06-01', 30, 5],
    ['2023-06-01', 31, 10],
    ['2023-06-01', 51, 20],
    [TODAY, 15, 10],
    [TODAY, 80, 10],
  ])('validity on %s at %i', (date, age, years) => {
    expect(validityYears(renewalPolicyOn(date).documents['national-id'], age)).toBe(years);
  });
});
