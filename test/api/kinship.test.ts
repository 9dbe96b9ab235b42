import type { FamilyRegister } from '../../adapters/register/family-port';
import { kinshipOfCaller } from '../../api/cases/kinship';
import { caseView } from '../../api/cases/view';
import type { Caller } from '../../api/auth/caller';
import type { CaseType, Role } from '../../domain/case/model';
import type { FamilyGraph } from '../../domain/family/graph';
import { OutsideFailure } from '../../domain/failures';
import { zero } from '../../domain/money';
import { quoteOf } from '../../domain/quote';
import { familyRegistration } from '../../workflows/case-types/family-registration';
import { GivenCase } from '../support/given';

const graph: FamilyGraph = [
  { person: 'father', relative: 'grandfather', kind: 'father', from: '1980-01-01' },
  { person: 'uncle', relative: 'grandfather', kind: 'father', from: '1985-01-01' },
];
const officials: Readonly<Record<string, string>> = { kin: 'uncle', stranger: 'somebody', witness: 'neighbour' };

const reported = GivenCase.filed(familyRegistration, {
  caseId: 'fam_kin',
  type: 'family-registration',
  channel: 'absher-individuals',
  clientId: 'absher-individuals',
  filedAt: '2026-11-01T08:00:00.000Z',
  subject: 'father',
  office: 'riyadh-1',
  facts: {
    event: 'birth',
    on: '2026-10-20',
    reporter: 'father',
    parties: { father: 'father', mother: 'mother' },
    witnesses: ['neighbour'],
  },
});
const fee = { code: 'fee', title: { ar: 'رسم', en: 'Fee' }, amount: zero, refundable: 'always', rule: 'fee' } as const;
const inReview = reported.happened(
  {
    type: 'ApplicationAccepted',
    quote: quoteOf([fee]),
    rules: [],
    lateness: 'in-time',
    noticeNeeded: false,
    consenters: [],
  },
  { type: 'DuplicatesChecked', candidates: [], hit: false },
  { type: 'ReviewOpened', why: ['policy'] },
);
const inCommittee = inReview.happened({ type: 'CommitteeConvened', why: ['disputed'], heldBy: 'handler' });

/** The case as the caller gets it, and how often the register was asked for that. */
async function seen({ file, now }: typeof inReview, id: string, role: Role, office = 'riyadh-1') {
  const type = familyRegistration as unknown as CaseType;
  const caller: Caller = { id, roles: [role], office, until: Number.POSITIVE_INFINITY };
  let asked = 0;
  const family: Pick<FamilyRegister, 'kinAround'> = {
    kinAround(staff) {
      asked += 1;
      if (staff === 'while-silent')
        return Promise.reject(new OutsideFailure('unavailable', 'register', 'timeout', 'The register is silent.'));
      return Promise.resolve({ official: officials[staff] ?? null, graph });
    },
  };
  const deps = { family } as Parameters<typeof kinshipOfCaller>[0];
  const kinship = await kinshipOfCaller(deps, type, file, caller, now);
  const view = caseView(type, file, caller, now, { kinship });
  const whyNot = (action: string) =>
    view.unavailableActions.find((each) => each.action === action)?.whyNot.code ??
    (view.allowedActions.some((each) => each.action === action) ? 'allowed' : 'not-theirs');
  return { view, asked, whyNot };
}

test.each<[string, string]>([
  ['stranger', 'allowed'],
  ['kin', 'related-official'],
  ['witness', 'related-official'],
  ['not-enrolled', 'official-unknown'],
  ['while-silent', 'cannot-tell-now'],
])('a caseworker who is %s is told of the claim before trying it: %s', async (who, code) => {
  const { whyNot, asked } = await seen(inReview, who, 'caseworker');
  expect([whyNot('claim'), asked]).toEqual([code, 1]);
});

test('neither who is related to whom nor how is told', async () => {
  const { view } = await seen(inReview, 'kin', 'caseworker');
  expect(JSON.stringify(view)).not.toMatch(/uncle|father|collateral|degree/);
});

test.each<[string, string]>([
  ['stranger', 'allowed'],
  ['kin', 'related-official'],
  ['not-enrolled', 'official-unknown'],
])('a member of the committee who is %s is told of the vote before casting it: %s', async (who, code) => {
  expect((await seen(inCommittee, who, 'committee')).whyNot('vote')).toBe(code);
});

test('who had the case in hand as a caseworker does not sit in its committee, and need not be looked up for that', async () => {
  const { whyNot, asked } = await seen(inCommittee, 'handler', 'committee');
  expect([whyNot('vote'), asked]).toEqual(['four-eyes', 0]);
});

test('somebody of another office is told so, and keeps to what their own office has', async () => {
  const { view, whyNot, asked } = await seen(inReview, 'stranger', 'caseworker', 'jeddah-1');
  expect([whyNot('claim'), whyNot('note'), asked]).toEqual(['another-office', 'another-office', 0]);
  expect(view.allowedActions).toEqual([]);
});

test('the register is not asked about anybody who could do nothing here anyway', async () => {
  const claimed = inReview.does({ id: 'stranger', role: 'caseworker', office: 'riyadh-1' }, 'claim');
  expect((await seen(claimed, 'kin', 'caseworker')).asked).toBe(0);
  expect((await seen(inReview, 'kin', 'auditor')).asked).toBe(0);
  expect((await seen(inCommittee, 'kin', 'caseworker')).asked).toBe(0);
});
