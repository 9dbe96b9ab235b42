import { historyToJSON } from '@temporalio/common/lib/proto-utils';
import { temporal } from '@temporalio/proto';
import { createFamilyEnrol } from '../../adapters/register/family-enrol';
import { aged, inDays } from '../support/families';
import { personalDataIn, standsIn } from '../support/personal-data';
import { startRenewalWorld, type FiledRenewal, type RenewalWorld } from '../support/renewal-world';
import { caseworker, portal } from '../support/renewals';
import { identityNumberFrom } from '../../domain/identity-number';
import { addYears } from '../../domain/time';

let world: RenewalWorld;
beforeAll(async () => {
  world = await startRenewalWorld();
});
afterAll(() => world?.stop());

const { EventType } = temporal.api.enums.v1;
/** What a workflow task is for: a command of it stands right behind its end. */
const TASK = new Set<number | null | undefined>([
  EventType.EVENT_TYPE_WORKFLOW_TASK_SCHEDULED,
  EventType.EVENT_TYPE_WORKFLOW_TASK_STARTED,
  EventType.EVENT_TYPE_WORKFLOW_EXECUTION_SIGNALED,
]);

const history = async (renewal: FiledRenewal): Promise<temporal.api.history.v1.IHistoryEvent[]> =>
  (await renewal.handle.fetchHistory()).events ?? [];

test('from filing to card: every event in order, on few engine events', async () => {
  const renewal = await world.file();
  expect(await renewal.outcome()).toBe('COMPLETED');
  expect(await renewal.types()).toEqual([
    'ApplicationSubmitted',
    'ApplicationValidated',
    'PaymentRequested',
    'PaymentCaptured',
    'PhotoJudged',
    'CaseApproved',
    'CardReserved',
    'CardOrdered',
    'CardPrinted',
    'CardDispatched',
    'ApplicantNotified',
    'CardHandedOver',
    'CardsSwapped',
    'CaseClosed',
  ]);
  expect(await renewal.money()).toEqual({ captured: 2500, refunded: 0 });
  expect((await renewal.cards()).map(({ status }) => status)).toEqual(['superseded', 'valid']);
  const engine = await history(renewal);
  expect(engine.length).toBeLessThanOrEqual(30);
  const idle = engine.filter(
    ({ eventType }, i) =>
      eventType === EventType.EVENT_TYPE_WORKFLOW_TASK_COMPLETED &&
      (i + 1 === engine.length || TASK.has(engine[i + 1]?.eventType)),
  );
  expect(idle).toEqual([]);
});

test('a child by a guardian: refused until the register has the tie, then all the way to the card', async () => {
  const parent = await world.file({ script: { payments: 'manual' } });
  const guardian = parent.person;
  const child = await world.file({ person: { birthDate: aged(10) }, facts: { guardian } });
  expect(await child.outcome()).toBe('REJECTED');
  expect((await child.row())?.file.refusedBy).toEqual(['guardian-link']);
  await createFamilyEnrol(world.database).ties([
    { kind: 'enrolled-parent', on: aged(10), child: child.person, parent: guardian, as: 'mother' },
  ]);
  const again = { ...child.filing, caseId: `${child.id}b` };
  await world.cases.start(again);
  expect(await world.client.workflow.getHandle(again.caseId).result()).toBe('COMPLETED');
  expect((await child.cards()).map(({ status }) => status)).toEqual(['superseded', 'valid']);
});

test('a resident of the same case type', async () => {
  const renewal = await world.file({
    person: {
      number: identityNumberFrom('200000001'),
      nationality: 'IND',
      card: { type: 'resident-id', issuedOn: '2021-12-01', expiresOn: inDays(5) },
    },
  });
  expect(await renewal.outcome()).toBe('COMPLETED');
  const reserved = (await renewal.events()).map(({ event }) => event).find((event) => event.type === 'CardReserved');
  expect(reserved).toMatchObject({ expiresOn: addYears(reserved?.issuedOn ?? '', 5) });
});

test.each([
  ['nobody who is blocked', { person: { blocked: true } }, ['not-blocked']],
  ['nobody too early', { expiresIn: 200 }, ['renewal-window']],
  ['nobody without an address, by courier', { person: { address: null } }, ['national-address']],
  ['nobody with a photo of somebody else', { facts: { photoRef: 'd_0123456789abcdef' } }, ['photo-usable']],
])('%s: refused, which is an answer', async (_who, wish, rules) => {
  const renewal = await world.file(wish);
  expect(await renewal.outcome()).toBe('REJECTED');
  expect((await renewal.row())?.file.refusedBy).toEqual(rules);
  expect(await renewal.ledger('payments')).toEqual([]);
});

test('filed again, the case is the same one', async () => {
  const renewal = await world.file({ script: { payments: 'manual' } });
  const again = await Promise.all([world.cases.start(renewal.filing), world.cases.start(renewal.filing)]);
  expect(again.map(({ version }) => version)).toEqual([3, 3]);
  expect((await renewal.types()).filter((type) => type === 'ApplicationSubmitted')).toHaveLength(1);
});

test('no name, number, phone or address stands in the engine', async () => {
  const renewal = await world.file({ photo: 'doubtful', expiresIn: -3 });
  await renewal.status('IN_REVIEW');
  await renewal.act(caseworker, 'claim');
  await renewal.act(caseworker, 'return', { items: ['photo'], reasonRef: 'v_reason' });
  await renewal.waits('resubmission');
  await renewal.act(portal, 'resubmit', { photoRef: await world.keepPortrait(renewal.person, 'doubtful') });
  await renewal.status('IN_REVIEW');
  await renewal.act(caseworker, 'claim');
  await renewal.act(caseworker, 'approve');
  expect(await renewal.outcome()).toBe('COMPLETED');
  const json = historyToJSON({ events: await history(renewal) });
  expect(standsIn(json, renewal.id)).toBe(true);
  expect(personalDataIn(json, renewal.applicant)).toEqual([]);
});
