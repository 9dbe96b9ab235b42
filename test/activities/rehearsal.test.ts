import { caseKind } from '../../activities/kinds';
import { rehearse, type Rehearsal } from '../../activities/rehearsal';
import { statusOf } from '../../domain/case/core';
import type { Actor, AnyEvent, CaseFile } from '../../domain/case/model';
import { halalas } from '../../domain/money';
import { appeal } from '../../workflows/case-types/appeal';
import { familyRegistration } from '../../workflows/case-types/family-registration';
import { GivenCase } from '../support/given';
import { caseworker, claimed, filing, supervisor } from '../support/renewals';

const rehearsed = <F extends CaseFile, E extends AnyEvent>(
  given: GivenCase<F, E>,
  actor: Actor,
  action: string,
  input: Readonly<Record<string, unknown>> = {},
  hasAddress = true,
): Promise<Rehearsal> => {
  const request = { id: 'r', action, actor, expectedVersion: given.file.version, input };
  return rehearse(caseKind(given.file.type), given.file, request, given.now, hasAddress);
};
const told = ({ messages }: Rehearsal): string[] =>
  messages.map(
    ({ text, toApplicant, atOnce }) => `${toApplicant ? '' : 'others '}${atOnce ? 'now' : 'later'}: ${text.en}`,
  );

describe('a renewal', () => {
  test('approved, is printed, sent and done', async () => {
    const to = await rehearsed(claimed(), caseworker, 'approve');
    expect([statusOf(to.first), statusOf(to.last)]).toEqual(['PRINT_QUEUED', 'COMPLETED']);
    expect(told(to)).toEqual(['later: Your new ID card is on its way.']);
    expect(to.refunds).toEqual([]);
  });
  test('for somebody without an address it lies at the office', async () => {
    const to = await rehearsed(claimed(), caseworker, 'approve', {}, false);
    expect(statusOf(to.last)).toBe('READY_FOR_PICKUP');
    expect(told(to).at(-1)).toBe('later: Your new ID card is ready for pickup at the office.');
  });
  test('rejected, says so and gives back what is refundable', async () => {
    const given = claimed(100).does(caseworker, 'escalate', { reasonRef: 'v' }).does(supervisor, 'claim');
    const to = await rehearsed(given, supervisor, 'reject', { rule: 'identity-doubtful' });
    expect(statusOf(to.first)).toBe('REJECTED');
    expect(told(to)).toEqual(['now: Your ID renewal has ended. See your account for details.']);
    expect(to.refunds).toEqual([halalas(2500)]);
  });
  test('held or noted, nothing is sent', async () => {
    const to = await rehearsed(claimed(), supervisor, 'hold', { reasonRef: 'v' });
    expect([statusOf(to.last), told(to)]).toEqual(['ON_HOLD', []]);
  });
});

describe('a family case', () => {
  const report = GivenCase.filed(familyRegistration, {
    ...filing,
    type: 'family-registration',
    caseId: 'fam_given',
    subject: 'p_mother',
    facts: {
      event: 'birth',
      on: '2026-10-28',
      reporter: 'p_father',
      parties: { father: 'p_father', mother: 'p_mother' },
      sex: 'M',
    },
  })
    .happened({
      type: 'ApplicationAccepted',
      quote: { lines: [], total: halalas(0) },
      rules: [],
      lateness: 'late',
      noticeNeeded: false,
      consenters: [],
    })
    .happened({ type: 'DuplicatesChecked', candidates: [], hit: false })
    .happened({ type: 'ReviewOpened', why: ['late'], level: 'supervisor' })
    .does(supervisor, 'claim');

  test('approved, is registered, and the reporter is told, as is the other parent', async () => {
    const to = await rehearsed(report, supervisor, 'approve');
    expect(statusOf(to.last)).toBe('COMPLETED');
    expect(told(to)).toEqual([
      'others now: An event that concerns you was entered in the civil register. See your account for details.',
      'now: The event is registered. Its certificate is in your account.',
    ]);
  });
  test('rejected, ends', async () => {
    const to = await rehearsed(report, supervisor, 'reject', { rule: 'event-not-proved' });
    expect(told(to)).toEqual(['now: Your report has ended without a registration. See your account for details.']);
  });
});

test('an appeal that is upheld tells the applicant that it is decided', async () => {
  const given = GivenCase.filed(appeal, {
    ...filing,
    type: 'appeal',
    caseId: 'app_given',
    facts: { appealed: 'rnw_given' },
  })
    .happened({ type: 'AppealAdmitted', rules: [], original: filing, rejectedFor: [], tookPart: [] })
    .does(supervisor, 'claim');
  const to = await rehearsed(given, supervisor, 'uphold', { reasonRef: 'v' });
  expect(statusOf(to.last)).toBe('UPHELD');
  expect(told(to)).toEqual(['now: Your appeal has been decided. See your account for details.']);
});
