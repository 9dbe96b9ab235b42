import { readFileSync, writeFileSync } from 'node:fs';
import {
  answer,
  clientCredentials,
  createTajdidClient,
  type components,
  type TajdidClient,
} from '../../packages/client/src';

export interface PortalSettings {
  readonly apiUrl: string;
  readonly tokenUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

export type RenewalCost = components['schemas']['RenewalCost'];
type PersonalRecord = components['schemas']['PersonalRecord'];
export type Delivery = { readonly method: 'courier' } | { readonly method: 'pickup'; readonly office: 'riyadh-1' };

/**
 * The public API as any portal uses it, by the client that others have it by (`@tajdid/client`): its own token, obtained with its
 * own secret, which never reaches a browser. What goes wrong is thrown as the client's `TajdidProblem`.
 */
export class PortalApi {
  readonly client: TajdidClient;

  constructor({ apiUrl, tokenUrl, clientId, clientSecret }: PortalSettings) {
    this.client = createTajdidClient({
      baseUrl: apiUrl,
      token: clientCredentials({ tokenUrl, clientId, clientSecret }),
    });
  }

  /** The person's name and card, as the register has them now. Each reading is on record with the agency. */
  async record(identityNumber: string): Promise<PersonalRecord> {
    const body = { identityNumber, detail: false, language: 'ar' } as const;
    return (await answer(this.client.api.POST('/v1/people/record', { body }))).data as PersonalRecord;
  }

  async cost(identityNumber: string, delivery: Delivery): Promise<RenewalCost> {
    const body = { identityNumber, delivery };
    return (await answer(this.client.api.POST('/v1/people/renewal-cost', { body }))).data;
  }

  async rate(id: string, score: number): Promise<void> {
    await answer(this.client.api.POST('/v1/cases/{id}/satisfaction', { params: { path: { id } }, body: { score } }));
  }
}

/** An application with the key that it is sent under: both stay the same until it is answered, so that it is filed once. */
export interface Filing {
  readonly key: string;
  readonly application: { readonly photo: string; readonly delivery: Delivery };
}

interface Kept {
  readonly cases: Record<string, string[]>;
  readonly rated: string[];
  readonly unanswered: Record<string, Filing>;
}

/** Which cases each person has filed here, what of theirs was sent and not answered, and what was rated; a portal keeps that itself. */
export class FiledCases {
  private readonly kept: Kept;

  constructor(private readonly path: string) {
    this.kept = read(path);
  }

  of(person: string): readonly string[] {
    return this.kept.cases[person] ?? [];
  }

  unanswered(person: string): Filing | undefined {
    return this.kept.unanswered[person];
  }

  /** Before it is sent. Of two that begin at once there is one. */
  begin(person: string, filing: Filing): Filing {
    const begun = (this.kept.unanswered[person] ??= filing);
    this.write();
    return begun;
  }

  drop(person: string): void {
    delete this.kept.unanswered[person];
    this.write();
  }

  add(person: string, caseId: string): void {
    if (!this.of(person).includes(caseId)) this.kept.cases[person] = [...this.of(person), caseId];
    this.drop(person);
  }

  isRated(caseId: string): boolean {
    return this.kept.rated.includes(caseId);
  }

  rated(caseId: string): void {
    if (this.isRated(caseId)) return;
    this.kept.rated.push(caseId);
    this.write();
  }

  private write(): void {
    writeFileSync(this.path, JSON.stringify(this.kept), { mode: 0o600 });
  }
}

function read(path: string): Kept {
  try {
    const found = JSON.parse(readFileSync(path, 'utf8')) as Partial<Kept> | Record<string, string[]>;
    // Files of before ratings were kept hold the cases alone, those of after that no filings.
    return 'rated' in found && 'cases' in found
      ? { unanswered: {}, ...(found as Omit<Kept, 'unanswered'>) }
      : { cases: found as Record<string, string[]>, rated: [], unanswered: {} };
  } catch {
    return { cases: {}, rated: [], unanswered: {} };
  }
}
