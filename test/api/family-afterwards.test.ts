import { CasePage, EventPage } from '../../api/cases/schemas';
import { child, daysAgo } from '../support/reported-births';
import { until } from '../support/until';
import { code, startFamilyCalls, type FamilyCalls } from './family-calls';

let calls: FamilyCalls;
beforeAll(async () => {
  calls = await startFamilyCalls();
});
afterAll(() => calls?.api.stop());

test('an appeal against a rejection: filed by the calls.portal, decided by who took no part', async () => {
  const [father, mother] = await calls.couple();
  const { id } = await calls.birth(daysAgo(4), father, mother);
  await calls.done(id, 'claim', calls.caseworker);
  const why = { rule: 'event-not-proved', reason: 'The notice is not convincing.' };
  await calls.done(id, 'recommend-rejection', calls.caseworker, why);
  await calls.done(id, 'claim', calls.supervisor);
  await calls.done(id, 'reject', calls.supervisor, why);
  await calls.reached(id, 'REJECTED');
  const original = (await calls.api.call('GET', `/v1/cases/${id}/events?limit=200`, { token: calls.supervisor })).text;

  const grounds = 'The hospital has confirmed the birth since.';
  const stranger = (await calls.post('appeal', await calls.man(), { case: id, grounds })).view();
  expect(stranger).toMatchObject({ status: 'REJECTED', refusedBy: [{ rule: 'appealed-by-the-party' }] });
  const filed = await calls.post('appeal', father, { case: id, grounds });
  expect(filed.text).not.toContain(grounds);
  const appeal = filed.view();
  expect(appeal).toMatchObject({ status: 'IN_REVIEW', parent: id });
  expect(code(await calls.act(appeal.id, 'claim', calls.supervisor))).toEqual([403, 'took-part']);
  const { statement, appealed, part } = await calls.evidence(appeal.id, calls.supervisor2);
  expect(part.en).toBe('Appellant');
  expect(statement?.text).toBe(grounds);
  expect(appealed).toMatchObject({
    caseId: id,
    status: { en: 'Rejected' },
    rejectedFor: [{ rule: 'event-not-proved', text: { en: 'The event is not proved' } }],
  });
  const [recommendation, ...decisions] = appealed?.decisions ?? [];
  expect(recommendation).toMatchObject({ what: 'rejection-recommended', reason: why.reason });
  expect(decisions.at(-1)).toMatchObject({ what: 'rejected', reason: why.reason, by: { id: 'staff-201' } });
  const claimed = await calls.done(appeal.id, 'claim', calls.supervisor2);
  expect(claimed.allowedActions.find(({ action }) => action === 'allow')?.choices).toEqual({
    waives: [{ value: 'event-not-proved', text: { ar: 'الواقعة غير ثابتة', en: 'The event is not proved' } }],
  });
  const allow = (waives: string) =>
    calls.act(appeal.id, 'allow', calls.supervisor2, { waives: [waives], reason: 'The hospital was asked again.' });
  expect(code(await allow('alive'))).toEqual([422, 'rule-not-contested']);
  expect((await allow('event-not-proved')).status).toBe(200);
  await calls.reached(appeal.id, 'ALLOWED');
  const { decisions: decided } = await calls.see(appeal.id);
  expect(decided.map(({ what, rules }) => [what, ...rules.map(({ text }) => text.en)]).at(-1)).toEqual([
    'allowed',
    'The event is not proved',
  ]);
  const told = (
    await calls.api.call('GET', `/v1/cases/${appeal.id}/events?limit=200`, { token: calls.supervisor2 })
  ).as(EventPage);
  expect(told.items.find(({ type }) => type === 'AppealAllowed')?.words).toEqual([
    { ar: 'الواقعة غير ثابتة', en: 'The event is not proved' },
  ]);
  // The new decision goes by the application of the case that was appealed.
  const again = await until(
    async () =>
      (await calls.api.call('GET', `/v1/cases?parent=${appeal.id}`, { token: calls.supervisor })).as(CasePage).items,
    (items) => items.length === 1,
  );
  expect((await calls.family(again[0]?.id ?? '', calls.supervisor2)).reported).toMatchObject({ nameEn: child.nameEn });
  expect((await calls.api.call('GET', `/v1/cases/${id}/events?limit=200`, { token: calls.supervisor })).text).toBe(
    original,
  );
});

test('a correction of a day and a name: asked for by one calls.supervisor and confirmed by another, never by a portal', async () => {
  const [father, mother] = await calls.couple();
  const { id } = await calls.birth(daysAgo(6), father, mother);
  await calls.approved(id);
  const renamed = { nameAr: 'مشعل بن خالد الحربي', nameEn: 'Mishal Khalid Alharbi' };
  const why = 'The hospital wrote the wrong day, and misheard the name.';
  const application = { case: id, what: 'correction', on: daysAgo(7), child: renamed, why };
  expect(code(await calls.post('record-amendment', mother, application))).toEqual([403, 'not-your-role']);
  const half = { ...application, child: { nameAr: renamed.nameAr } };
  expect(code(await calls.post('record-amendment', mother, half, { token: calls.supervisor }))).toEqual([
    422,
    'validation-failed',
  ]);
  const amendment = (await calls.post('record-amendment', mother, application, { token: calls.supervisor })).view();
  expect(amendment).toMatchObject({ status: 'AWAITING_CONFIRMATION', parent: id, channel: 'console' });
  const asked = await calls.evidence(amendment.id, calls.supervisor2);
  expect(asked.statement?.text).toBe(why);
  expect(asked.amended?.what).toBe('correction');
  expect(asked.amended?.rows.filter(({ changes }) => changes)).toEqual([
    expect.objectContaining({ field: 'on', before: { date: daysAgo(6) }, after: { date: daysAgo(7) } }),
    expect.objectContaining({
      field: 'child',
      before: { text: { ar: child.nameAr, en: child.nameEn } },
      after: { text: { ar: renamed.nameAr, en: renamed.nameEn } },
    }),
  ]);
  const seen = { reason: 'Checked with the hospital.' };
  expect(code(await calls.act(amendment.id, 'confirm', calls.supervisor, seen))).toEqual([403, 'four-eyes']);
  await calls.done(amendment.id, 'confirm', calls.supervisor2, seen);
  await until(
    () => calls.see(amendment.id, calls.supervisor),
    ({ status }) => status === 'COMPLETED',
  );
  expect(await calls.api.world.family.births([mother.person], daysAgo(7), daysAgo(7))).toHaveLength(1);
  // The old name is still to be read where it stood; the family goes by the new one; the events go by neither.
  expect((await calls.evidence(amendment.id, calls.supervisor2)).amended).toEqual(asked.amended);
  const events = await calls.api.call('GET', `/v1/cases/${amendment.id}/events?limit=200`, { token: calls.supervisor });
  expect(events.text).not.toContain('Mishal');
  expect((await calls.family(id, calls.supervisor)).entry).toEqual({ on: daysAgo(7), ...renamed });
  const record = await calls.api.call('POST', '/v1/people/family-record', {
    token: calls.portal,
    body: { identityNumber: father.number },
  });
  expect(record.text).toContain(renamed.nameEn);
  expect(record.text).not.toContain(child.nameEn);
});
