import type { Ports } from '../../activities/step';
import { actionsFor, type CoreEvent } from '../../domain/case/core';
import type { CaseType, Filing } from '../../domain/case/model';
import { OutsideFailure } from '../../domain/failures';
import { halalas as money, zero } from '../../domain/money';
import type { OutsideMessage } from '../../domain/outside-messages';
import { quoteOf } from '../../domain/quote';
import { DAY } from '../../domain/time';
import { familyRegistration } from '../../workflows/case-types/family-registration';
import type { FamilyCaseEvent } from '../../workflows/case-types/family-registration/events';
import { owedRefunds } from '../../workflows/case-types/family-registration/next';
import { familySteps } from '../../workflows/case-types/family-registration/steps';
import { GivenCase } from '../support/given';

const FILED = '2026-11-01T08:00:00.000Z';
const filing = (facts: Record<string, unknown>, subject: string): Filing => ({
  caseId: 'fam_given',
  type: 'family-registration',
  channel: 'absher-individuals',
  clientId: 'absher-individuals',
  filedAt: FILED,
  subject,
  office: 'riyadh-1',
  facts,
});
const reported = (event: string, parties: Record<string, string>, reporter: string) =>
  GivenCase.filed(
    familyRegistration,
    filing({ event, on: '2026-10-20', reporter, parties }, Object.values(parties)[0] ?? ''),
  );
const accepted = (consenters: readonly string[] = [], noticeNeeded = false): FamilyCaseEvent => ({
  type: 'ApplicationAccepted',
  quote: quoteOf([{ code: 'fee', title: { ar: 'رسم', en: 'Fee' }, amount: zero, refundable: 'always', rule: 'fee' }]),
  rules: [],
  lateness: 'in-time',
  noticeNeeded,
  consenters,
});
const died = (person?: string): OutsideMessage => ({
  id: 'fam_other/died',
  caseId: 'fam_given',
  type: 'register.person-died',
  by: 'fam_other',
  ...(person ? { person } : {}),
});
/** What the case makes of it, if anything. */
const after = (given: ReturnType<typeof reported>, person?: string) => {
  const news = given.hears(died(person));
  return news === 'later' ? given : given.happened(...news);
};
const reviewed: FamilyCaseEvent = { type: 'ReviewOpened', why: ['policy'] };

test('money that comes before a case is accepted waits for that, and for nothing once the case ends', () => {
  const captured: OutsideMessage = {
    id: 'evt_1',
    caseId: 'fam_given',
    type: 'payment.captured',
    paymentId: 'pay_1',
    captureId: 'cap_1',
    amount: money(10_000),
  };
  const open = reported('birth', { mother: 'm', father: 'f' }, 'f');
  expect(open.hears(captured)).toBe('later');
  const cancelled = open.happened({ type: 'CancellationRequested' });
  expect(cancelled.hears(captured)).not.toBe('later');
  expect(cancelled.happened({ type: 'CaseClosed', outcome: 'CANCELLED' }).hears(captured)).not.toBe('later');
});

test('a refusal is told of where an appeal brought the decision about, and nobody waits for the answer to a filing', () => {
  const refused: FamilyCaseEvent = { type: 'ApplicationRefused', rules: ['alive'] };
  const parties = { mother: 'm', father: 'f' };
  expect(reported('birth', parties, 'f').happened(refused).due).toBe('close');
  const anew = GivenCase.filed(familyRegistration, {
    ...filing({ event: 'birth', on: '2026-10-20', reporter: 'f', parties }, 'm'),
    appeal: { caseId: 'apl_1', original: 'fam_1', waived: [], tookPart: [] },
  }).happened(refused);
  expect(anew.due).toBe('notify-ended');
  expect(anew.happened({ type: 'ApplicantNotified', template: 'ended', messageId: 'm1' }).due).toBe('close');
});

describe('a death elsewhere', () => {
  test.each<[string, Record<string, string>, string, string, boolean]>([
    ['marriage', { husband: 'h', wife: 'w' }, 'h', 'w', true],
    ['divorce', { husband: 'h', wife: 'w' }, 'w', 'h', true],
    ['marriage', { husband: 'h', wife: 'w' }, 'uncle', 'uncle', false],
    ['member-identification', { member: 'm' }, 'g', 'm', true],
    ['member-identification', { member: 'm' }, 'g', 'g', true],
    ['death', { deceased: 'd' }, 'son', 'd', true],
    ['death', { deceased: 'd' }, 'son', 'son', false],
    ['birth', { mother: 'm', father: 'f' }, 'f', 'm', false],
    ['birth', { mother: 'm', father: 'f' }, 'f', 'f', false],
  ])('%s of %j by %s: when %s dies, the case ends: %s', (event, parties, reporter, person, ends) => {
    const open = reported(event, parties, reporter).happened(
      accepted(),
      { type: 'DuplicatesChecked', candidates: [], hit: false },
      reviewed,
    );
    const { file } = after(open, person);
    expect(file.stage).toBe(ends ? 'COMPENSATING' : 'IN_REVIEW');
    expect(file.ending?.why).toBe(ends ? 'subject-died' : undefined);
  });

  test('without a name is that of the subject, as such messages were before', () => {
    const open = (event: string, parties: Record<string, string>) =>
      reported(event, parties, 'r').happened(accepted(), { type: 'DuplicatesChecked', candidates: [], hit: false });
    expect(after(open('marriage', { husband: 'h', wife: 'w' })).file.stage).toBe('COMPENSATING');
    expect(after(open('birth', { mother: 'm', father: 'f' })).file.stage).toBe('IN_REVIEW');
  });

  test('of a parent who was to consent: asked or not yet, nobody waits for them', () => {
    const birth = reported('birth', { mother: 'm', father: 'f' }, 'uncle').happened(accepted(['m', 'f']));
    const checked: FamilyCaseEvent = { type: 'DuplicatesChecked', candidates: [], hit: false };
    expect(after(birth, 'm').file.accepted?.consenters).toEqual(['f']);
    expect(after(birth, 'm').happened(checked).file.stage).toBe('AWAITING_CONSENT');
    const asked = birth.happened(checked, { type: 'ConsentAsked', people: ['m', 'f'] });
    const answered = asked.happened({ type: 'ConsentGiven', person: 'f' });
    expect(after(answered, 'm').file).toMatchObject({ stage: 'IN_REVIEW', consent: { people: [{ person: 'f' }] } });
    // Who had answered is not forgotten.
    expect(after(answered, 'f').file.consent.people).toHaveLength(2);
  });
});

test('who is silent until the deadline leaves a birth to the committee, and says so before', () => {
  const asked = reported('birth', { mother: 'm', father: 'f' }, 'uncle').happened(
    accepted(['m', 'f']),
    { type: 'DuplicatesChecked', candidates: [], hit: false },
    { type: 'ConsentAsked', people: ['m', 'f'] },
    { type: 'ConsentGiven', person: 'f' },
  );
  expect(asked.wait.otherwise).toBe('goes-to-committee');
  const { file, due } = asked.happened({ type: 'ConsentOverdue' });
  expect(file).toMatchObject({ stage: 'IN_REVIEW', disputed: true });
  expect(file.consent.people.map(({ state }) => state)).toEqual(['unanswered', 'given']);
  expect(due).toBe('open-review');
  const marriage = reported('marriage', { husband: 'h', wife: 'w' }, 'h').happened(
    accepted(['w']),
    { type: 'DuplicatesChecked', candidates: [], hit: false },
    { type: 'ConsentAsked', people: ['w'] },
  );
  expect(marriage.wait.otherwise).toBe('consent-expires');
});

test('a withdrawal is offered only where somebody has consented', () => {
  const offered = ({ file }: ReturnType<typeof reported>): boolean | undefined =>
    actionsFor(familyRegistration as unknown as CaseType, file, { id: 'portal', role: 'portal' }, FILED).find(
      ({ action }) => action === 'withdraw-consent',
    )?.allowed;
  const asked = reported('marriage', { husband: 'h', wife: 'w' }, 'h').happened(
    accepted(['w']),
    { type: 'DuplicatesChecked', candidates: [], hit: false },
    { type: 'ConsentAsked', people: ['w'] },
  );
  expect(offered(asked)).toBe(false);
  expect(offered(asked.happened({ type: 'ConsentGiven', person: 'w' }))).toBe(true);
});

test('a case that was filed while a death was being registered is told too, and nobody twice', () => {
  const registered = reported('death', { deceased: 'd' }, 'son').happened(
    accepted(),
    { type: 'RegistrationStarted' },
    { type: 'EventRegistered', registration: 'fam_given/register' },
    { type: 'CertificateIssued', serial: 'FC00000001' },
    { type: 'OpenCasesFound', cases: ['rnw_1'] },
  );
  expect(registered.next).toMatchObject({ tell: [{ caseId: 'rnw_1', person: 'd' }] });
  const again = registered.happened({ type: 'OpenCasesTold' }, { type: 'OpenCasesFound', cases: ['fam_2'] });
  expect(again.next).toMatchObject({ tell: [{ caseId: 'fam_2' }] });
  const told = again.happened({ type: 'OpenCasesTold' });
  expect(told.file.openCases).toEqual({ cases: ['rnw_1', 'fam_2'], told: true });
});

test('a notice that became a task is still asked for each day, and what the case was on hold is added to the time', () => {
  const missing = reported('birth', { mother: 'm', father: 'f' }, 'f').happened(accepted([], true), {
    type: 'NoticeMissing',
  });
  const overdue = missing.later(10 * DAY).happened({ type: 'NoticeMissing' }, { type: 'NoticeOverdue' });
  expect(overdue.wait.alarms.map(({ step }) => step)).toEqual(['ask-notice', 'escalate-notice']);
  expect(Date.parse(overdue.wait.alarms[0]?.at ?? '') - Date.parse(overdue.now)).toBe(DAY);
  const resumed = overdue
    .happened({ type: 'CaseHeld' })
    .later(2 * DAY)
    .happened({ type: 'CaseResumed' });
  expect(Date.parse(resumed.wait.until) - Date.parse(overdue.wait.until)).toBe(2 * DAY);
});

describe('a source of notices that nobody reaches', () => {
  const away = new OutsideFailure('unavailable', 'evidence', 'http-503', 'The source is away.');
  const waiting = reported('birth', { mother: 'm', father: 'f' }, 'f').happened(accepted([], true));
  /** What the step says of the case, or what it throws. */
  const takes = async (step: string, lastTry: boolean, why: OutsideFailure = away): Promise<unknown> => {
    let given = waiting;
    const said: unknown[] = [];
    const ports = {
      vault: { get: () => Promise.resolve({ application: { event: 'birth', notice: 'HSP-1' } }) },
      evidence: { notice: () => Promise.reject(why) },
    };
    const ctx = {
      get file() {
        return given.file;
      },
      at: given.now,
      ports: ports as unknown as Ports,
      lastTry,
      key: (name: string) => name,
      emit(event: FamilyCaseEvent) {
        given = given.happened(event);
        said.push(event);
      },
    };
    return familySteps[step]?.(ctx).then(
      () => said,
      (error: unknown) => error,
    );
  };

  test('is asked again while tries last, and then the next day: it is no incident', async () => {
    expect(await takes('ask-notice', false)).toBe(away);
    const missing = { type: 'NoticeMissing', unanswered: 'http-503' } as const;
    expect(await takes('ask-notice', true)).toEqual([missing]);
    const asked = waiting.happened(missing);
    expect(asked.wait).toMatchObject({ what: 'notice', otherwise: 'becomes-a-task' });
    expect(Date.parse(asked.wait.alarms[0]?.at ?? '') - Date.parse(asked.now)).toBe(DAY);
    expect(await takes('give-notice-up', true)).toEqual([missing, { type: 'NoticeOverdue' }]);
  });

  test('that answers nonsense is an incident, as before', async () => {
    const nonsense = new OutsideFailure('defect', 'evidence', 'unreadable-answer', 'It cannot be read.');
    expect(await takes('ask-notice', true, nonsense)).toBe(nonsense);
  });
});

describe('what the applicant no longer wants', () => {
  const portal = { id: 'absher-individuals', role: 'portal' } as const;
  const incident = (step: string): CoreEvent => ({
    type: 'IncidentRaised',
    step,
    kind: 'unavailable',
    source: 'register',
    code: 'down',
    message: 'The register is down.',
  });
  const divorce = reported('divorce', { husband: 'h', wife: 'w' }, 'h');
  const none: FamilyCaseEvent = { type: 'DuplicatesChecked', candidates: [], hit: false };

  test('ends in an incident too, which is then no longer waited for; not once it is being registered', () => {
    const stuck = [
      divorce.happened(incident('check-eligibility')),
      divorce.happened(accepted([], true), incident('ask-notice')),
      divorce.happened(accepted(), incident('check-duplicates')),
      divorce.happened(accepted(), none, incident('open-review')),
    ];
    for (const given of stuck) {
      const cancelled = given.does(portal, 'cancel');
      expect(cancelled.status).toBe('COMPENSATING');
      expect(cancelled.next).toEqual({ do: 'notify-ended' });
    }
    const entering = divorce.happened(accepted(), none, { type: 'RegistrationStarted' }, incident('register'));
    expect(entering.refusalOf('cancel', portal)).toBe('not-in-this-status');
    expect(stuck[3]?.happened({ type: 'CaseHeld' }).refusalOf('cancel', portal)).toBe('on-hold');
  });

  test('is paid back, but for the fine; and so is what a death ends', () => {
    const line = (code: string, halalas: number, refundable: 'always' | 'never') => ({
      code,
      title: { ar: code, en: code },
      amount: money(halalas),
      refundable,
      rule: code,
    });
    const quote = quoteOf([line('fee', 2_000, 'always'), line('late-fine', 5_000, 'never')]);
    const paid = divorce.happened(
      { ...accepted(), quote } as FamilyCaseEvent,
      none,
      { type: 'PaymentRequested', paymentId: 'pay_1', payUrl: 'https://pay', amount: quote.total },
      { type: 'PaymentCaptured', captureId: 'cap_1', paymentId: 'pay_1', amount: quote.total, settles: true },
    );
    for (const ended of [paid.happened(incident('open-review')).does(portal, 'cancel'), after(paid, 'w')]) {
      expect(ended.next).toEqual({ do: 'refund' });
      expect(owedRefunds(ended.file)).toEqual([{ captureId: 'cap_1', amount: money(2_000), why: 'case-ended' }]);
    }
  });
});
