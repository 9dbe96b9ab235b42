import { asEnrolled } from '../../demo/enrol';
import { generatePeople } from '../../demo/people';
import type { Actor } from '../../domain/case/model';
import type { CaseScript } from '../../sandbox/core/dials';
import { instant, riyadhDate } from '../../domain/time';
import type { World } from '../support/world';

export const operator: Actor = { id: 'op-1', role: 'operator' };
export const otherOperator: Actor = { id: 'op-2', role: 'operator' };

export const goodPhoto = {
  width: 800,
  height: 1200,
  faces: 1,
  confidence: 0.99,
  faceHeightRatio: 0.45,
  offCentre: 0.01,
  tilt: 1,
  backgroundWhiteness: 0.99,
  backgroundEvenness: 0.99,
  sharpness: 300,
};

let filedSoFar = 0;

/** Files so many renewals of people who may renew, each with its script; answers their ids. */
export async function fileRenewals(world: World, count: number, script: Partial<CaseScript> = {}): Promise<string[]> {
  const from = filedSoFar;
  filedSoFar += count;
  const today = riyadhDate(instant(Date.now()));
  const people = generatePeople({ seed: `ops-${from}`, count: count * 12, today }).filter(
    ({ kind, document }) =>
      kind === 'citizen' &&
      document.type === 'national-id' &&
      document.expiresOn > today &&
      Date.parse(document.expiresOn) - Date.now() < 170 * 86_400_000,
  );
  if (people.length < count) throw new Error('too few people may renew');
  const enrolled = await world.enrol(people.slice(0, count).map(asEnrolled));
  return Promise.all(
    enrolled.map(async ({ person }, i) => {
      const caseId = `rnw_ops${process.pid}x${from + i}x${Date.now().toString(36)}`;
      if (Object.keys(script).length > 0) await world.control.script(caseId, script);
      const photoRef = await world.keepPhoto(person, Buffer.from(`photo ${caseId}`), goodPhoto);
      await world.cases.start({
        caseId,
        type: 'id-renewal',
        channel: 'absher-individuals',
        clientId: 'absher-individuals',
        filedAt: instant(Date.now()),
        subject: person,
        office: 'riyadh-1',
        facts: { photoRef, delivery: { method: 'courier' }, reason: 'expiring' },
      });
      return caseId;
    }),
  );
}

export const statuses = async (world: World, ids: readonly string[]): Promise<Record<string, number>> =>
  Object.fromEntries(
    (
      await world.database.from('case').query<{ status: string; n: number }>({
        text: 'SELECT status, count(*) AS n FROM cases WHERE case_id = ANY ($1) GROUP BY 1',
        values: [ids],
      })
    ).map(({ status, n }) => [status, n]),
  );
