import { randomBytes } from 'node:crypto';
import type { PhotoMeasurement } from '../../adapters/photo/port';
import type { EnrolledPerson } from '../../adapters/register/enrol';
import { CaseRefused } from '../../client/cases';
import type { ActionRequest, Actor, AnyEvent, Filing, Recorded } from '../../domain/case/model';
import { identityNumberFrom, type IdentityNumber } from '../../domain/identity-number';
import type { OutsideMessage } from '../../domain/outside-messages';
import { addDays, riyadhDate } from '../../domain/time';
import type { RenewalEvent } from '../../workflows/case-types/id-renewal/events';
import type { RenewalFile } from '../../workflows/case-types/id-renewal/file';
import type { CaseScript } from '../../sandbox/core/dials';
import { aPerson, enrolIn } from './people';
import { fastForward } from './time-skipping';
import { until } from './until';
import { startWorld, type World } from './world';

export const portraits = {
  good: {
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
  },
  doubtful: {
    width: 800,
    height: 1200,
    faces: 1,
    confidence: 0.99,
    faceHeightRatio: 0.45,
    offCentre: 0.01,
    tilt: 8,
    backgroundWhiteness: 0.99,
    backgroundEvenness: 0.99,
    sharpness: 300,
  },
  bad: {
    width: 800,
    height: 1200,
    faces: 0,
    confidence: 0,
    faceHeightRatio: 0,
    offCentre: 0,
    tilt: 0,
    backgroundWhiteness: 0.99,
    backgroundEvenness: 0.99,
    sharpness: 300,
  },
} satisfies Record<string, PhotoMeasurement>;

export interface Wish {
  readonly photo?: keyof typeof portraits;
  readonly person?: Partial<EnrolledPerson>;
  /** Days from today to the expiry of the old card; negative when it has expired. */
  readonly expiresIn?: number;
  /** When the agency got it, if not this very moment. */
  readonly filedAt?: string;
  readonly facts?: Readonly<Record<string, unknown>>;
  readonly script?: Partial<CaseScript>;
}

interface Row {
  readonly status: string;
  readonly stage: string;
  readonly version: number;
  readonly waitingWhat: string | null;
  readonly claimedBy: string | null;
  readonly overdue: boolean;
  readonly file: RenewalFile;
}

export type LoggedEvent = Omit<Recorded, 'event'> & { readonly event: AnyEvent & RenewalEvent };

export interface Applicant {
  readonly number: IdentityNumber;
  readonly nameAr: string;
  readonly nameEn: string;
  readonly phone: string;
}

let enrolled = 0;

/** A renewal that was filed for real, and what can be seen of it and done to it. */
export class FiledRenewal {
  constructor(
    private readonly world: World,
    readonly id: string,
    readonly person: string,
    readonly applicant: Applicant,
    readonly filing: Filing,
  ) {}

  get handle() {
    return this.world.client.workflow.getHandle(this.id);
  }

  async row(): Promise<Row | undefined> {
    const [row] = await this.world.database.from('case-log').query<Row>({
      text: 'SELECT status, stage, version, waiting_what AS "waitingWhat", claimed_by AS "claimedBy", overdue, file FROM cases WHERE case_id = $1',
      values: [this.id],
    });
    return row;
  }

  async events(): Promise<LoggedEvent[]> {
    return this.world.database.from('case-log').query<LoggedEvent>({
      text: 'SELECT case_id AS "caseId", version, at, actor, cause, event FROM case_events WHERE case_id = $1 ORDER BY version',
      values: [this.id],
    });
  }

  async types(): Promise<string[]> {
    return (await this.events()).map(({ event }) => event.type);
  }

  /** Until the row of the case says so. */
  status(status: string): Promise<Row | undefined> {
    return until(
      () => this.row(),
      (row) => row?.status === status,
    );
  }

  waits(what: string): Promise<Row | undefined> {
    return until(
      () => this.row(),
      (row) => row?.waitingWhat === what,
    );
  }

  /** Until the log holds so many of these. */
  happened(
    type: RenewalEvent['type'] | 'IncidentRaised' | 'IncidentCleared' | 'CaseHeld' | 'CaseResumed',
    times = 1,
  ): Promise<string[]> {
    return until(
      () => this.types(),
      (types) => types.filter((each) => each === type).length >= times,
    );
  }

  outcome(): Promise<string> {
    return this.handle.result() as Promise<string>;
  }

  async act(
    actor: Actor,
    action: string,
    input: Readonly<Record<string, unknown>> = {},
    change: Partial<ActionRequest> = {},
  ): Promise<number> {
    const expectedVersion = (await this.row())?.version ?? 0;
    const request = { id: randomBytes(6).toString('hex'), action, actor, expectedVersion, input, ...change };
    return (await this.world.cases.act(this.id, request)).version;
  }

  /** The code of the refusal of an action that has to be refused. */
  async refusal(
    actor: Actor,
    action: string,
    input?: Readonly<Record<string, unknown>>,
    change?: Partial<ActionRequest>,
  ): Promise<string> {
    try {
      await this.act(actor, action, input, change);
    } catch (error) {
      if (error instanceof CaseRefused) return error.refusal.code;
      throw error;
    }
    throw new Error(`${action} was not refused`);
  }

  tell(message: Readonly<Record<string, unknown>> & { readonly type: OutsideMessage['type'] }): Promise<void> {
    return this.world.cases.tell({ id: randomBytes(6).toString('hex'), caseId: this.id, ...message } as OutsideMessage);
  }

  forward(ms: number): Promise<void> {
    return fastForward(this.world.client, this.id, ms);
  }

  ledger(party: 'payments' | 'card-bureau' | 'courier' | 'messages'): Promise<Record<string, unknown>[]> {
    return this.world.control.ledger(party, this.id);
  }

  /** What the gateway has of this case's money, in halalas. */
  async money(): Promise<{ captured: number; refunded: number }> {
    const sum = (type: string, lines: Record<string, unknown>[]): number =>
      lines
        .filter((line) => line.type === type)
        .reduce((all, line) => all + (line.amount as { halalas: number }).halalas, 0);
    const lines = await this.ledger('payments');
    return { captured: sum('captured', lines), refunded: sum('refunded', lines) };
  }

  async cards(): Promise<{ serial: string; status: string }[]> {
    return this.world.database
      .from('register')
      .query({ text: 'SELECT serial, status FROM cards WHERE person = $1 ORDER BY serial', values: [this.person] });
  }
}

export interface RenewalWorld extends World {
  file(wish?: Wish): Promise<FiledRenewal>;
  keepPortrait(person: string, kind: keyof typeof portraits): Promise<string>;
}

export async function startRenewalWorld(temporal?: () => Promise<string>): Promise<RenewalWorld> {
  const world = await startWorld(temporal);
  const keepPortrait = (person: string, kind: keyof typeof portraits): Promise<string> =>
    world.keepPhoto(person, randomBytes(64), portraits[kind]);
  return {
    ...world,
    keepPortrait,
    async file({ photo = 'good', person: change = {}, expiresIn = 30, facts = {}, script, filedAt }: Wish = {}) {
      const n = ++enrolled;
      const phone = `+96650${String(n).padStart(7, '0')}`;
      const applicant = {
        number: identityNumberFrom(`1${String(n).padStart(8, '0')}`),
        nameAr: `ليلى بنت سليمان ${n}`,
        nameEn: `Layla Sulaiman${n}`,
        phone,
      };
      const today = riyadhDate(new Date().toISOString());
      const made = await enrolIn(world, {
        ...aPerson(String(100_000_000 + n), {
          sex: 'F',
          birthDate: '1990-05-17',
          birthPlaceAr: 'الطائف',
          birthPlaceEn: 'Taif',
          address: {
            recipient: applicant.nameEn,
            phone,
            line: '7 Palm Lane',
            district: 'Al Olaya',
            city: 'Riyadh',
            postalCode: '12345',
          },
          card: { type: 'national-id', issuedOn: '2016-12-01', expiresOn: addDays(today, expiresIn) },
        }),
        ...applicant,
        ...change,
      });
      const caseId = `rnw_${randomBytes(8).toString('hex')}`;
      const filing: Filing = {
        caseId,
        type: 'id-renewal',
        channel: 'absher-individuals',
        clientId: 'absher-individuals',
        filedAt: filedAt ?? new Date().toISOString(),
        subject: made.person,
        office: 'riyadh-1',
        facts: {
          photoRef: await keepPortrait(made.person, photo),
          delivery: { method: 'courier' },
          reason: 'expiring',
          ...facts,
        },
      };
      if (script) await world.control.script(caseId, script);
      await world.cases.start(filing);
      return new FiledRenewal(world, caseId, made.person, applicant, filing);
    },
  };
}
