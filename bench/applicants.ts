import { connectEnrol } from '../adapters/register/connect-enrol';
import { asEnrolled } from '../demo/enrol';
import { generatePeople } from '../demo/people';
import { samplePortrait } from '../demo/portraits';
import type { Caller } from '../demo/portal';
import type { Filing } from '../domain/case/model';
import { instant, riyadhDate } from '../domain/time';
import { PORTAL, type BenchSystem } from './system';

export interface Applicant {
  readonly identityNumber: string;
  /** The person's reference in the register. */
  readonly person: string;
  readonly photo: string;
}

/** Applicants whose photos are uploaded: the upload is another request, and measured photos are what a case starts with. */
export async function applicants(
  { system, config }: BenchSystem,
  portal: Caller,
  count: number,
  seed = 'bench',
): Promise<Applicant[]> {
  const today = riyadhDate(instant(Date.now()));
  const people = generatePeople({ seed, count, today, expiresIn: { from: 5, to: 150 } });
  const register = connectEnrol({
    masterKey: config.masterKey,
    lookupKey: config.lookupKey,
    databaseUrl: system.engine.databaseUrl,
  });
  const enrolled = await register.enrol(people.map(asEnrolled));
  await register.close();
  const photo = await samplePortrait('good');
  const ready: Applicant[] = [];
  for (let i = 0; i < people.length; i += 16) {
    ready.push(
      ...(await Promise.all(
        people.slice(i, i + 16).map(async ({ identityNumber }, n) => ({
          identityNumber,
          person: enrolled[i + n]?.person ?? '',
          photo: await portal.upload(identityNumber, photo),
        })),
      )),
    );
  }
  return ready;
}

/** What a start of the same renewal says, for an engine without Tajdid's API before it. */
export const filingOf = ({ person, photo }: Applicant, caseId: string): Filing => ({
  caseId,
  type: 'id-renewal',
  channel: PORTAL,
  clientId: PORTAL,
  filedAt: instant(Date.now()),
  subject: person,
  office: 'riyadh-1',
  facts: { photoRef: photo, delivery: { method: 'courier' }, reason: 'expiring' },
});
