import fc from 'fast-check';
import type { FamilyRegister } from '../../../adapters/register/family-port';
import type { Register } from '../../../adapters/register/port';
import { registerDrift } from '../../../adapters/register/drift';
import { familyDrift } from '../../../adapters/register/family-drift';
import { cycleIn } from '../../support/cycles';
import { marriagesClash, stateOf } from '../../../domain/family/objections';
import { kinshipTo } from '../../../domain/family/recusal';
import { foldRecord, type FamilyEvent } from '../../../domain/family/record';
import { article22 } from '../../../domain/policies/recusal';
import { addDays } from '../../../domain/time';
import { familyWorld, limits, married, newborn, refusalOf, type FamilyWorld, type Reported } from './family-world';
import { aMove } from './register-moves';

let world: FamilyWorld;
let enter: FamilyWorld['enter'];
let amend: FamilyWorld['amend'];
let someone: FamilyWorld['someone'];
let family: FamilyRegister;
let register: Register;
let ties: FamilyWorld['ties'];
let made = 0;

beforeAll(async () => {
  world = await familyWorld();
  ({ enter, amend, someone, family, register, ties } = world);
});
afterAll(async () => {
  await expect(registerDrift(world.database)).resolves.toEqual([]);
  await expect(familyDrift(world.database)).resolves.toEqual([]);
  await world.drop();
});

const rowsOf = async (who: string): Promise<string[]> =>
  (
    await world.database.from('register').query<{ text: string }>({
      text: `SELECT concat_ws('|', person, relative, kind, valid_from, valid_to) AS text FROM family_links WHERE person = $1 OR relative = $1`,
      values: [who],
    })
  )
    .map(({ text }) => text)
    .sort();

/** The tables about each of these people are the fold of their entries, and hold together. */
async function isItsFold(people: readonly string[]): Promise<void> {
  const known = new Map((await family.people(people)).map((each) => [each.person, each]));
  for (const who of people) {
    const { links, people: states } = foldRecord(await family.entriesOf(who));
    const own = links.filter(({ person: of, relative }) => of === who || relative === who);
    const texts = own.map(({ person: of, relative, kind, from, to }) =>
      [of, relative, kind, from, ...(to ? [to] : [])].join('|'),
    );
    expect(await rowsOf(who)).toEqual(texts.sort());
    const row = known.get(who);
    expect({
      diedOn: row?.diedOn ?? undefined,
      identified: row?.identified,
      revoked: row?.revoked,
      ...(states[who]?.bornOn ? { bornOn: row?.birthDate } : {}),
    }).toEqual({
      diedOn: states[who]?.diedOn,
      identified: states[who]?.identifiedOn !== undefined,
      revoked: states[who]?.revoked === true,
      ...(states[who]?.bornOn ? { bornOn: states[who].bornOn } : {}),
    });
    if (states[who]?.bornOn) expect((await register.identity(who)).birthDate).toBe(states[who].bornOn);
  }
  const graph = await family.graph(people);
  expect(cycleIn(graph)).toBeUndefined();
  const parents = graph.filter(({ kind }) => kind === 'father' || kind === 'mother');
  expect(new Set(parents.map(({ person: of, kind }) => `${of} ${kind}`)).size).toBe(parents.length);
  const states = Object.fromEntries([...known].map(([who, each]) => [who, stateOf(each)]));
  expect(marriagesClash(people, { links: graph, people: states }, limits)).toBe(false);
}

const divorced = (husband: string, wife: string, on: string) => ({ kind: 'divorce', on, husband, wife }) as const;
const dead = (who: string, on: string) => ({ kind: 'death', on, person: who }) as const;
const RESTS = 'later-entries-rest-on-it';

describe('what tells whether an official is kin', () => {
  const fatherOf = (parent: string, child: string) =>
    ({ kind: 'enrolled-parent', on: '1990-01-01', child, parent, as: 'father' }) as const;
  const kinship = async (staff: string, people: readonly string[], days: readonly string[] = []) => {
    const { official, graph } = await family.kinAround(staff, people);
    return kinshipTo(official, graph, { people, days, policy: article22 }, '2026-01-01T09:00:00.000Z');
  };

  test('is the line of both, and the kin of whoever they are or were married to', async () => {
    const [grandfather, father, official] = [await someone('M', '1940-01-01'), await someone('M'), await someone('M')];
    const [wife, brother, inLaw] = [await someone('F'), await someone('M'), await someone('M', '1945-01-01')];
    await ties([
      fatherOf(grandfather, father),
      fatherOf(grandfather, official),
      fatherOf(inLaw, wife),
      fatherOf(inLaw, brother),
    ]);
    await enter(married(official, wife, '2010-01-01'));
    await world.staff('staff-kin', official);
    expect(await kinship('staff-kin', [await someone('F'), father])).toEqual({
      recusal: { relation: { kind: 'collateral', degree: 2 }, person: father },
    });
    expect(await kinship('staff-kin', [brother])).toEqual({
      recusal: { relation: { kind: 'affine' }, person: brother },
    });
    expect(await kinship('staff-kin', [await someone('M')])).toEqual({});
    expect(await kinship('staff-stranger', [father])).toEqual({ unknownOfficial: true });
    // Once divorced, the in-laws count only about the days on which they were.
    await enter(divorced(official, wife, '2020-01-01'));
    expect(await kinship('staff-kin', [brother])).toEqual({});
    expect(await kinship('staff-kin', [brother], ['2015-01-01'])).toMatchObject({ recusal: { person: brother } });
  });
});

describe('what others rest on is not taken back from under them', () => {
  test('a divorce after which the wife married another: neither revoked nor moved past that marriage', async () => {
    const [first, second, wife] = [await someone('M'), await someone('M'), await someone('F')];
    await enter(married(first, wife, '2010-01-01'));
    const divorce = await enter(divorced(first, wife, '2015-01-01'));
    const remarriage = await enter(married(second, wife, '2016-01-01'));
    expect(await refusalOf(amend(divorce.key))).toBe(RESTS);
    expect(await refusalOf(amend(divorce.key, divorced(first, wife, '2016-01-02')))).toBe(RESTS);
    const earlier = await amend(divorce.key, divorced(first, wife, '2015-12-31'));
    await isItsFold([first, second, wife]);
    await amend(remarriage.key);
    await amend(earlier.key);
    expect(await rowsOf(wife)).toEqual([`${first}|${wife}|spouse|2010-01-01`]);
  });

  test('a death after which the widow married another, and one after which she died', async () => {
    const [first, second, wife] = [await someone('M'), await someone('M'), await someone('F')];
    await enter(married(first, wife, '2010-01-01'));
    const death = await enter(dead(first, '2015-01-01'));
    const remarriage = await enter(married(second, wife, '2016-01-01'));
    expect(await refusalOf(amend(death.key))).toBe(RESTS);
    await amend(remarriage.key);
    const hers = await enter(dead(wife, '2017-01-01'));
    expect(await refusalOf(amend(death.key, dead(first, '2014-01-01')))).toBe(RESTS);
    await amend(hers.key);
    await amend(death.key, dead(first, '2014-01-01'));
    await isItsFold([first, second, wife]);
  });

  test('a divorce of two who married each other again, or of whom one died', async () => {
    const [husband, wife] = [await someone('M'), await someone('F')];
    await enter(married(husband, wife, '2010-01-01'));
    const divorce = await enter(divorced(husband, wife, '2010-01-01'));
    const again = await enter(married(husband, wife, '2010-01-01'));
    expect(await refusalOf(amend(divorce.key, divorced(husband, wife, '2010-06-06')))).toBe(RESTS);
    await amend(again.key);
    await enter(dead(husband, '2012-01-01'));
    expect(await refusalOf(amend(divorce.key))).toBe(RESTS);
    await isItsFold([husband, wife]);
  });
});

describe('a birth that is amended', () => {
  const born = async () => {
    const [father, mother] = [await someone('M'), await someone('F')];
    const { key, child } = await enter({ kind: 'birth', on: '2012-01-01', father, mother, sex: 'M' });
    const { key: identification } = await enter({
      kind: 'member-identification',
      on: '2020-01-01',
      guardian: father,
      member: child,
      relation: 'father',
    });
    return { father, mother, child, key, identification };
  };

  test('leaves the tie that an identification tells of too', async () => {
    const { father, mother, child, key } = await born();
    await amend(key);
    expect(await rowsOf(child)).toEqual([`${child}|${father}|father|2020-01-01`]);
    await isItsFold([father, mother, child]);
  });

  test('is still what makes the parents, from the birth on, where the child was identified before it was corrected', async () => {
    const { father, mother, child, key } = await born();
    await amend(key, { kind: 'birth', on: '2012-02-02', father, mother, child, sex: 'M' });
    expect(await rowsOf(child)).toEqual(
      [`${child}|${father}|father|2012-02-02`, `${child}|${mother}|mother|2012-02-02`].sort(),
    );
    await isItsFold([father, mother, child]);
  });

  test('gives no second father, and its date and sex are the ones that identity and record print', async () => {
    const { father, mother, child, key, identification } = await born();
    const other = await someone('M');
    const corrected = { kind: 'birth', on: '2012-02-02', father: other, mother, child, sex: 'F' } as const;
    expect(await refusalOf(amend(key, corrected))).toBe('has-another-parent');
    await amend(identification);
    await amend(key, corrected);
    expect(await register.identity(child)).toMatchObject({
      birthDate: '2012-02-02',
      sex: 'F',
      nameEn: newborn.nameEn,
    });
    expect(await register.facts(child)).toMatchObject({ birthDate: '2012-02-02', blocked: false });
    await isItsFold([father, other, mother, child]);
  });

  test("of another father gives the child that man's nationality and contact", async () => {
    const [wrong, mother] = [await someone('M'), await someone('F')];
    const contact = { phone: '+966500000777', language: 'en', address: null } as const;
    const right = await someone('M', '1970-01-01', { ...contact, nationality: 'EGY' });
    const { key, child } = await enter({ kind: 'birth', on: '2012-01-01', father: wrong, mother, sex: 'M' });
    expect(await register.contact(child)).toEqual(await register.contact(wrong));
    const birth = { kind: 'birth', on: '2012-01-01', mother, child, sex: 'M' } as const;
    await amend(key, { ...birth, father: right });
    expect(await register.contact(child)).toEqual(contact);
    expect(await register.identity(child)).toMatchObject({ nationality: 'EGY' });
    const columns = () =>
      world.database.from('register').query({
        text: 'SELECT has_address AS "hasAddress", nationality FROM persons WHERE person = $1',
        values: [child],
      });
    expect(await columns()).toEqual([{ hasAddress: false, nationality: 'EGY' }]);
    await isItsFold([wrong, right, mother, child]);
  });

  test('ends the identity when it is revoked: nobody marries or is identified by it', async () => {
    const { father, child, key, identification } = await born();
    await amend(identification);
    await amend(key);
    expect(await refusalOf(amend(key))).toBe('already-reversed');
    const again = { kind: 'member-identification', on: '2021-01-01', guardian: father, member: child } as const;
    expect(await refusalOf(enter({ ...again, relation: 'guardian' }))).toBe('identity-revoked');
    expect(await refusalOf(enter(married(child, await someone('F'), '2026-01-01')))).toBe('identity-revoked');
  });

  test('marks the card and the identification of the child, whichever case made them, once', async () => {
    const { child, key, identification } = await born();
    const { serial: certificate } = await family.certify({
      key: `${made}-i`,
      caseId: 'i',
      registration: identification,
    });
    const order = { person: child, caseId: 'rnw_any', type: 'national-id' } as const;
    const { serial } = await register.reserveCard({ key: `${made}-r`, ...order });
    const swap = { ...order, serial, key: `${made}-s`, issuedOn: '2020-01-01', expiresOn: '2030-01-01' };
    await register.swapCards(swap);
    const event = { kind: 'birth', on: '2012-01-02', father: await someone('M'), mother: await someone('F') } as const;
    await expect(amend(key, { ...event, child, sex: 'M' })).rejects.toMatchObject({ code: 'has-another-parent' });
    const corrected = { key: `amd_${++made}/amend`, caseId: 'a', registration: key, why: 'revoked' as const, limits };
    const { dependents } = await family.amend(corrected);
    expect(dependents.map(({ kind, serial: of, holder }) => [kind, of, holder])).toEqual([
      ['card', serial, child],
      ['certificate', certificate, child],
    ]);
    expect((await family.amend(corrected)).dependents).toEqual(dependents);
  });
});

describe('the name of a child', () => {
  const saad = { nameAr: 'سعد', nameEn: 'Saad' };
  const saud = { nameAr: newborn.nameAr, nameEn: newborn.nameEn };
  const bornOf = async () => {
    const [father, mother] = [await someone('M'), await someone('F')];
    const { key, child } = await enter({ kind: 'birth', on: '2020-02-02', father, mother, sex: 'M' });
    return { key, event: { kind: 'birth', on: '2020-02-02', father, mother, child, sex: 'M' } as const };
  };
  const certify = async (registration: string): Promise<string> =>
    (await family.certify({ key: `${++made}-name`, caseId: 'n', registration })).serial;
  const certified = async (serial: string, child: string) => {
    const certificate = await family.certificate(serial);
    return [certificate?.people[child]?.nameEn, ...(certificate?.marks ?? [])];
  };
  const hashesKept = async (): Promise<number | undefined> => {
    const text = `SELECT count(*) AS kept FROM persons WHERE name_index <> '{}'`;
    return (await world.database.from('register').query<{ kept: number }>({ text }))[0]?.kept;
  };

  test('is corrected: the record and its certificate have the new one, the entry before and its own keep the old', async () => {
    const { key, event } = await bornOf();
    const { child, father, mother } = event;
    const first = await certify(key);
    const renamed = await amend(key, event, saad);
    const second = await certify(renamed.key);
    const dated = await amend(renamed.key, { ...event, on: '2020-02-03' });
    const third = await certify(dated.key);

    expect(await family.nameOf(child)).toEqual(saad);
    expect(await register.identity(child)).toMatchObject({ ...saad, birthDate: '2020-02-03' });
    expect(await family.namedIn(key)).toEqual(saud);
    expect(await family.namedIn(renamed.key)).toEqual(saad);
    expect(await family.namedIn(dated.key)).toEqual(saad);
    expect(await certified(first, child)).toEqual(['Saud', 'corrected']);
    expect(await certified(second, child)).toEqual(['Saad', 'corrected']);
    expect(await certified(third, child)).toEqual(['Saad']);
    await isItsFold([child, father, mother]);
  });

  test('is kept under the seal alone, and not as hashes of its words, though a worker of before should write them', async () => {
    const { key, event } = await bornOf();
    await amend(key, event, saad);
    expect(await hashesKept()).toBe(0);
    const text = `UPDATE persons SET name_index = '{c2FhZA}' WHERE person = $1`;
    await world.database.from('register').query({ text, values: [event.child] });
    expect(await hashesKept()).toBe(0);
  });

  test('that an entry from before names were kept with them gave is kept by its reversal', async () => {
    const { key, event } = await bornOf();
    const serial = await certify(key);
    const change = (text: string, values: readonly string[] = []) =>
      world.database.from('register').query({ text, values });
    await change('ALTER TABLE register_entries DISABLE TRIGGER register_entries_append_only');
    await change('UPDATE register_entries SET sealed = NULL WHERE key = $1', [key]);
    await change('ALTER TABLE register_entries ENABLE TRIGGER register_entries_append_only');
    expect(await family.namedIn(key)).toEqual(saud);
    await amend(key, event, saad);
    expect(await family.namedIn(key)).toEqual(saud);
    expect(await certified(serial, event.child)).toEqual(['Saud', 'corrected']);
    expect(await family.nameOf(event.child)).toEqual(saad);
  });
});

test('a tie that no entry tells of is drift, of both whom it ties', async () => {
  const [father, child] = [await someone('M'), await someone('F', '2015-01-01')];
  const change = (text: string) => world.database.from('register').query({ text, values: [child, father] });
  await change(
    `INSERT INTO family_links (person, relative, kind, valid_from, entry) VALUES ($1, $2, 'father', '2015-01-01', 0)`,
  );
  expect((await familyDrift(world.database)).sort()).toEqual([child, father].sort());
  await change('DELETE FROM family_links WHERE person = $1 AND relative = $2');
  expect(await familyDrift(world.database)).toEqual([]);
});

test('whatever is registered, corrected and revoked, the register is the fold of its entries', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(aMove, { minLength: 8, maxLength: 40 }), async (moves) => {
      // Polygamous on purpose: three men, three women, and children who may be fostered by any of them.
      const men = await Promise.all(Array.from({ length: 3 }, () => someone('M')));
      const women = await Promise.all(Array.from({ length: 3 }, () => someone('F')));
      const children = [
        await someone('M', '2010-01-01', { card: null }),
        await someone('F', '2012-01-01', { card: null }),
      ];
      const registered: { key: string; event: FamilyEvent }[] = [];
      const pick = <T>(list: readonly T[], n: number): T => list[n % list.length] as T;
      for (const { what, i, j, k, day } of moves) {
        const child = pick(children, k);
        const couples = registered.flatMap(({ event }) => (event.kind === 'marriage' ? [event] : []));
        // A divorce of two who never married is refused: mostly it is of two who did.
        const couple = what === 'divorce' && couples.length > 0 ? pick(couples, i) : undefined;
        const { husband, wife } = couple ?? { husband: pick(men, i), wife: pick(women, j) };
        const on = addDays(couple?.on ?? '2015-01-01', day * 60);
        const parent = k % 2 === 0 ? husband : wife;
        const as = j % 3 === 0 ? ('guardian' as const) : k % 2 === 0 ? ('father' as const) : ('mother' as const);
        const move = async (): Promise<void> => {
          switch (what) {
            case 'enrolled-parent':
              return ties([{ kind: what, on, child, parent, as }]);
            case 'correction':
            case 'revocation': {
              if (registered.length === 0) return;
              const { key, event } = pick(registered, i);
              const dated = { ...event, on };
              const replacement = dated.kind === 'birth' && j % 2 === 0 ? { ...dated, father: husband } : dated;
              const { key: instead } = await amend(key, what === 'correction' ? replacement : undefined);
              if (what === 'correction') registered.push({ key: instead, event: replacement });
              return;
            }
            default: {
              const event: Reported =
                what === 'member-identification'
                  ? { kind: what, on, guardian: parent, member: child, relation: as }
                  : what === 'birth'
                    ? { kind: what, on, father: husband, mother: wife, sex: 'M' }
                    : what === 'death'
                      ? { kind: what, on, person: pick([...men, ...women, ...children], k) }
                      : { kind: what, on, husband, wife };
              const { key, child: newborn } = await enter(event);
              if (event.kind === 'birth') children.push(newborn);
              registered.push({ key, event: event.kind === 'birth' ? { ...event, child: newborn } : event });
            }
          }
        };
        await refusalOf(move());
      }
      await isItsFold([...men, ...women, ...children]);
    }),
    { numRuns: 40 },
  );
});
