import type { Actor, AnyEvent, CaseFile, CaseType, Filing } from '../../domain/case/model';
import { resetPoints, type OperatorTables } from '../../domain/case/repair-and-reset';
import { sar } from '../../domain/money';
import { quoteOf } from '../../domain/quote';
import { caseTypes } from '../../workflows/case-types';
import { appeal } from '../../workflows/case-types/appeal';
import { familyRegistration } from '../../workflows/case-types/family-registration';
import type { FamilyCaseEvent } from '../../workflows/case-types/family-registration/events';
import type { FamilyFile } from '../../workflows/case-types/family-registration/file';
import { recordAmendment } from '../../workflows/case-types/record-amendment';
import { refused } from '../../workflows/stages/operators';
import { GivenCase } from '../support/given';

const operator: Actor = { id: 'op-1', role: 'operator' };
const other: Actor = { id: 'op-2', role: 'operator' };
const supervisor: Actor = { id: 'sv-1', role: 'supervisor', office: 'riyadh-1' };

const filing = (type: string, facts: Record<string, unknown>): Filing => ({
  caseId: `${type.slice(0, 3)}_given`,
  type,
  channel: 'absher-individuals',
  clientId: 'absher-individuals',
  filedAt: '2026-11-01T08:00:00.000Z',
  subject: 'p_father',
  office: 'riyadh-1',
  facts,
});
const given = <F extends CaseFile, E extends AnyEvent>(type: CaseType<F, E>, facts: Record<string, unknown>) =>
  GivenCase.filed(type, filing(type.type, facts));
const points = <F extends CaseFile>(type: OperatorTables<F>, file: F): string[] =>
  resetPoints(type, file).map(([name]) => name);

const fine = quoteOf([
  { code: 'late-fine', title: { ar: 'غرامة', en: 'Fine' }, amount: sar(50), refundable: 'never', rule: 'late-fine' },
]);
const refusedByRegister = {
  type: 'IncidentRaised',
  step: 'register',
  kind: 'refused',
  source: 'register',
  code: 'something-new',
  message: 'no',
} as const;

const birth = () =>
  given(familyRegistration, {
    event: 'birth',
    on: '2026-09-01',
    reporter: 'p_father',
    parties: { father: 'p_father', mother: 'p_mother' },
    sex: 'M',
  });
const accepted = (events: readonly FamilyCaseEvent[] = [], quote = fine) =>
  birth().happened(
    {
      type: 'ApplicationAccepted',
      lateness: 'late',
      noticeNeeded: true,
      consenters: ['p_mother'],
      quote,
      rules: [],
    },
    { type: 'NoticeFound', mismatches: [] },
    { type: 'DuplicatesChecked', candidates: [], hit: false },
    { type: 'ApplicantNotified', template: 'consent-asked-0', messageId: 'm1' },
    { type: 'ConsentAsked', people: ['p_mother'] },
    { type: 'ConsentGiven', person: 'p_mother' },
    { type: 'PaymentRequested', paymentId: 'pay_1', payUrl: 'https://pay', amount: quote.total },
    { type: 'PaymentCaptured', paymentId: 'pay_1', captureId: 'cap_1', amount: quote.total, settles: true },
    ...events,
  );
const reviewed: FamilyCaseEvent[] = [
  { type: 'ReviewOpened', why: ['late'], level: 'supervisor' },
  { type: 'CaseApproved', by: 'supervisor' },
  { type: 'RegistrationStarted' },
];
const registered: FamilyCaseEvent[] = [
  ...reviewed,
  { type: 'EventRegistered', registration: 'fam_given/register', child: 'p_child' },
  { type: 'CertificateIssued', serial: 'FC00000001' },
  { type: 'ApplicantNotified', template: 'registered', messageId: 'm2' },
];

test('every case type has facts to repair, steps to go back to, and words for both', () => {
  for (const type of caseTypes) {
    expect(Object.keys(type.repairable ?? {})).toContain('office');
    expect(Object.keys(type.resets?.points ?? {}).length).toBeGreaterThan(0);
    for (const { title } of [...Object.values(type.repairable ?? {}), ...Object.values(type.resets?.points ?? {})])
      expect(Object.values(title).every((words) => words.length > 0)).toBe(true);
  }
});

describe('a family registration', () => {
  test('gives its payment back, or keeps it, before it goes back; what was said stays said', () => {
    const paid = accepted(reviewed.slice(0, 1));
    expect(paid.refusalOf('reset', operator, { to: 'check-eligibility' })).toBe('effects-open');
    expect(
      paid.refusalOf('reset', operator, {
        to: 'check-eligibility',
        compensate: ['payment/cap_1', 'message/consent-asked-0'],
      }),
    ).toBe('cannot-be-unsaid');
    const ordered = paid.does(operator, 'reset', {
      to: 'check-eligibility',
      pin: ['message/consent-asked-0'],
      compensate: ['payment/cap_1'],
    });
    expect(ordered.next).toEqual({ do: 'refund' });
    const given = ordered.happened({
      type: 'RefundMade',
      captureId: 'cap_1',
      refundId: 'ref_1',
      amount: fine.total,
      why: 'reset',
    });
    expect(given.next).toEqual({ do: 'reset' });
    const { file, next } = given.happened({ type: 'CaseReset' });
    expect(next).toEqual({ do: 'check-eligibility' });
    expect(file).toMatchObject({ stage: 'ELIGIBILITY', payment: { round: 2 }, consent: { people: [], round: 2 } });
    expect(file.accepted).toBeUndefined();

    const kept = accepted(reviewed.slice(0, 1))
      .does(operator, 'reset', { to: 'ask-notice', pin: ['message/consent-asked-0', 'payment/cap_1'] })
      .happened(
        { type: 'CaseReset' },
        { type: 'NoticeFound', mismatches: [] },
        { type: 'DuplicatesChecked', candidates: [], hit: false },
        { type: 'ConsentAsked', people: ['p_mother'] },
        { type: 'ConsentGiven', person: 'p_mother' },
      );
    expect(kept.next).toEqual({ do: 'keep-payment' });
    expect(kept.happened({ type: 'PaymentKept', captureId: 'cap_1' }).next).toEqual({ do: 'open-review' });
  });

  test('refused when it is checked again, it gives back what is refundable of the payment that it kept, and says that it has ended', () => {
    const fee = quoteOf([
      { code: 'fee', title: { ar: 'رسم', en: 'Fee' }, amount: sar(50), refundable: 'always', rule: 'fee' },
    ]);
    const again = accepted([{ type: 'ReviewOpened', why: ['late'], level: 'supervisor' }], fee)
      .does(operator, 'reset', { to: 'check-eligibility', pin: ['payment/cap_1', 'message/consent-asked-0'] })
      .happened({ type: 'CaseReset' });
    const ending = again.happened(
      ...refused(again.file, { type: 'ApplicationRefused', rules: ['already-reported'] } as const),
    );
    expect([ending.status, ending.due]).toEqual(['COMPENSATING', 'refund']);
    const back = { captureId: 'cap_1', refundId: 'ref_1', amount: fee.total, why: 'case-ended' } as const;
    expect(ending.happened({ type: 'RefundMade', ...back }).due).toBe('notify-ended');
    const first = birth();
    expect(first.happened(...refused(first.file, { type: 'ApplicationRefused', rules: ['alive'] } as const)).due).toBe(
      'close',
    );
  });

  test('hears of a death only once a reset is over', () => {
    const died = {
      id: 'm',
      caseId: 'fam_given',
      type: 'register.person-died',
      by: 'fam_1',
      person: 'p_husband',
    } as const;
    const married = given(familyRegistration, {
      event: 'marriage',
      on: '2026-09-01',
      reporter: 'p_husband',
      parties: { husband: 'p_husband', wife: 'p_wife' },
    }).happened(
      { type: 'ApplicationAccepted', lateness: 'in-time', noticeNeeded: true, consenters: [], quote: fine, rules: [] },
      { type: 'NoticeFound', mismatches: [] },
    );
    const resetting = married.does(operator, 'reset', { to: 'ask-notice' });
    expect(resetting.hears(died)).toBe('later');
    expect(resetting.happened({ type: 'CaseReset' }).told(died).status).toBe('COMPENSATING');
  });

  test('is reviewed anew, and who handled it before is remembered', () => {
    const approved = accepted().happened(reviewed[0]!).by(supervisor).happened(reviewed[1]!);
    const { file, next } = approved.does(operator, 'reset', { to: 'open-review' }).happened({ type: 'CaseReset' });
    expect(next).toEqual({ do: 'open-review' });
    expect(file.review).toMatchObject({ handledBy: [supervisor.id], level: 'caseworker', clock: { spentMs: 0 } });
  });

  test('has no way back while the register may have the entry, and one once it has said no', () => {
    const registering = accepted(reviewed);
    expect(points(familyRegistration, registering.file)).toEqual(['register']);
    expect(registering.refusalOf('reset', operator, { to: 'check-eligibility' })).toBe('entry-may-stand');
    const unknown = registering.happened({ ...refusedByRegister, kind: 'outcome-unknown' });
    expect(points(familyRegistration, unknown.file)).toEqual(['register']);
    expect(points(familyRegistration, registering.happened(refusedByRegister).file)).toContain('check-eligibility');
  });

  test('never takes an entry, a certificate or a started case back', () => {
    const done = accepted(registered);
    const all = ['register/fam_given/register', 'certificate/FC00000001', 'message/registered'];
    for (const [key, code] of [
      ['register/fam_given/register', 'entry-stands'],
      ['certificate/FC00000001', 'certificate-stands'],
      ['message/registered', 'cannot-be-unsaid'],
    ] as const)
      expect(
        done.refusalOf('reset', operator, {
          to: 'register',
          compensate: [key],
          pin: all.filter((each) => each !== key),
        }),
      ).toBe(code);
    const kept = done.does(operator, 'reset', { to: 'register', pin: all }).happened({ type: 'CaseReset' });
    expect(kept.next).toEqual({ do: 'keep-registration' });
    const on = kept.happened({ type: 'RegistrationKept', registration: 'fam_given/register' });
    expect(on.file.stage).toBe('REGISTERED');
    // The certificate and the message were kept: neither is made again.
    expect(on.next).toEqual({ do: 'close' });
  });

  test('its date is repaired by two people once it was checked, and not at all once it is entered', () => {
    const waiting = accepted(reviewed.slice(0, 1));
    const proposed = waiting.does(operator, 'repair', { field: 'event-date', value: '2026-10-20' });
    expect(proposed.file.on).toBe('2026-09-01');
    expect(proposed.refusalOf('confirm-repair', operator)).toBe('four-eyes');
    const { file } = proposed.does(other, 'confirm-repair');
    expect(file).toMatchObject({ on: '2026-10-20', accepted: { on: '2026-09-01' } });
    const values = { '2026-12-01': 'event-date-in-future', '2026-02-30': 'not-a-date', soon: 'not-a-date' };
    for (const [value, code] of Object.entries(values))
      expect(waiting.refusalOf('repair', operator, { field: 'event-date', value })).toBe(code);
    expect(accepted(registered).refusalOf('repair', operator, { field: 'event-date', value: '2026-10-20' })).toBe(
      'entry-stands',
    );
    const alone = waiting.does(operator, 'repair', { field: 'office', value: 'jeddah-1' });
    expect(alone.file.office).toBe('jeddah-1');
  });

  test('a date that was proposed in time is not agreed to once the entry may stand', () => {
    const proposed = accepted(reviewed.slice(0, 1)).does(operator, 'repair', {
      field: 'event-date',
      value: '2026-10-20',
    });
    const registering = proposed.happened(...reviewed.slice(1));
    expect(registering.refusalOf('confirm-repair', other)).toBe('entry-may-stand');
    const entered = registering.happened(registered[reviewed.length]!);
    expect(entered.refusalOf('confirm-repair', other)).toBe('entry-stands');
    expect(entered.does(other, 'decline-repair').file.repair).toBeUndefined();
  });
});

describe('an appeal', () => {
  const admitted = {
    type: 'AppealAdmitted',
    original: filing('id-renewal', {}),
    rejectedFor: ['photo'],
    tookPart: [],
    rules: [],
  } as const;
  const open = () => given(appeal, { appealed: 'rnw_wrong' }).happened(admitted);

  test('about another case is admitted anew; a second person agrees', () => {
    const repaired = open()
      .does(operator, 'repair', { field: 'appealed', value: 'rnw_right' })
      .does(other, 'confirm-repair');
    expect(repaired.file).toMatchObject({ appealed: 'rnw_right', stage: 'ADMISSIBILITY' });
    expect(repaired.next).toEqual({ do: 'check-admissible' });
  });

  test('is decided anew, and the second decision is told of too', () => {
    const told = open()
      .by(supervisor)
      .happened({ type: 'AppealUpheld' })
      .happened({ type: 'ApplicantNotified', template: 'decided', messageId: 'm1' });
    const again = told
      .does(operator, 'reset', { to: 'decision', pin: ['message/decided'] })
      .happened({ type: 'CaseReset' });
    expect(again.file).toMatchObject({ stage: 'IN_REVIEW', round: 2, waives: [] });
    expect(again.file.decision).toBeUndefined();
    expect(again.happened({ type: 'AppealUpheld' }).next).toEqual({ do: 'notify-decided' });
  });

  test('whose new decision is a case of its own has no way back', () => {
    const allowed = open()
      .happened({ type: 'AppealAllowed', waives: ['photo'] })
      .happened({ type: 'NewDecisionStarted', caseId: 'rnw_given-new' });
    expect(points(appeal, allowed.file)).toEqual([]);
    expect(allowed.refusalOf('reset', operator, { to: 'decision' })).toBe('new-decision-under-way');
  });
});

describe('an amendment', () => {
  const prepared = () =>
    given(recordAmendment, { amends: 'fam_x', what: 'correction', on: '2026-10-01' }).happened({
      type: 'AmendmentPrepared',
      registration: 'fam_x/register',
      event: { kind: 'death', on: '2026-10-02', person: 'p_dead' },
      rules: [],
    });

  test('is checked and confirmed anew after a repair of what it asks for', () => {
    const repaired = prepared()
      .does(operator, 'repair', { field: 'event-date', value: '2026-10-03' })
      .does(other, 'confirm-repair');
    expect(repaired.next).toEqual({ do: 'check-amendment' });
    expect(repaired.file).toMatchObject({ on: '2026-10-03', stage: 'CHECKING' });
    expect(repaired.file.prepared).toBeUndefined();
    const confirmed = prepared().happened({ type: 'AmendmentConfirmed' });
    expect(confirmed.refusalOf('repair', operator, { field: 'event-date', value: '2026-10-03' })).toBe(
      'amendment-confirmed',
    );
  });

  test('is not changed by a repair that was proposed before two people had decided it', () => {
    const proposed = prepared().does(operator, 'repair', { field: 'event-date', value: '2026-10-03' });
    const amended = proposed.happened(
      { type: 'AmendmentConfirmed' },
      { type: 'RegisterAmended', registration: 'rec_given/amend/instead', documents: [] },
    );
    expect(amended.refusalOf('confirm-repair', other)).toBe('amendment-confirmed');
    expect(amended.does(other, 'decline-repair').file).toMatchObject({ on: '2026-10-01', stage: 'AMENDED' });
  });

  test('goes back to the check only while nothing is entered, and keeps its entry ever after', () => {
    const confirmed = prepared().happened({ type: 'AmendmentConfirmed' });
    expect(confirmed.refusalOf('reset', operator, { to: 'check-amendment' })).toBe('entry-may-stand');
    const refused = confirmed.happened({ ...refusedByRegister, step: 'amend-register' });
    expect(refused.does(operator, 'reset', { to: 'check-amendment' }).happened({ type: 'CaseReset' }).next).toEqual({
      do: 'check-amendment',
    });
    const amended = confirmed.happened(
      { type: 'RegisterAmended', registration: 'rec_given/amend/instead', documents: [] },
      { type: 'CertificateIssued', serial: 'FC2' },
      { type: 'ApplicantNotified', template: 'amended-0', messageId: 'm1' },
    );
    const others = ['certificate/FC2', 'message/amended-0'];
    const compensated = { to: 'amend-register', compensate: ['register/rec_given'], pin: [...others] };
    expect(amended.refusalOf('reset', operator, compensated)).toBe('entry-stands');
    const again = amended.does(operator, 'reset', {
      to: 'amend-register',
      pin: ['register/rec_given', ...others],
    });
    expect(again.happened({ type: 'CaseReset' }).next).toEqual({ do: 'amend-register' });
  });
});

test('a file from before dates could be repaired is as good as any', () => {
  const old = { ...accepted().file, accepted: { lateness: 'late', noticeNeeded: true, consenters: [] } } as FamilyFile;
  expect(familyRegistration.repairable?.['event-date']?.restsDecision(old)).toBe(true);
});
