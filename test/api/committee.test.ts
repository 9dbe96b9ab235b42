import { familiesIn, type Families } from '../support/families';
import { daysAgo, reportBirth } from '../support/reported-births';
import { until } from '../support/until';
import { startApiWorld, type ApiWorld } from './api-world';

let api: ApiWorld;
let families: Families;
beforeAll(async () => {
  api = await startApiWorld();
  families = familiesIn(api.world);
});
afterAll(() => api?.stop());

const staff = (sub: string): Promise<string> => api.token({ as: sub });

async function act(id: string, action: string, sub: string, body: object = {}): Promise<void> {
  const token = await staff(sub);
  const { version } = (await api.call('GET', `/v1/cases/${id}`, { token })).view();
  const answer = await api.call('POST', `/v1/cases/${id}/actions/${action}`, {
    token,
    body,
    headers: { 'if-match': `"${version}"` },
  });
  if (answer.status !== 200) throw new Error(`${action}: ${answer.text}`);
}

const queued = async (sub: string, query = ''): Promise<string> =>
  (await api.call('GET', `/v1/work-queue?limit=200${query}`, { token: await staff(sub) })).text;

const birth = async () => {
  const reported = await reportBirth(families, daysAgo(3));
  await until(
    async () => (await api.call('GET', `/v1/cases/${reported.caseId}`, { token: await staff('staff-101') })).view(),
    ({ status }) => status === 'IN_REVIEW',
  );
  await act(reported.caseId, 'claim', 'staff-101');
  return reported;
};

test('what the committee votes on is in the queue of all its members, whatever office they are of', async () => {
  const { caseId } = await birth();
  await act(caseId, 'refer-to-committee', 'staff-101', { reason: 'Two men say that they are the father.' });
  for (const member of ['staff-301', 'staff-303', 'staff-305']) expect(await queued(member)).toContain(caseId);
  expect(await queued('staff-305', '&office=dammam-1')).not.toContain(caseId);
  expect(await queued('staff-201')).not.toContain(caseId);
});

test('an appeal is the work of the committee as well as of supervisors; what is in a supervisor’s review is not', async () => {
  const { caseId, father } = await birth();
  const why = { rule: 'event-not-proved', reason: 'The notice is not convincing.' };
  await act(caseId, 'recommend-rejection', 'staff-101', why);
  expect(await queued('staff-301')).not.toContain(caseId);
  await act(caseId, 'claim', 'staff-201');
  await act(caseId, 'reject', 'staff-201', why);
  const appeal = await until(
    async () =>
      (
        await api.call('POST', '/v1/cases', {
          token: await api.portal(),
          headers: { 'idempotency-key': api.key('appeal') },
          body: {
            type: 'appeal',
            applicant: { identityNumber: father.number },
            application: { case: caseId, grounds: 'The hospital has confirmed the birth since.' },
          },
        })
      ).view(),
    ({ status }) => status === 'IN_REVIEW',
  );
  expect(await queued('staff-305')).toContain(appeal.id);
  expect(await queued('staff-202')).toContain(appeal.id);
  expect(await queued('staff-203')).not.toContain(appeal.id);
  await act(appeal.id, 'claim', 'staff-305');
  expect(await queued('staff-305', '&view=mine')).toContain(appeal.id);
});
