import { createCaseLinks } from '../../../adapters/case-links/postgres';
import { createCaseLog } from '../../../adapters/case-log/postgres';
import { createErasures } from '../../../adapters/erasures/postgres';
import type { Database } from '../../../adapters/postgres/database';
import { migrate } from '../../../adapters/postgres/migrate';
import { migrations } from '../../../adapters/postgres/migrations';
import type { CaseFile, CaseType, Filing } from '../../../domain/case/model';
import { rowOf as realRow } from '../../../domain/case/row';
import { familyRegistration } from '../../../workflows/case-types/family-registration';
import * as renewals from '../../support/renewals';
import { before, eventsOf, fileOf, rowOf } from './cases';
import { familyWorld } from './family-world';

test('whoever a case concerns, of whatever type it is, is found by it and not erased while it is open', async () => {
  const world = await familyWorld();
  try {
    const openOf = async (person: string): Promise<string[]> =>
      (await createCaseLinks(world.database).openConcerning(person)).map(({ caseId }) => caseId);
    const erase = (person: string): Promise<number> =>
      createErasures(world.database).ask({ person, by: 'staff-401', reasonRef: 'reason/1' });
    const log = createCaseLog(world.database);
    const adopter = await world.someone('F', '1970-01-01', { card: null });
    const file = fileOf('adp_1', 1, { type: 'adoption', subject: 'p_child' });
    await log.append(eventsOf('adp_1', 1, 1), rowOf(file, { people: [adopter] }));
    expect([await openOf('p_child'), await openOf(adopter), await openOf('p_x')]).toEqual([['adp_1'], ['adp_1'], []]);
    await expect(erase(adopter)).rejects.toMatchObject({ kind: 'refused', code: 'open-case' });
    // Nobody but the subject any more.
    await log.append(eventsOf('adp_1', 2, 1), rowOf({ ...file, version: 2 }));
    expect(await openOf(adopter)).toEqual([]);
    expect(await erase(adopter)).toBeGreaterThan(0);
  } finally {
    await world.drop();
  }
});

test('of a family event it is who reported it, its parties, and whoever was asked to consent', () => {
  const parties = { husband: 'p_husband', wife: 'p_wife' };
  const filing: Filing = {
    ...renewals.filing,
    type: 'family-registration',
    facts: { event: 'marriage', on: '2026-10-20', reporter: 'p_husband', parties, witnesses: ['p_witness'] },
  };
  const file = { ...familyRegistration.open(filing), consent: { people: [{ person: 'p_father', state: 'asked' }] } };
  const { people } = realRow(familyRegistration as unknown as CaseType, file as CaseFile, filing.filedAt);
  expect([...people].sort()).toEqual(['p_father', 'p_husband', 'p_wife']);
});

/** Appends as programs did that knew of no people. */
const withoutPeople = (database: Database): Database => ({
  ...database,
  from: (source) => {
    const session = database.from(source);
    return {
      ...session,
      query: ({ name: _named, text, values, ...query }) =>
        session.query({
          ...query,
          text: text.replace(', $12)', ')'),
          ...(values ? { values: values.slice(0, 11) } : {}),
        }),
    };
  },
});

test('cases from before have their people too, and programs from before leave them theirs', async () => {
  const old = await before(970);
  try {
    const log = createCaseLog(withoutPeople(old.database));
    const asked = { people: [{ person: 'p_father', state: 'asked' }] };
    const marriage = { reporter: 'p_h', parties: { husband: 'p_h', wife: 'p_w' }, consent: asked };
    const cases: readonly [string, string, object, readonly string[]][] = [
      ['fam_1', 'family-registration', marriage, ['p_father', 'p_h', 'p_w']],
      ['apl_1', 'appeal', { admitted: { original: { facts: marriage } } }, ['p_h', 'p_someone', 'p_w']],
      ['apl_2', 'appeal', {}, ['p_someone']],
      ['amd_1', 'record-amendment', { prepared: { event: {}, concerned: ['p_a', 'p_b'] } }, ['p_a', 'p_b']],
      [
        'amd_2',
        'record-amendment',
        { prepared: { event: { kind: 'divorce', on: '2026-01-01', husband: 'p_a', wife: 'p_b' } } },
        ['p_a', 'p_b'],
      ],
      ['rnw_1', 'id-renewal', {}, []],
    ];
    for (const [id, type, more] of cases)
      await log.append(eventsOf(id, 1, 1), rowOf({ ...fileOf(id, 1, { type }), ...more }));
    await migrate(old.url, migrations);
    const peopleOf = async (): Promise<[string, string[]][]> => {
      const rows = await old.database.from('case').query<{ id: string; people: string[] | null }>({
        text: 'SELECT case_id AS id, people FROM cases',
      });
      return rows.map(({ id, people }): [string, string[]] => [id, (people ?? []).sort()]).sort();
    };
    const expected = cases.map(([id, , , people]) => [id, people]).sort();
    expect(await peopleOf()).toEqual(expected);
    for (const [id, type, more] of cases)
      await log.append(eventsOf(id, 2, 1), rowOf({ ...fileOf(id, 2, { type }), ...more }));
    await log.append(eventsOf('fam_2', 1, 1), rowOf({ ...fileOf('fam_2', 1), ...marriage }));
    expect(await peopleOf()).toEqual([...expected, ['fam_2', ['p_father', 'p_h', 'p_h', 'p_w']]].sort());
  } finally {
    await old.drop();
  }
});
