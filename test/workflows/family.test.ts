import { Client } from 'pg';
import { addDays, riyadhDate } from '../../domain/time';
import { registerDrift } from '../../adapters/register/drift';
import { familyDrift } from '../../adapters/register/family-drift';
import { foldRecord } from '../../domain/family/record';
import type { FamilyFile } from '../../workflows/case-types/family-registration/file';
import { aged, caseworker, familiesIn, goodPhoto, until, type Families, type Somebody } from '../support/families';
import { startWorld, type World } from '../support/world';

let world: World;
let families: Families;
beforeAll(async () => {
  world = await startWorld();
  families = familiesIn(world);
});
afterAll(() => world?.stop());

const today = riyadhDate(new Date().toISOString());
const daysAgo = (days: number): string => addDays(today, -days);
const stageOf = async (caseId: string): Promise<string> => (await families.fileOf(caseId)).stage;

async function couple(): Promise<{ father: Somebody; mother: Somebody }> {
  const father = await families.somebody({ birthDate: '1985-05-05' });
  const mother = await families.somebody({ sex: 'F', birthDate: '1988-08-08' });
  await families.ties(families.married(father, mother));
  return { father, mother };
}

const child = {
  nameAr: 'سعود بن خالد الحربي',
  nameEn: 'Saud Khalid Alharbi',
  sex: 'M',
  birthPlaceAr: 'الرياض',
  birthPlaceEn: 'Riyadh',
};

async function reportedBirth(on = daysAgo(5)) {
  const { father, mother } = await couple();
  const notice = await families.notice({ kind: 'birth', on, people: [father, mother] });
  const caseId = await families.report(father, {
    event: 'birth',
    on,
    father: father.number,
    mother: mother.number,
    child,
    notice,
  });
  return { father, mother, notice, on, caseId };
}

describe('a member identification', () => {
  test('goes through without anybody, and starts the ID case of the member', async () => {
    const father = await families.somebody();
    const son = await families.somebody({ birthDate: aged(14), card: false });
    await families.ties(families.parentOf(father, son, 'father'));
    const photo = await world.keepPhoto(son.person, Buffer.from('photo'), goodPhoto);

    const caseId = await families.report(father, { event: 'member-identification', member: son.number, photo });
    expect(await families.outcome(caseId)).toBe('COMPLETED');
    const file = await families.fileOf<FamilyFile>(caseId);
    expect(file.certificate).toMatch(/^FC\d{8}$/);

    expect(await families.outcome(file.idCase ?? '')).toBe('COMPLETED');
    expect((await families.fileOf(file.idCase ?? '')).parent).toBe(caseId);
    expect((await world.register.facts(son.person))?.card?.status).toBe('valid');
    expect((await world.family.people([son.person]))[0]).toMatchObject({ identified: true, hasCard: true });
  });

  test('that the register has taken and the log has not yet is not taken for somebody else’s', async () => {
    const father = await families.somebody();
    const son = await families.somebody({ birthDate: aged(14), card: false });
    await families.ties(families.parentOf(father, son, 'father'));
    const photo = await world.keepPhoto(son.person, Buffer.from('photo'), goodPhoto);
    // As if the worker died between the two; a sequence is not rolled back, so that it happens once.
    await world.database.from('case-log').query({
      text: `DO $do$ BEGIN
        CREATE SEQUENCE deaths;
        CREATE FUNCTION die_once() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
          IF nextval('deaths') = 1 THEN RAISE EXCEPTION 'gone' USING ERRCODE = '57P01'; END IF;
          RETURN NEW;
        END $$;
        CREATE TRIGGER die_once BEFORE INSERT ON case_events FOR EACH ROW WHEN (NEW.type = 'EventRegistered') EXECUTE FUNCTION die_once();
      END $do$`,
    });
    const caseId = await families.report(father, { event: 'member-identification', member: son.number, photo });
    expect(await families.outcome(caseId)).toBe('COMPLETED');
    const [deaths] = await world.database
      .from('case-log')
      .query<{ n: number }>({ text: 'SELECT last_value AS n FROM deaths' });
    expect(deaths?.n).toBeGreaterThan(1);
    await world.database.from('case-log').query({ text: 'DROP TRIGGER die_once ON case_events' });
  });

  test('of a tie that the register does not have is proved by a notice', async () => {
    const mother = await families.somebody({ sex: 'F' });
    const girl = await families.somebody({ sex: 'F', birthDate: aged(12), card: false });
    const without = await families.report(mother, {
      event: 'member-identification',
      member: girl.number,
      relation: 'mother',
    });
    expect((await families.fileOf<FamilyFile>(without)).refusedBy).toEqual(['notice']);

    const notice = await families.notice({ kind: 'family-link', on: aged(12), people: [mother, girl] });
    const caseId = await families.report(mother, {
      event: 'member-identification',
      member: girl.number,
      relation: 'mother',
      notice,
    });
    expect(await families.outcome(caseId)).toBe('COMPLETED');
    expect(await world.family.graph([girl.person])).toEqual([
      { person: girl.person, relative: mother.person, kind: 'mother', from: today },
    ]);
  });

  test('is one of a hundred at once for one member, and the others are refused', async () => {
    const father = await families.somebody();
    const son = await families.somebody({ birthDate: aged(13), card: false });
    await families.ties(families.parentOf(father, son, 'father'));
    const filings = await Promise.all(
      Array.from({ length: 100 }, () =>
        families.prepared(father, { event: 'member-identification', member: son.number }),
      ),
    );
    await Promise.all(filings.map((filing) => world.cases.start(filing)));
    const outcomes = await Promise.all(filings.map(({ caseId }) => families.outcome(caseId)));
    expect(outcomes.filter((outcome) => outcome === 'COMPLETED')).toHaveLength(1);
    expect(outcomes.filter((outcome) => outcome === 'REJECTED')).toHaveLength(99);
    const entries = await world.family.entriesOf(son.person);
    expect(entries.filter(({ entry }) => entry.kind === 'member-identification')).toHaveLength(1);
  });

  test('that another one overtook between the look at the register and its own turn is refused', async () => {
    const father = await families.somebody();
    const son = await families.somebody({ birthDate: aged(13), card: false });
    await families.ties(families.parentOf(father, son, 'father'));
    const another = new Client({ connectionString: world.databaseUrl });
    await another.connect();
    try {
      await another.query('BEGIN');
      const place = `family/identification/${son.person}`;
      await another.query('INSERT INTO case_places (place, case_id) VALUES ($1, $2)', [place, 'fam_another']);
      const reported = families.report(father, { event: 'member-identification', member: son.number });
      await until(async () => {
        const [waiting] = await world.database.from('case').query<{ n: number }>({
          text: `SELECT count(*)::int AS n FROM pg_stat_activity
            WHERE datname = current_database() AND wait_event_type = 'Lock' AND query LIKE '%case_places%'`,
        });
        return waiting?.n === 1;
      });
      await families.ties({
        kind: 'member-identification',
        on: today,
        guardian: father.person,
        member: son.person,
        relation: 'father',
      });
      await another.query('ROLLBACK');
      expect((await families.fileOf<FamilyFile>(await reported)).refusedBy).toEqual(['already-identified']);
    } finally {
      await another.end();
    }
  });
});

describe('a birth', () => {
  test('is reviewed, registered, certified, and adds the child to the record of both parents', async () => {
    const { father, mother, caseId, on } = await reportedBirth();
    expect(await stageOf(caseId)).toBe('IN_REVIEW');
    await families.approve(caseId);
    expect(await families.outcome(caseId)).toBe('COMPLETED');
    const { registration, certificate } = await families.fileOf<FamilyFile>(caseId);
    const born = registration?.child ?? '';
    expect((await world.family.people([born]))[0]).toMatchObject({
      sex: 'M',
      birthDate: on,
      diedOn: null,
      hasCard: false,
    });
    expect(await world.family.nameOf(born)).toEqual({ nameAr: child.nameAr, nameEn: child.nameEn });
    for (const parent of [father, mother]) {
      const { links } = foldRecord(await world.family.entriesOf(parent.person));
      expect(links.some(({ person, relative }) => person === born && relative === parent.person)).toBe(true);
    }
    const paper = await world.family.certificate(certificate ?? '');
    expect(paper).toMatchObject({ event: { kind: 'birth', on, child: born }, marks: [] });
    expect(Object.keys(paper?.people ?? {})).toHaveLength(3);
  });

  test('reported late is fined and goes to a supervisor', async () => {
    const { caseId } = await reportedBirth(daysAgo(40));
    await until(async () => (await stageOf(caseId)) === 'IN_REVIEW');
    const file = await families.fileOf<FamilyFile>(caseId);
    expect(file.quote?.total.halalas).toBe(5000);
    expect(file.payment.settledBy).toBeDefined();
    expect(file.review.level).toBe('supervisor');
    expect(await families.refusal(caseId, caseworker, 'claim')).toBe('supervisor-only');
  });

  test('reported by both parents at once is registered once', async () => {
    const { father, mother } = await couple();
    const on = daysAgo(3);
    const notice = await families.notice({ kind: 'birth', on, people: [father, mother] });
    const given = { event: 'birth', on, father: father.number, mother: mother.number, child, notice };
    const reports = await Promise.all([families.report(father, given), families.report(mother, given)]);
    const files = await Promise.all(reports.map((report) => families.fileOf<FamilyFile>(report)));
    const refused = files.find(({ refusedBy }) => refusedBy);
    const kept = files.find(({ refusedBy }) => !refusedBy);
    expect(refused).toMatchObject({ refusedBy: ['already-reported'], linkedTo: kept?.id });
    await families.approve(kept?.id ?? '');
    expect(await families.outcome(kept?.id ?? '')).toBe('COMPLETED');
    expect(await world.family.births([mother.person], on, on)).toHaveLength(1);
    const again = await families.report(mother, given);
    expect((await families.fileOf<FamilyFile>(again)).refusedBy).toEqual(['already-reported']);
  });

  test('of unmarried parents waits for the consent of the other', async () => {
    const father = await families.somebody();
    const mother = await families.somebody({ sex: 'F' });
    const on = daysAgo(3);
    const notice = await families.notice({ kind: 'birth', on, people: [father, mother] });
    const caseId = await families.report(father, {
      event: 'birth',
      on,
      father: father.number,
      mother: mother.number,
      child,
      notice,
    });
    expect(await stageOf(caseId)).toBe('AWAITING_CONSENT');
    const asker = { id: 'absher-individuals', role: 'portal' } as const;
    expect(await families.refusal(caseId, asker, 'consent', { person: father.person })).toBe('consent-not-asked');
    await families.act(caseId, asker, 'consent', { person: mother.person });
    expect(await stageOf(caseId)).toBe('IN_REVIEW');
    expect(await families.refusal(caseId, asker, 'consent', { person: mother.person })).toBe('not-in-this-status');
    await families.act(caseId, asker, 'withdraw-consent', { person: mother.person });
    expect(await stageOf(caseId)).toBe('COMMITTEE');
  });
});

test('a marriage, a divorce and a marriage again are on record, each with its days', async () => {
  const husband = await families.somebody();
  const wife = await families.somebody({ sex: 'F' });
  const portal = { id: 'absher-individuals', role: 'portal' } as const;
  const marry = async (on: string): Promise<string> => {
    const notice = await families.notice({ kind: 'marriage', on, people: [husband, wife] });
    const caseId = await families.report(husband, {
      event: 'marriage',
      on,
      husband: husband.number,
      wife: wife.number,
      notice,
    });
    await families.act(caseId, portal, 'consent', { person: wife.person });
    await families.approve(caseId);
    expect(await families.outcome(caseId)).toBe('COMPLETED');
    return caseId;
  };
  await marry(daysAgo(50));
  const notice = await families.notice({ kind: 'divorce', on: daysAgo(20), people: [husband, wife] });
  const divorce = await families.report(wife, {
    event: 'divorce',
    on: daysAgo(20),
    husband: husband.number,
    wife: wife.number,
    notice,
  });
  await families.approve(divorce);
  expect(await families.outcome(divorce)).toBe('COMPLETED');
  await marry(daysAgo(2));
  expect(await world.family.graph([husband.person])).toEqual([
    { person: husband.person, relative: wife.person, kind: 'spouse', from: daysAgo(50), to: daysAgo(20) },
    { person: husband.person, relative: wife.person, kind: 'spouse', from: daysAgo(2) },
  ]);
});

test('an official is told what stands beside a marriage: a former one of the wife, and her sister as a wife', async () => {
  const [husband, former] = [await families.somebody(), await families.somebody()];
  const [wife, sister, mother] = [
    await families.somebody({ sex: 'F' }),
    await families.somebody({ sex: 'F' }),
    await families.somebody({ sex: 'F', birthDate: '1960-01-01' }),
  ];
  await families.ties(
    families.married(husband, sister),
    families.married(former, wife),
    families.parentOf(mother, wife, 'mother'),
    families.parentOf(mother, sister, 'mother'),
    { kind: 'divorce', on: daysAgo(40), husband: former.person, wife: wife.person },
  );
  const [on, portal] = [daysAgo(2), { id: 'absher-individuals', role: 'portal' } as const];
  const notice = await families.notice({ kind: 'marriage', on, people: [husband, wife] });
  const report = { event: 'marriage', on, husband: husband.number, wife: wife.number, notice } as const;
  const caseId = await families.report(husband, report);
  await families.act(caseId, portal, 'consent', { person: wife.person });
  expect(await stageOf(caseId)).toBe('IN_REVIEW');
  expect((await families.fileOf<FamilyFile>(caseId)).review.why).toEqual(['waiting-period', 'kin-by-marriage']);
});

test("a death ends the person's documents and open cases, with refunds", async () => {
  const { father, mother } = await couple();
  const photo = await world.keepPhoto(father.person, Buffer.from('photo'), goodPhoto);
  const renewal = `rnw_died${Date.now()}`;
  await world.control.script(renewal, { 'card-bureau': 'manual' });
  await world.cases.start({
    caseId: renewal,
    type: 'id-renewal',
    channel: 'absher-individuals',
    clientId: 'absher-individuals',
    filedAt: new Date().toISOString(),
    subject: father.person,
    office: 'riyadh-1',
    facts: { photoRef: photo, delivery: { method: 'courier' }, reason: 'damaged' },
  });
  await until(async () => (await stageOf(renewal)) === 'PRINT_QUEUED');

  const on = daysAgo(1);
  const notice = await families.notice({ kind: 'death', on, people: [father] });
  const caseId = await families.report(mother, { event: 'death', on, deceased: father.number, notice });
  await families.approve(caseId);
  expect(await families.outcome(caseId)).toBe('COMPLETED');
  expect((await families.fileOf<FamilyFile>(caseId)).openCases).toEqual({ cases: [renewal], told: true });

  expect(await families.outcome(renewal)).toBe('CANCELLED');
  const { payment } = await families.fileOf<FamilyFile>(renewal);
  expect(payment.refunds.map(({ amount }) => amount.halalas)).toEqual([2500]);
  expect(await world.register.facts(father.person)).toMatchObject({ diedOn: on, card: { status: 'voided' } });
  expect(await world.family.graph([mother.person])).toMatchObject([{ to: on }]);

  const late = await families.report(mother, {
    event: 'divorce',
    on: today,
    husband: father.number,
    wife: mother.number,
    notice: 'X-123',
  });
  expect((await families.fileOf<FamilyFile>(late)).refusedBy).toEqual(['married-to-each-other']);
});

test('a death ends the open marriage of whoever died', async () => {
  const [groom, bride, brother] = [
    await families.somebody(),
    await families.somebody({ sex: 'F' }),
    await families.somebody(),
  ];
  const grandfather = await families.somebody({ birthDate: '1950-01-01' });
  await families.ties(
    families.parentOf(grandfather, groom, 'father'),
    families.parentOf(grandfather, brother, 'father'),
  );
  const contract = await families.notice({ kind: 'marriage', on: daysAgo(2), people: [groom, bride] });
  const marriage = await families.report(bride, {
    event: 'marriage',
    on: daysAgo(2),
    husband: groom.number,
    wife: bride.number,
    notice: contract,
  });
  expect(await stageOf(marriage)).toBe('AWAITING_CONSENT');
  const on = daysAgo(1);
  const notice = await families.notice({ kind: 'death', on, people: [groom] });
  const death = await families.report(brother, { event: 'death', on, deceased: groom.number, notice });
  await families.approve(death);
  expect(await families.outcome(death)).toBe('COMPLETED');
  expect((await families.fileOf<FamilyFile>(death)).openCases).toEqual({ cases: [marriage], told: true });
  expect(await families.outcome(marriage)).toBe('CANCELLED');
  expect((await families.fileOf<FamilyFile>(marriage)).ending?.why).toBe('subject-died');
});

test('a death ends what the deceased was a party to, and no longer waits for their consent', async () => {
  const [father, mother] = [await families.somebody(), await families.somebody({ sex: 'F' })];
  await families.ties(families.married(father, mother));
  const on = daysAgo(3);
  const numbers = { husband: father.number, wife: mother.number };
  const divorce = await families.report(father, {
    event: 'divorce',
    on,
    ...numbers,
    notice: await families.notice({ kind: 'divorce', on, people: [father, mother] }),
  });
  const other = await families.somebody();
  const birth = await families.report(other, {
    event: 'birth',
    on,
    father: other.number,
    mother: mother.number,
    child,
    notice: await families.notice({ kind: 'birth', on, people: [other, mother] }),
  });
  expect(await stageOf(birth)).toBe('AWAITING_CONSENT');
  const death = await families.report(father, {
    event: 'death',
    on: daysAgo(1),
    deceased: mother.number,
    notice: await families.notice({ kind: 'death', on: daysAgo(1), people: [mother] }),
  });
  await families.approve(death);
  expect(await families.outcome(death)).toBe('COMPLETED');
  expect([...((await families.fileOf<FamilyFile>(death)).openCases?.cases ?? [])].sort()).toEqual(
    [birth, divorce].sort(),
  );
  expect(await families.outcome(divorce)).toBe('CANCELLED');
  await until(async () => (await stageOf(birth)) === 'IN_REVIEW');
  expect((await families.fileOf<FamilyFile>(birth)).consent.people).toEqual([]);
});

test('after all of this the register is what its entries come to', async () => {
  expect(await registerDrift(world.database)).toEqual([]);
  expect(await familyDrift(world.database)).toEqual([]);
});
