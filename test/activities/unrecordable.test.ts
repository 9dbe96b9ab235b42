import { createCaseActivities } from '../../activities/advance';
import { caseKind } from '../../activities/kinds';
import { nextOf } from '../../domain/case/core';
import type { CaseType } from '../../domain/case/model';
import { idRenewal } from '../../workflows/case-types/id-renewal';
import type { RenewalFile } from '../../workflows/case-types/id-renewal/file';
import { portal } from '../support/renewals';
import { startTransitions, types, type Transitions } from '../support/transitions';

let world: Transitions;
let { control, ports, filing, advance, logged, fileOf } = {} as Transitions;
beforeAll(async () => {
  world = await startTransitions();
  ({ control, ports, filing, advance, logged, fileOf } = world);
});
afterAll(() => world?.stop());

test.each(['\u0000', '\ud800'])(
  'what the log can never take becomes an incident, and the case goes on after it: %j',
  async (bad) => {
    const first = await filing();
    const { caseId } = first;
    await control.script(caseId, { payments: 'manual' });
    const { version, payment } = (await advance({ caseId, cause: { filing: first } }).then(() =>
      fileOf(caseId),
    )) as RenewalFile;
    const told = {
      id: `bad-${version}`,
      type: 'payment.failed',
      caseId,
      paymentId: payment.paymentId ?? '',
      reason: bad,
    } as const;
    const { events, stuck } = await advance({ caseId, version, cause: { message: told } });
    expect(stuck).toBeUndefined();
    expect(events.map(({ event, cause }) => [event, cause])).toEqual([
      [expect.objectContaining({ type: 'IncidentRaised', source: 'case-log', code: 'unrecordable' }), told.id],
    ]);
    await advance({ caseId, version: version + 1, cause: { step: 'retry-by-itself', id: 'again' } });
    expect(nextOf(idRenewal as unknown as CaseType, await fileOf(caseId))).toMatchObject({ wait: { what: 'payment' } });
  },
);

test('an answer from outside that can never be recorded: what came before it is kept', async () => {
  const first = await filing();
  const strange = {
    ...ports,
    payments: { ...ports.payments, request: async () => ({ paymentId: 'pay', payUrl: '\u0000' }) },
  };
  const { events } = await createCaseActivities(strange, caseKind).advance({
    type: 'id-renewal',
    caseId: first.caseId,
    version: 0,
    cause: { filing: first },
    at: new Date().toISOString(),
    chain: true,
  });
  expect(types(events)).toEqual(['ApplicationSubmitted', 'IncidentRaised']);
  expect(events[1]?.event).toMatchObject({ step: 'request-payment', code: 'unrecordable' });
});

test('an action that can never be recorded is refused', async () => {
  const first = await filing();
  const { caseId } = first;
  await control.script(caseId, { payments: 'manual' });
  const { events } = await advance({ caseId, cause: { filing: first } });
  const { refusal } = await advance({
    caseId,
    version: events.length,
    cause: {
      action: {
        id: 'bad',
        action: 'cancel',
        actor: portal,
        expectedVersion: events.length,
        input: { reasonRef: '\u0000' },
      },
    },
    chain: false,
  });
  expect(refusal?.code).toBe('not-recordable');
  expect(await logged(caseId)).toHaveLength(events.length);
});
