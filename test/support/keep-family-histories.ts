import { writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { historyToJSON } from '@temporalio/common/lib/proto-utils';
import { addDays, DAY, riyadhDate } from '../../domain/time';
import { startBroker } from './engine-broker';
import {
  aged,
  caseworker,
  familiesIn,
  goodPhoto,
  member,
  portal,
  supervisor,
  supervisor2,
  until,
  type Families,
  type Somebody,
} from './families';
import type { AppealFile } from '../../workflows/case-types/appeal/file';
import type { FamilyFile } from '../../workflows/case-types/family-registration/file';
import { operator, otherOperator } from '../ops/cases';
import { standsIn } from './personal-data';
import { fastForward } from './time-skipping';
import { startWorld, type World } from './world';

/**
 * Runs one family case of each main way on the real engine and keeps its history for replay. To be run only when a way is new.
 *
 *   node --require ./test/support/typescript-hook.cjs test/support/keep-family-histories.ts [way ...]
 */
const today = riyadhDate(new Date().toISOString());
const child = {
  nameAr: 'سعود بن خالد الحربي',
  nameEn: 'Saud Khalid Alharbi',
  sex: 'M',
  birthPlaceAr: 'الرياض',
  birthPlaceEn: 'Riyadh',
};

interface Kept {
  readonly caseId: string;
  readonly ends: string;
}

async function birth(families: Families, { on = addDays(today, -4), married = true, noticed = true } = {}) {
  const father = await families.somebody();
  const mother = await families.somebody({ sex: 'F' });
  if (married) await families.ties(families.married(father, mother));
  const reference = `KEPT-${father.person.slice(-8)}`;
  const notice = noticed
    ? await families.notice({ kind: 'birth', on, people: [father, mother], reference })
    : reference;
  const caseId = await families.report(father, {
    event: 'birth',
    on,
    father: father.number,
    mother: mother.number,
    child,
    notice,
  });
  return { caseId, father, mother };
}

async function marriage(families: Families) {
  const [husband, wife] = [await families.somebody(), await families.somebody({ sex: 'F' })];
  const on = addDays(today, -6);
  const reference = `KEPT-${husband.person.slice(-8)}`;
  const notice = await families.notice({ kind: 'marriage', on, people: [husband, wife], reference });
  const couple = { husband: husband.number, wife: wife.number };
  return { caseId: await families.report(husband, { event: 'marriage', on, ...couple, notice }), husband, wife };
}

async function rejected(families: Families): Promise<{ caseId: string; father: Somebody }> {
  const reported = await birth(families);
  await families.act(reported.caseId, caseworker, 'claim');
  await families.act(reported.caseId, caseworker, 'recommend-rejection', { rule: 'event-not-proved' });
  await families.act(reported.caseId, supervisor, 'claim');
  await families.act(reported.caseId, supervisor, 'reject', { rule: 'event-not-proved' });
  await families.outcome(reported.caseId);
  return reported;
}

const linked = (
  type: string,
  caseId: string,
  of: string,
  clientId: string,
  subject: Somebody,
  facts: Record<string, unknown>,
) => ({
  caseId,
  type,
  channel: clientId,
  clientId,
  filedAt: new Date().toISOString(),
  subject: subject.person,
  office: 'riyadh-1',
  facts,
  parent: of,
});

const ways: Readonly<Record<string, (families: Families, world: World) => Promise<Kept>>> = {
  'family-registration.identification': async (families, world) => {
    const father = await families.somebody();
    const son = await families.somebody({ birthDate: aged(14), card: false });
    await families.ties(families.parentOf(father, son, 'father'));
    const photo = await world.keepPhoto(son.person, Buffer.from('photo'), goodPhoto);
    return {
      caseId: await families.report(father, { event: 'member-identification', member: son.number, photo }),
      ends: 'COMPLETED',
    };
  },
  'family-registration.birth-late-consent-notice': async (families, world) => {
    const on = addDays(today, -40);
    const { caseId, father, mother } = await birth(families, { on, married: false, noticed: false });
    await families.notice({
      kind: 'birth',
      on,
      people: [father, mother],
      reference: `KEPT-${father.person.slice(-8)}`,
    });
    await fastForward(world.client, caseId, 1.1 * DAY);
    await until(async () => (await families.fileOf(caseId)).stage === 'AWAITING_CONSENT');
    await families.act(caseId, portal, 'consent', { person: mother.person });
    await until(async () => (await families.fileOf(caseId)).stage === 'IN_REVIEW');
    await families.approve(caseId, supervisor);
    return { caseId, ends: 'COMPLETED' };
  },
  'family-registration.committee': async (families) => {
    const { caseId } = await birth(families, { on: addDays(today, -500) });
    await until(async () => (await families.fileOf(caseId)).stage === 'COMMITTEE');
    for (const n of [1, 2]) await families.act(caseId, member(n), 'vote', { vote: 'approve' });
    return { caseId, ends: 'COMPLETED' };
  },
  'family-registration.death': async (families) => {
    const { father, mother } = await birth(families);
    const marriage = await families.notice({ kind: 'divorce', on: today, people: [father, mother] });
    await families.report(father, {
      event: 'divorce',
      on: today,
      husband: father.number,
      wife: mother.number,
      notice: marriage,
    });
    const notice = await families.notice({ kind: 'death', on: today, people: [father] });
    const caseId = await families.report(mother, { event: 'death', on: today, deceased: father.number, notice });
    await families.approve(caseId);
    return { caseId, ends: 'COMPLETED' };
  },
  'family-registration.consent-expired': async (families, world) => {
    const { caseId } = await marriage(families);
    await fastForward(world.client, caseId, 14.1 * DAY);
    return { caseId, ends: 'EXPIRED' };
  },
  // `family-registration.consent-expired.json` is of such a birth, from before silence was a dispute.
  'family-registration.consent-overdue': async (families, world) => {
    const { caseId } = await birth(families, { married: false });
    await fastForward(world.client, caseId, 14.1 * DAY);
    await until(async () => (await families.fileOf(caseId)).stage === 'COMMITTEE');
    for (const n of [1, 2]) await families.act(caseId, member(n), 'vote', { vote: 'approve' });
    return { caseId, ends: 'COMPLETED' };
  },
  'family-registration.reset': async (families) => {
    const { caseId } = await birth(families, { on: addDays(today, -45) });
    await until(async () => (await families.fileOf(caseId)).stage === 'IN_REVIEW');
    await families.act(caseId, operator, 'repair', { field: 'event-date', value: addDays(today, -4) });
    await families.act(caseId, otherOperator, 'confirm-repair');
    await families.approve(caseId, supervisor);
    await until(async () => (await families.fileOf(caseId)).incident);
    const { payment } = await families.fileOf<FamilyFile>(caseId);
    await families.act(caseId, operator, 'reset', {
      to: 'check-eligibility',
      compensate: [`payment/${payment.settledBy ?? ''}`],
    });
    await until(async () => (await families.fileOf(caseId)).stage === 'IN_REVIEW');
    await families.approve(caseId);
    return { caseId, ends: 'COMPLETED' };
  },
  'family-registration.marriage': async (families) => {
    const { caseId, wife } = await marriage(families);
    await families.act(caseId, portal, 'consent', { person: wife.person });
    await families.approve(caseId);
    return { caseId, ends: 'COMPLETED' };
  },
  'family-registration.linked': async (families) => {
    const { caseId: first, father, mother } = await birth(families);
    const on = addDays(today, -3);
    const notice = await families.notice({ kind: 'birth', on, people: [father, mother] });
    const parents = { father: father.number, mother: mother.number };
    const caseId = await families.report(mother, { event: 'birth', on, ...parents, child, notice });
    await families.act(caseId, supervisor, 'same-event', { of: first });
    return { caseId, ends: 'LINKED' };
  },
  'family-registration.notice-overdue': async (families, world) => {
    const { caseId } = await birth(families, { noticed: false });
    await fastForward(world.client, caseId, 10.1 * DAY);
    await until(async () => (await families.fileOf<FamilyFile>(caseId)).notice.overdueSince);
    await fastForward(world.client, caseId, 10 * DAY);
    await until(async () => (await families.fileOf<FamilyFile>(caseId)).notice.escalatedAt);
    await families.act(caseId, supervisor, 'accept-notice');
    await until(async () => (await families.fileOf(caseId)).stage === 'IN_REVIEW');
    await families.approve(caseId);
    return { caseId, ends: 'COMPLETED' };
  },
  'family-registration.cancelled': async (families, world) => {
    await world.control.dials('payments', { garbleNext: 1 });
    const { caseId } = await birth(families, { on: addDays(today, -45) });
    await until(async () => (await families.fileOf(caseId)).incident);
    await families.act(caseId, portal, 'cancel');
    return { caseId, ends: 'CANCELLED' };
  },
  'appeal.upheld': async (families, world) => {
    const { caseId: appealed, father } = await rejected(families);
    const caseId = `apl_kept${Date.now()}`;
    await world.cases.start(linked('appeal', caseId, appealed, portal.id, father, { appealed }));
    await fastForward(world.client, caseId, 30 * DAY);
    await until(async () => (await families.fileOf<AppealFile>(caseId)).remindedAt);
    await families.act(caseId, supervisor2, 'claim');
    await families.act(caseId, supervisor2, 'uphold');
    return { caseId, ends: 'UPHELD' };
  },
  'record-amendment.revocation': async (families, world) => {
    const { caseId: married, husband, wife } = await marriage(families);
    await families.act(married, portal, 'consent', { person: wife.person });
    await families.approve(married);
    await families.outcome(married);
    const caseId = `amd_kept${Date.now()}`;
    const facts = { amends: married, what: 'revocation' };
    await world.cases.start({
      ...linked('record-amendment', caseId, married, supervisor.id, husband, facts),
      filedBy: 'supervisor',
    });
    await families.act(caseId, supervisor2, 'confirm');
    return { caseId, ends: 'COMPLETED' };
  },
  'appeal.repaired': async (families, world) => {
    const { caseId: appealed, father } = await rejected(families);
    const caseId = `apl_kept${Date.now()}`;
    await world.cases.start(linked('appeal', caseId, appealed, portal.id, father, { appealed }));
    await families.act(caseId, operator, 'repair', { field: 'office', value: 'jeddah-1' });
    await families.act(caseId, operator, 'reset', { to: 'check-admissible' });
    await until(
      async () => (await families.events(caseId)).filter(({ event }) => event.type === 'AppealAdmitted').length === 2,
    );
    await families.act(caseId, supervisor2, 'claim');
    await families.act(caseId, supervisor2, 'uphold');
    return { caseId, ends: 'UPHELD' };
  },
  'appeal.allowed': async (families, world) => {
    const { caseId: appealed, father } = await rejected(families);
    const caseId = `apl_kept${Date.now()}`;
    await world.cases.start(linked('appeal', caseId, appealed, portal.id, father, { appealed }));
    await families.act(caseId, supervisor2, 'claim');
    await families.act(caseId, supervisor2, 'allow', { waives: ['event-not-proved'] });
    return { caseId, ends: 'ALLOWED' };
  },
  // `record-amendment.correction.json` is from before a correction issued a certificate.
  'record-amendment.certified': async (families, world) => {
    const { caseId: amends, father } = await birth(families);
    await families.approve(amends);
    await families.outcome(amends);
    const caseId = `amd_kept${Date.now()}`;
    const filing = linked('record-amendment', caseId, amends, supervisor.id, father, {
      amends,
      what: 'correction',
      on: addDays(today, -5),
    });
    await world.cases.start({ ...filing, filedBy: 'supervisor' });
    await families.act(caseId, supervisor2, 'confirm');
    return { caseId, ends: 'COMPLETED' };
  },
  'record-amendment.repaired': async (families, world) => {
    const { caseId: amends, father } = await birth(families);
    await families.approve(amends);
    await families.outcome(amends);
    const caseId = `amd_kept${Date.now()}`;
    const facts = { amends, what: 'correction', on: addDays(today, -9) };
    await world.cases.start({
      ...linked('record-amendment', caseId, amends, supervisor.id, father, facts),
      filedBy: 'supervisor',
    });
    await families.act(caseId, operator, 'repair', { field: 'event-date', value: addDays(today, -8) });
    await families.act(caseId, otherOperator, 'confirm-repair');
    await until(
      async () =>
        (await families.events(caseId)).filter(({ event }) => event.type === 'AmendmentPrepared').length === 2,
    );
    await families.act(caseId, supervisor2, 'confirm');
    return { caseId, ends: 'COMPLETED' };
  },
};

async function keep(world: World, families: Families, way: string): Promise<void> {
  const go = ways[way];
  if (!go) throw new RangeError(`there is no way "${way}": ${Object.keys(ways).join(', ')}`);
  const { caseId, ends } = await go(families, world);
  const outcome = await families.outcome(caseId);
  if (outcome !== ends) throw new Error(`${way} ended as ${String(outcome)}`);
  const json = historyToJSON(await world.client.workflow.getHandle(caseId).fetchHistory()).replaceAll(
    `${process.pid}@${hostname()}`,
    'kept',
  );
  const personal = ['سعود', 'خالد', 'Saud', 'Khalid', '0500000001', '170000'].filter(
    (text) => standsIn(json, text) || json.includes(text),
  );
  if (personal.length > 0 || !standsIn(json, caseId))
    throw new Error(`${way}: personal data stands in the history, or it cannot be read`);
  await writeFile(join(__dirname, `../histories/${way}.json`), `${json}\n`);
  process.stdout.write(`${way}: ${ends}\n`);
}

async function main(asked: readonly string[]): Promise<void> {
  const broker = await startBroker();
  process.env.TAJDID_TEST_ENGINE = broker.url;
  try {
    const world = await startWorld();
    try {
      const families = familiesIn(world);
      for (const way of asked.length > 0 ? asked : Object.keys(ways)) await keep(world, families, way);
    } finally {
      await world.stop();
    }
  } finally {
    await broker.stop();
  }
}

if (require.main === module) {
  main(process.argv.slice(2)).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  });
}
