import { DAY, MINUTE } from '../../domain/time';
import { createStaff } from '../../adapters/staff/postgres';
import { createEnrolledPortraits } from '../../adapters/register/portraits-postgres';
import { startRenewalWorld, type FiledRenewal, type RenewalWorld } from '../support/renewal-world';
import { caseworker, colleague, otherSupervisor, portal, supervisor } from '../support/renewals';

let world: RenewalWorld;
beforeAll(async () => {
  world = await startRenewalWorld();
});
afterAll(() => world?.stop());

const because = { reasonRef: 'v_reason' };
async function inReview(expiresIn?: number): Promise<FiledRenewal> {
  const renewal = await world.file({ photo: 'doubtful', ...(expiresIn === undefined ? {} : { expiresIn }) });
  await renewal.status('IN_REVIEW');
  return renewal;
}

test('a doubtful photo: claimed, approved, issued', async () => {
  const renewal = await inReview();
  expect((await renewal.row())?.file.review.why).toEqual(['tilted']);
  await renewal.act(caseworker, 'claim');
  expect((await renewal.row())?.claimedBy).toBe('cw-1');
  await renewal.act(caseworker, 'approve');
  expect(await renewal.outcome()).toBe('COMPLETED');
  expect((await renewal.row())?.file.decisions.map(({ what }) => what)).toEqual([
    'eligible',
    'photo-doubt',
    'approved',
  ]);
});

test('a bad photo goes back; a good one completes the case', async () => {
  const renewal = await world.file({ photo: 'bad' });
  await renewal.waits('resubmission');
  expect(await renewal.refusal(portal, 'resubmit')).toBe('returned-items-missing');
  await renewal.act(portal, 'resubmit', { photoRef: await world.keepPortrait(renewal.person, 'good') });
  expect(await renewal.outcome()).toBe('COMPLETED');
  expect((await renewal.ledger('messages')).map(({ textEn }) => textEn)).toContain(
    'Your ID renewal needs something from you. Please look within 14 days.',
  );
});

test('the portrait of the card before is no new photo', async () => {
  const renewal = await world.file({ photo: 'bad' });
  await renewal.waits('resubmission');
  const documentRef = await world.keepPortrait(renewal.person, 'good');
  await createEnrolledPortraits(world.database).keep(renewal.person, { documentRef, takenOn: '2016-12-01' });
  await renewal.act(portal, 'resubmit', { photoRef: documentRef });
  await renewal.happened('CaseReturned', 2);
  expect((await renewal.row())?.file.photo).toEqual({ verdict: 'fail', reasons: ['too-old'] });
});

test('a photo of somebody else is as good as none', async () => {
  const [renewal, other] = await Promise.all([world.file({ photo: 'bad' }), world.file()]);
  await renewal.waits('resubmission');
  await renewal.act(portal, 'resubmit', { photoRef: await world.keepPortrait(other.person, 'good') });
  await renewal.happened('CaseReturned', 2);
  expect((await renewal.row())?.file.photo).toEqual({ verdict: 'fail', reasons: ['photo-usable'] });
});

test('a photo that fails in all three rounds ends the case, and what is refundable goes back', async () => {
  const renewal = await world.file({ photo: 'bad', expiresIn: -3 });
  for (const round of [1, 2, 3]) {
    await renewal.happened('CaseReturned', round);
    await renewal.waits('resubmission');
    await renewal.act(portal, 'resubmit', { photoRef: await world.keepPortrait(renewal.person, 'bad') });
  }
  expect(await renewal.outcome()).toBe('EXPIRED');
  const types = await renewal.types();
  expect(types.filter((type) => type === 'CaseReturned')).toHaveLength(3);
  expect((await renewal.row())?.file.ending?.why).toBe('return-rounds-used-up');
  expect(await renewal.money()).toEqual({ captured: 12_500, refunded: 2500 });
});

test('not answered in 14 days the case expires, and what is refundable goes back', async () => {
  const renewal = await world.file({ photo: 'bad', expiresIn: -3 });
  await renewal.waits('resubmission');
  await renewal.forward(15 * DAY);
  expect(await renewal.outcome()).toBe('EXPIRED');
  expect(await renewal.money()).toEqual({ captured: 12_500, refunded: 2500 });
});

test('a review that nobody takes is warned of, then goes to a supervisor, who is reminded', async () => {
  const renewal = await inReview();
  await renewal.forward(9 * DAY);
  const events = await renewal.events();
  expect(events.map(({ event }) => event.type)).toEqual(expect.arrayContaining(['ReviewWarned', 'CaseEscalated']));
  const row = await renewal.row();
  expect(row).toMatchObject({ waitingWhat: 'supervisor-decision', overdue: true });
  expect(await renewal.refusal(caseworker, 'claim')).toBe('supervisor-only');
  await renewal.act(supervisor, 'claim');
  await renewal.act(supervisor, 'approve');
  expect(await renewal.outcome()).toBe('COMPLETED');
});

test('a claim that is not used lapses after half an hour', async () => {
  const renewal = await inReview();
  await renewal.act(caseworker, 'claim');
  expect(await renewal.refusal(colleague, 'claim')).toBe('claimed-by-another');
  await renewal.forward(31 * MINUTE);
  await renewal.happened('ClaimLapsed');
  expect((await renewal.row())?.claimedBy).toBeNull();
  expect(await renewal.refusal(caseworker, 'approve')).toBe('not-claimed');
  await renewal.act(colleague, 'claim');
  await renewal.act(colleague, 'approve');
  expect(await renewal.outcome()).toBe('COMPLETED');
});

test('rejected by a second supervisor: the fine is kept, the rest goes back', async () => {
  const renewal = await inReview(-3);
  await renewal.act(caseworker, 'claim');
  await renewal.act(caseworker, 'recommend-rejection', { rule: 'photo', ...because });
  const both = { ...supervisor, id: caseworker.id };
  await renewal.act(both, 'claim');
  expect(await renewal.refusal(both, 'reject', { rule: 'photo', ...because })).toBe('four-eyes');
  await renewal.act(both, 'release');
  await renewal.act(otherSupervisor, 'claim');
  await renewal.act(otherSupervisor, 'reject', { rule: 'photo', ...because });
  expect(await renewal.outcome()).toBe('REJECTED');
  expect(await renewal.money()).toEqual({ captured: 12_500, refunded: 2500 });
  expect((await renewal.cards()).map(({ status }) => status)).toEqual(['valid']);
});

test('two claim at once: one has it, the other is told why not', async () => {
  const renewal = await inReview();
  const answers = await Promise.allSettled([renewal.act(caseworker, 'claim'), renewal.act(colleague, 'claim')]);
  expect(answers.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
  const loser = answers[0]?.status === 'fulfilled' ? colleague : caseworker;
  expect(await renewal.refusal(loser, 'claim')).toBe('claimed-by-another');
  expect((await renewal.types()).filter((type) => type === 'CaseClaimed')).toHaveLength(1);
});

test('the same action twice is done once and answered alike; another version is refused', async () => {
  const renewal = await inReview();
  const version = (await renewal.row())?.version ?? 0;
  const once = { id: 'claim-once', expectedVersion: version };
  const [first, second] = await Promise.all([
    renewal.act(caseworker, 'claim', {}, once),
    renewal.act(caseworker, 'claim', {}, once),
  ]);
  expect([first, second]).toEqual([version + 1, version + 1]);
  expect(await renewal.act(caseworker, 'claim', {}, once)).toBe(version + 1);
  expect(await renewal.refusal(caseworker, 'approve', {}, { expectedVersion: version })).toBe('stale-version');
  expect((await renewal.types()).filter((type) => type === 'CaseClaimed')).toHaveLength(1);
});

test('what was refused for what a look-up found is asked anew by the same request, and two of it at once are one', async () => {
  const renewal = await inReview();
  const to = 'cw-newly-here';
  const request = { id: 'reassign-to-a-newcomer', expectedVersion: (await renewal.row())?.version ?? 0 };
  expect(await renewal.refusal(supervisor, 'reassign', { to }, request)).toBe('no-such-colleague');
  const name = { ar: 'زميل جديد', en: 'A newcomer' };
  await createStaff(world.database).remember({ id: to, name, roles: ['caseworker'], office: 'riyadh-1' });
  const again = (): Promise<number> => renewal.act(supervisor, 'reassign', { to }, request);
  const after = request.expectedVersion + 1;
  expect(await Promise.all([again(), again()])).toEqual([after, after]);
  expect((await renewal.row())?.version).toBe(after);
  expect((await renewal.row())?.claimedBy).toBe(to);
});

test('a closed case takes no action, and says why', async () => {
  const renewal = await world.file();
  expect(await renewal.outcome()).toBe('COMPLETED');
  expect(await renewal.refusal(portal, 'cancel')).toBe('case-closed');
});
