import { randomBytes } from 'node:crypto';
import type { Actor, CaseFile, Recorded } from '../../domain/case/model';
import type { FamilyEvent } from '../../domain/family/record';
import type { IdentityNumber } from '../../domain/identity-number';
import { addDays, addYears, riyadhDate, type LocalDate } from '../../domain/time';
import { createFamilyEnrol } from '../../adapters/register/family-enrol';
import { CaseRefused } from '../../client/cases';
import { people } from '../../sandbox/identity-provider/people';
import { DEVELOPMENT_SECRETS } from '../../sandbox/secrets';
import { FamilyApplication, familyFiling } from '../../workflows/case-types/family-registration/application';
import { caseFile } from '../../workflows/messages';
import { aPerson, enrolIn } from './people';
import type { World } from './world';

export interface Somebody {
  readonly number: IdentityNumber;
  readonly person: string;
}

export interface SomebodyWanted {
  readonly sex?: 'M' | 'F';
  readonly birthDate?: LocalDate;
  readonly nameAr?: string;
  readonly nameEn?: string;
  readonly card?: boolean;
  readonly address?: boolean;
}

let numbers = 0;
const unique = (): string => randomBytes(6).toString('hex');

const today = (): LocalDate => riyadhDate(new Date().toISOString());
export const inDays = (days: number): LocalDate => addDays(today(), days);
/** The birth date of somebody who is so old today. */
export const aged = (years: number): LocalDate => addYears(today(), -years);

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

export const caseworker: Actor = { id: 'staff-caseworker-1', role: 'caseworker', office: 'riyadh-1' };
export const caseworker2: Actor = { id: 'staff-caseworker-2', role: 'caseworker', office: 'riyadh-1' };
export const supervisor: Actor = { id: 'staff-supervisor-1', role: 'supervisor', office: 'riyadh-1' };
export const supervisor2: Actor = { id: 'staff-supervisor-2', role: 'supervisor', office: 'riyadh-1' };
export const member = (n: number): Actor => ({ id: `staff-committee-${n}`, role: 'committee' });
export const portal: Actor = { id: 'absher-individuals', role: 'portal' };

const STAFF: readonly string[] = [
  ...[caseworker, caseworker2, supervisor, supervisor2, ...[1, 2, 3, 9].map(member)].map(({ id }) => id),
  ...people.map(({ sub }) => sub),
];

/** Families in a world: people, ties, notices, reports and what officials do. */
export function familiesIn(world: World) {
  const enrolFamily = createFamilyEnrol(world.database);

  let staffKnown: Promise<void> | undefined;
  /** Every member of staff is somebody, and kin to nobody unless a test says so. */
  const staffAreStrangers = async (): Promise<void> => {
    for (const id of STAFF) await enrolFamily.staff(id, `stranger-${id}`);
  };

  const somebody = async (wanted: SomebodyWanted = {}): Promise<Somebody> => {
    await (staffKnown ??= staffAreStrangers());
    const { sex = 'M', birthDate = '1985-05-05', card = true, address = true } = wanted;
    const { nameAr = 'خالد بن فهد الحربي', nameEn = 'Khalid Fahad Alharbi' } = wanted;
    return enrolIn(
      world,
      aPerson(String(170_000_000 + ++numbers), {
        nameAr,
        nameEn,
        sex,
        birthDate,
        ...(address ? {} : { address: null }),
        card: card ? { type: 'national-id', issuedOn: '2020-01-01', expiresOn: inDays(36) } : null,
      }),
    );
  };

  const ties = (...events: FamilyEvent[]): Promise<void> => enrolFamily.ties(events);

  const parentOf = (parent: Somebody, child: Somebody, as: 'father' | 'mother' | 'guardian'): FamilyEvent => ({
    kind: 'enrolled-parent',
    on: '1990-01-01',
    child: child.person,
    parent: parent.person,
    as,
  });

  const married = (husband: Somebody, wife: Somebody, on: LocalDate = '2010-01-01'): FamilyEvent => ({
    kind: 'marriage',
    on,
    husband: husband.person,
    wife: wife.person,
  });

  /** Sends a notice in, as a hospital or a court does. */
  const notice = async (given: {
    kind: 'birth' | 'marriage' | 'divorce' | 'death' | 'family-link';
    on: LocalDate;
    people: readonly Somebody[];
    reference?: string;
  }): Promise<string> => {
    const reference = given.reference ?? `N-${unique()}`;
    const response = await fetch(`${world.sandboxUrl}/notices/notices`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${DEVELOPMENT_SECRETS.apiKeys.notices}`,
        'content-type': 'application/json',
        'idempotency-key': reference,
      },
      body: JSON.stringify({
        reference,
        kind: given.kind,
        on: given.on,
        people: given.people.map(({ number }) => number),
      }),
    });
    if (!response.ok) throw new Error(`the notice was not taken: ${response.status}`);
    return reference;
  };

  /** The one that is identified; whatever the test is about, their portrait comes with it. */
  const portraitOf = ({ member: number }: Record<string, unknown>): Promise<string> =>
    world.keepPhoto(world.vault.personRef(number as IdentityNumber), Buffer.from('photo'), goodPhoto);

  const prepared = async (applicant: Somebody, given: Record<string, unknown>, caseId: string = `fam_${unique()}`) => {
    const application = FamilyApplication.parse(
      given['event'] === 'member-identification' && !given['photo']
        ? { ...given, photo: await portraitOf(given) }
        : given,
    );
    await world.vault.put({
      ref: `application/${caseId}`,
      person: applicant.person,
      kind: 'application',
      value: { type: 'family-registration', applicant: { identityNumber: applicant.number }, application },
    });
    const filedAt = new Date().toISOString();
    const context = {
      applicant: applicant.person,
      personRef: (number: IdentityNumber) => world.vault.personRef(number),
      filedAt,
    };
    return {
      caseId,
      type: 'family-registration',
      channel: 'absher-individuals',
      clientId: portal.id,
      filedAt,
      ...familyFiling(application, context),
    };
  };

  const report = async (applicant: Somebody, given: Record<string, unknown>, caseId?: string): Promise<string> => {
    const filing = await prepared(applicant, given, caseId);
    await world.cases.start(filing);
    return filing.caseId;
  };

  const fileOf = async <F extends CaseFile = CaseFile>(caseId: string): Promise<F> => {
    const [row] = await world.database
      .from('case-log')
      .query<{ file: F }>({ text: 'SELECT file FROM cases WHERE case_id = $1', values: [caseId] });
    if (!row) throw new Error('there is no such case');
    return row.file;
  };

  const act = async (
    caseId: string,
    actor: Actor,
    action: string,
    input: Record<string, unknown> = {},
  ): Promise<void> => {
    const { version } = await fileOf(caseId);
    await world.cases.act(caseId, { id: `${action}-${unique()}`, action, actor, expectedVersion: version, input });
  };

  return {
    somebody,
    ties,
    staff: enrolFamily.staff,
    unpaidFines: enrolFamily.unpaidFines,
    parentOf,
    married,
    notice,
    prepared,
    report,
    fileOf,
    act,
    /** The code of the refusal; undefined when it was allowed. */
    async refusal(
      caseId: string,
      actor: Actor,
      action: string,
      input: Record<string, unknown> = {},
    ): Promise<string | undefined> {
      try {
        await act(caseId, actor, action, input);
        return undefined;
      } catch (error) {
        if (error instanceof CaseRefused) return error.refusal.code;
        throw error;
      }
    },
    async approve(caseId: string, by: Actor = caseworker): Promise<void> {
      await act(caseId, by, 'claim');
      await act(caseId, by, 'approve');
    },
    outcome: (caseId: string): Promise<unknown> => world.client.workflow.getHandle(caseId).result(),
    live: (caseId: string) => world.client.workflow.getHandle(caseId).query(caseFile),
    async events(caseId: string): Promise<Recorded[]> {
      return world.database.from('case-log').query<Recorded>({
        text: 'SELECT version, at, actor, cause, event FROM case_events WHERE case_id = $1 ORDER BY 1',
        values: [caseId],
      });
    },
  };
}

export type Families = ReturnType<typeof familiesIn>;

/** Asks again until it is there; the fact is what is waited for, never a time. */
export async function until<T>(look: () => Promise<T | undefined | false>): Promise<T> {
  for (;;) {
    const found = await look().catch(() => undefined);
    if (found !== undefined && found !== false) return found;
    await new Promise((resolve) => setTimeout(resolve, 15));
  }
}
