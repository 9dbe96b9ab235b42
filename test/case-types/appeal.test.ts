import { actionsFor, refuseAction } from '../../domain/case/core';
import { openFile } from '../../domain/case/file';
import type { Actor, AnyEvent, CaseType, Filing, Recorded } from '../../domain/case/model';
import { sar } from '../../domain/money';
import { credited, quoteOf, refundable, type Quote } from '../../domain/quote';
import { appeal } from '../../workflows/case-types/appeal';
import { assessAppeal } from '../../workflows/case-types/appeal/admissibility';
import { openAppeal, type AppealFile } from '../../workflows/case-types/appeal/file';
import { appealPolicyOn } from '../../workflows/case-types/appeal/policy';
import { caseTypes } from '../../workflows/case-types';
import { committeeOf } from '../../workflows/case-types/family-registration/policy';
import { caseworker, colleague, given, judged, otherSupervisor, supervisor, validatedAt } from '../support/renewals';

const filing: Filing = {
  caseId: 'fam_1',
  type: 'family-registration',
  channel: 'absher-individuals',
  clientId: 'absher-individuals',
  filedAt: '2026-01-01T08:00:00.000Z',
  subject: 'p_mother',
  office: 'riyadh-1',
  facts: { event: 'birth', reporter: 'p_father' },
};

const logOf = (of: Filing, ...events: readonly (AnyEvent & { readonly by?: string; readonly on?: string })[]) =>
  [{ ...caseTypes.find(({ type }) => type === of.type)?.submitted(of), filing: of } as AnyEvent, ...events].map(
    ({ by, on = '2026-01-10', ...event }: AnyEvent & { by?: string; on?: string }, i): Recorded => ({
      caseId: of.caseId,
      version: i + 1,
      at: `${on}T08:00:00.000Z`,
      actor: { id: by ?? 'tajdid', role: by ? 'supervisor' : 'system' },
      cause: `c${i}`,
      event,
    }),
  );

const paid = (captureId: string, riyals: number, settles: boolean) => ({
  type: 'PaymentCaptured',
  captureId,
  amount: sar(riyals),
  settles,
});
const back = (captureId: string, riyals: number) => ({ type: 'RefundMade', captureId, amount: sar(riyals) });
const rejected = [
  { type: 'CaseRejected', rule: 'event-not-proved', by: 'staff-1' },
  { type: 'CaseClosed', outcome: 'REJECTED' },
];

const assess = (log: readonly Recorded[], on = '2026-02-01') =>
  assessAppeal(
    { clientId: filing.clientId, subject: 'p_father', at: `${on}T08:00:00.000Z`, anotherAppeal: false },
    log,
    appealPolicyOn(on),
  );

describe('an appeal is admitted', () => {
  test('within sixty days of the rejection, and not on the day after', () => {
    const log = logOf(filing, ...rejected);
    expect(assess(log, '2026-03-11')).toMatchObject({ rejectedFor: ['event-not-proved'] });
    expect(assess(log, '2026-03-12')).toEqual({ refusedBy: ['appeal-in-time'] });
  });

  test('from whoever is a party to the case, and from nobody else', () => {
    const by = (subject: string, of: Filing = filing, clientId = of.clientId) =>
      assessAppeal(
        { clientId, subject, at: '2026-02-01T08:00:00.000Z', anotherAppeal: false },
        logOf(of, ...rejected),
        appealPolicyOn('2026-02-01'),
      );
    const parties = { father: 'p_father', mother: 'p_mother' };
    const born: Filing = { ...filing, facts: { event: 'birth', reporter: 'p_aunt', parties } };
    for (const party of ['p_father', 'p_mother', 'p_aunt']) expect(by(party, born)).toHaveProperty('original');
    expect(by('p_stranger', born)).toEqual({ refusedBy: ['appealed-by-the-party'] });
    expect(by('p_father', born, 'another-portal')).toEqual({ refusedBy: ['appealed-by-the-party'] });
    const first: Filing = { ...filing, caseId: 'rnw_1', type: 'id-renewal', facts: { guardian: 'p_guardian' } };
    expect(by('p_guardian', first)).toHaveProperty('original');
  });

  test('with what was paid for the application and not given back, in every case that went by it', () => {
    const log = logOf(
      filing,
      paid('twice', 50, false),
      paid('first', 75, true),
      back('twice', 50),
      back('first', 25),
      ...rejected,
    );
    expect(assess(log)).toMatchObject({ paid: sar(50), tookPart: ['staff-1'] });
    const again: Filing = {
      ...filing,
      caseId: 'fam_1-new',
      appeal: { caseId: 'apl_1', original: 'fam_1', waived: [], tookPart: ['staff-0'], paid: sar(50) },
    };
    expect(assess(logOf(again, ...rejected))).toMatchObject({ paid: sar(50), tookPart: ['staff-0', 'staff-1'] });
    expect(assess(logOf(filing, ...rejected))).not.toHaveProperty('paid');
  });
});

describe('an appeal goes by the application as it stood when it was rejected', () => {
  const repaired = (field: string, value: string) => ({ type: 'FactRepaired', field, value, proposedBy: 'op-1' });
  const originalOf = (...log: Parameters<typeof logOf>) => {
    const assessed = assess(logOf(...log));
    return 'original' in assessed ? assessed.original : undefined;
  };
  const renewal: Filing = {
    ...filing,
    caseId: 'rnw_1',
    type: 'id-renewal',
    subject: 'p_father',
    facts: {
      photoRef: 'd_first',
      delivery: { method: 'pickup', office: 'riyadh-1' },
      reason: 'lost',
      lostOn: '2025-12-01',
    },
  };

  test('a renewal by what was resubmitted, and by what was repaired after that', () => {
    const delivery = { method: 'pickup', office: 'jeddah-1' };
    const resubmitted = { type: 'ApplicationResubmitted', photoRef: 'd_second', delivery };
    expect(originalOf(renewal, resubmitted, ...rejected)).toEqual({
      ...renewal,
      facts: { ...renewal.facts, photoRef: 'd_second', delivery },
    });
    expect(
      originalOf(
        renewal,
        resubmitted,
        repaired('photo', 'd_third'),
        repaired('pickup-office', 'riyadh-2'),
        repaired('office', 'riyadh-2'),
        ...rejected,
      ),
    ).toMatchObject({
      office: 'riyadh-2',
      facts: { photoRef: 'd_third', delivery: { method: 'pickup', office: 'riyadh-2' }, lostOn: '2025-12-01' },
    });
    expect(originalOf(renewal, ...rejected)).toEqual(renewal);
  });

  test('a registration by the date that was repaired, and not by one that was only proposed', () => {
    const reported: Filing = { ...filing, facts: { event: 'birth', reporter: 'p_father', on: '2025-12-20' } };
    const proposed = { type: 'FactRepairProposed', field: 'event-date', value: '2025-12-02' };
    expect(originalOf(reported, proposed, ...rejected)).toEqual(reported);
    expect(originalOf(reported, proposed, repaired('event-date', '2025-12-02'), ...rejected)).toEqual({
      ...reported,
      facts: { ...reported.facts, on: '2025-12-02' },
    });
  });

  test('an amendment by what was repaired of the request', () => {
    const asked = { amends: 'fam_1', what: 'correction', on: '2025-11-01', father: 'p_wrong' };
    const request: Filing = { ...filing, caseId: 'amd_1', type: 'record-amendment', subject: 'p_father', facts: asked };
    const declined = [{ type: 'AmendmentDeclined', by: 'staff-1' }, rejected[1]!];
    expect(originalOf(request, repaired('father', 'p_right'), ...declined)).toEqual({
      ...request,
      facts: { ...asked, father: 'p_right' },
    });
  });
});

describe('what was paid before', () => {
  const title = { ar: '', en: '' };
  const cost = (fee: number, fine: number): Quote =>
    quoteOf([
      { code: 'fee', title, amount: sar(fee), refundable: 'always', rule: 'fee' },
      { code: 'late-fine', title, amount: sar(fine), refundable: 'never', rule: 'late-fine' },
    ]);

  test.each([
    [25, 100, 100, 25],
    [25, 100, 60, 65],
    [25, 100, 900, 25],
    [25, 0, 100, 25],
    [0, 100, 100, 0],
  ])(
    'with a fee of %i, a fine of %i and %i paid before, %i is due: only the fine is credited',
    (fee, fine, before, due) => {
      const quote = credited(cost(fee, fine), sar(before));
      expect(quote.total).toEqual(sar(due));
      expect(refundable(quote, false)).toEqual(sar(fee));
    },
  );
});

test('no appeal decides away what the register holds, nor what others agree to; each type says so of itself', () => {
  const never = (type: string): readonly string[] => {
    const kind = caseTypes.find((each) => each.type === type);
    return kind?.neverWaived?.(openFile(filing, '2024-1').policyVersion) ?? [];
  };
  expect(never('family-registration')).toEqual(
    expect.arrayContaining([
      'consent',
      'parent-sex',
      'no-card-yet',
      'not-blocked',
      'no-cycle',
      'spouse-limit',
      'alive',
    ]),
  );
  expect(never('family-registration')).not.toContain('event-not-proved');
  expect(never('id-renewal')).toEqual(expect.arrayContaining(['not-blocked', 'no-card-yet', 'alive']));
  expect(never('id-renewal')).not.toContain('renewal-window');
});

describe('what an appeal can set aside', () => {
  const official: Actor = { id: 'staff-2', role: 'supervisor', office: 'riyadh-1' };
  const at = '2026-02-01T08:00:00.000Z';
  const opened: AppealFile = openAppeal({ ...filing, caseId: 'apl_1', type: 'appeal', facts: { appealed: 'fam_1' } });
  const admitted = (rejectedFor: readonly string[], neverWaived?: readonly string[]): AppealFile => ({
    ...opened,
    stage: 'IN_REVIEW',
    review: { ...opened.review, claim: { by: official.id, until: '2026-02-01T08:30:00.000Z' } },
    admitted: { original: filing, rejectedFor, tookPart: [], ...(neverWaived ? { neverWaived } : {}) },
  });
  const allowing = (file: AppealFile, ...waives: readonly string[]): string | undefined =>
    refuseAction(appeal, file, { action: 'allow', actor: official, input: { waives } }, at)?.code;
  const offered = (file: AppealFile) =>
    actionsFor(appeal as unknown as CaseType, file, official, at).find(({ action }) => action === 'allow');

  test('is offered with the words of the appealed type, and what is not offered is refused', () => {
    const file = admitted(['reporter-has-the-right', 'consent'], ['consent']);
    expect(offered(file)).toMatchObject({
      allowed: true,
      choices: { waives: [{ value: 'reporter-has-the-right', ruleOf: 'family-registration' }] },
    });
    expect(allowing(file, 'reporter-has-the-right')).toBeUndefined();
    expect(allowing(file, 'consent')).toBe('rule-cannot-be-waived');
    expect(allowing(file, 'event-not-proved')).toBe('rule-not-contested');
  });

  test('is nothing where all of it is what the register holds: then it can be decided anew on the register as it is', () => {
    const file = admitted(['consent'], ['consent']);
    expect(offered(file)).toMatchObject({ allowed: true, choices: { waives: [] } });
    expect(allowing(file, 'consent')).toBe('rule-cannot-be-waived');
    expect(allowing(file)).toBeUndefined();
    const given = { id: 'allow-1', action: 'allow', actor: official, expectedVersion: 1, input: {} };
    expect(appeal.actions['allow']?.decide(file, given, at)).toEqual([{ type: 'AppealAllowed', waives: [] }]);
  });

  test('stays what the log says, and is what the policy of the appealed case says where the log is older', () => {
    expect(allowing(admitted(['consent'], []), 'consent')).toBeUndefined();
    expect(allowing(admitted(['consent', 'event-not-proved']), 'consent')).toBe('rule-cannot-be-waived');
    expect(allowing(admitted(['consent', 'event-not-proved']), 'event-not-proved')).toBeUndefined();
  });
});

describe('the new decision on a renewal', () => {
  const anew = () =>
    given({
      appeal: {
        caseId: 'apl_1',
        original: 'rnw_1',
        waived: ['photo'],
        filedAt: '2022-06-01T08:00:00.000Z',
        tookPart: [caseworker.id, supervisor.id],
      },
    });
  const codeOf = (result: ReturnType<ReturnType<typeof anew>['when']>): string | undefined =>
    'refused' in result ? result.refused.code : undefined;

  test('goes by the policy of the day of the application', () => {
    expect(anew().file.policyVersion).toBe('2021-1');
    expect(given().file.policyVersion).toBe('2024-1');
  });

  test('is for others than those who took part, and not for the rule that was set aside', () => {
    const paidFor = anew().happened(validatedAt(quoteOf([])), {
      type: 'PaymentCaptured',
      captureId: 'c',
      paymentId: 'p',
      amount: sar(0),
      settles: true,
    });
    const review = paidFor.happened(judged('doubt', 'tilted'), { type: 'ReviewOpened', why: ['tilted'] });
    expect(codeOf(review.when('claim', caseworker))).toBe('took-part');
    expect(codeOf(review.when('reassign', otherSupervisor, { to: caseworker.id }))).toBe('took-part');
    const inHand = review.does(colleague, 'claim');
    expect(codeOf(inHand.when('recommend-rejection', colleague, { rule: 'photo' }))).toBe('rule-waived');
    expect(codeOf(inHand.when('recommend-rejection', colleague, { rule: 'identity-doubtful' }))).toBeUndefined();
  });
});

test('a committee that could be divided for ever cannot be made', () => {
  expect(() => committeeOf(4, 10)).toThrow(RangeError);
  expect(committeeOf(5, 10).members).toBe(5);
});
