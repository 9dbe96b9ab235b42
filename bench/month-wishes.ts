import { setTimeout as pause } from 'node:timers/promises';
import { caseIdFor } from '../client/case-id';
import type { Answer, Caller, CaseView } from '../demo/portal';
import { firstCardCaseId } from '../domain/case/following';
import { beneficiaryOf, type PersonNumber } from '../domain/identity-number';
import { officialBodies } from '../domain/policies/official-bodies';
import { DAY, instant } from '../domain/time';
import type { Endings } from './endings';
import { IN_BULK, SHARED, type Channel, type Mix, type ServiceId, type Wish } from './month-mix';
import type { Applicant, MonthPeople } from './month-people';

const MOST_TRIES = 12;
const LOOK_EVERY = 250;

/** What the bench counts while it sends, whatever the system says of it. */
export interface Tally {
  readonly latencies: Map<string, number[]>;
  /** Transactions by service, channel and beneficiary, as `lineName` writes them. */
  readonly sent: Map<string, number>;
  again: number;
}

export const lineName = (service: string, channel: string, beneficiary: string): string =>
  `${service} ${channel} ${beneficiary}`;

export interface MonthCallers {
  readonly portals: Readonly<Record<Channel, Caller>>;
  /** The official bodies that people share with, by client id. */
  readonly bodies: ReadonlyMap<string, Caller>;
}

/** Sends until it is answered: what was not taken, or may have been, is sent again as it was. */
async function answered<T>(tally: Tally, send: () => Promise<Answer<T>>): Promise<T> {
  for (let tries = 1; ; tries++) {
    const { status, body } = await send();
    if (status >= 200 && status < 300) return body;
    if ((status !== 503 && status !== 429) || tries === MOST_TRIES)
      throw new Error(`answered ${status} after ${tries} tries: ${JSON.stringify(body)}`);
    tally.again += 1;
    await pause(250 * tries);
  }
}

function requireVerdict(verdict: string | null): void {
  if (verdict !== 'valid' && verdict !== 'expired') throw new Error(`a verification answered ${verdict ?? 'nothing'}`);
}

/** Takes one wish to its end: a case until it is closed, a file until it is answered, a share until the body has fetched it. */
export function wishesOf(
  { portals, bodies }: MonthCallers,
  people: MonthPeople,
  endings: Endings,
  mix: Mix,
  tally: Tally,
): (wish: Wish) => Promise<void> {
  const endOf = new Map(mix.ways.map(({ way, ends }) => [way, ends]));
  const somebody = ({ n, visitor }: Wish): Applicant => {
    const some = visitor ? people.visitors : people.everybody;
    return some[n % some.length] as Applicant;
  };
  const count = (service: ServiceId, channel: string, number: string): void => {
    const name = lineName(service, channel, beneficiaryOf(number as PersonNumber));
    tally.sent.set(name, (tally.sent.get(name) ?? 0) + 1);
  };

  const whole = async (
    channel: Channel,
    type: string,
    key: string,
    identityNumber: string,
    application: object,
    ends: string,
    starts?: (id: string) => string,
  ): Promise<void> => {
    const id = caseIdFor(type, channel, key);
    const ended = Promise.all([id, ...(starts ? [starts(id)] : [])].map((each) => endings.of(each)));
    const sent = { headers: { 'idempotency-key': key }, json: { type, applicant: { identityNumber }, application } };
    const view = await answered(tally, () => portals[channel].call<CaseView>('POST', '/v1/cases', sent));
    if (view.id !== id) throw new Error(`${view.id} is not ${id}`);
    for (const status of await ended) if (status !== ends) throw new Error(`${id} ended as ${status} and not ${ends}`);
  };

  const renewal = async ({ way, n, channel }: Wish): Promise<void> => {
    const { identityNumber, photo } = people.renewing.get(way)?.[n] ?? { identityNumber: '', photo: '' };
    const delivery = way.includes('picked up') ? { method: 'pickup', office: 'jeddah-1' } : { method: 'courier' };
    await whole(channel, 'id-renewal', `${way}-${n}`, identityNumber, { photo, delivery }, endOf.get(way) ?? '');
    count('id-renewal', channel, identityNumber);
  };

  const identification = async ({ n, channel }: Wish): Promise<void> => {
    const { father, child, photo } = people.families[n] ?? { father: '', child: '', photo: '' };
    const application = { event: 'member-identification', member: child, photo };
    // The first card is a case of its own, and the month is over when it is in the member's hand.
    await whole(channel, 'family-registration', `family-${n}`, father, application, 'COMPLETED', firstCardCaseId);
    count('family-identification', channel, child);
  };

  const verification = async (wish: Wish): Promise<void> => {
    const { identityNumber, birthDate } = somebody(wish);
    const { verdict } = await answered(tally, () =>
      portals[wish.channel].call<{ verdict: string }>('POST', '/v1/verifications', {
        json: { identityNumber, birthDate },
      }),
    );
    requireVerdict(verdict);
    count('id-verification', wish.channel, identityNumber);
  };

  const file = async ({ n, makes, channel }: Wish): Promise<void> => {
    const portal = portals[channel];
    const some = Array.from({ length: makes }, (_, i) => people.everybody[(n * makes + i) % people.everybody.length]);
    const rows = some.map((person) => `${person?.identityNumber ?? ''},${person?.birthDate ?? ''}`);
    const sent = {
      headers: { 'idempotency-key': `file-${n}`, 'content-type': 'text/csv' },
      bytes: Buffer.from(['identity_number,birth_date', ...rows].join('\n')),
    };
    const { links } = await answered(tally, () =>
      portal.call<{ links: { self: string; result: string } }>('POST', '/v1/verifications/bulk', sent),
    );
    while ((await portal.expect<{ state: string }>(200, 'GET', links.self)).state !== 'done') await pause(LOOK_EVERY);
    const { lines } = await portal.expect<{ lines: { identityNumber: string; verdict: string | null }[] }>(
      200,
      'GET',
      links.result,
    );
    if (lines.length !== makes) throw new Error(`${lines.length} of ${makes} lines of a file were answered`);
    for (const { identityNumber, verdict } of lines) {
      requireVerdict(verdict);
      count('id-verification', channel, identityNumber);
    }
  };

  const record = async (wish: Wish): Promise<void> => {
    const { identityNumber } = somebody(wish);
    const detail = wish.service === 'my-data-enhanced';
    await answered(tally, () =>
      portals[wish.channel].call('POST', '/v1/people/record', { json: { identityNumber, detail } }),
    );
    count(wish.service, wish.channel, identityNumber);
  };

  const share = async (wish: Wish): Promise<void> => {
    const { identityNumber } = somebody(wish);
    const recipient = officialBodies[wish.n % officialBodies.length]?.client ?? '';
    const fields = ['name', 'birthDate', 'card'];
    const asked = {
      headers: { 'idempotency-key': `share-${wish.n}` },
      json: {
        identityNumber,
        recipient,
        fields,
        purpose: 'فتح ملف لدى الجهة',
        expiresAt: instant(Date.now() + 30 * DAY),
      },
    };
    const { id } = await answered(tally, () =>
      portals[wish.channel].call<{ id: string }>('POST', '/v1/people/shares', asked),
    );
    count('my-data-enhanced', wish.channel, identityNumber);
    const { data } = await answered(tally, () => {
      const body = bodies.get(recipient);
      if (!body) throw new Error(`nobody fetches for ${recipient}`);
      return body.call<{ data: object }>('GET', `/v1/shares/${id}`);
    });
    if (Object.keys(data).join() !== fields.join()) throw new Error(`${recipient} got ${Object.keys(data).join()}`);
    count('my-data-enhanced', 'official-bodies', identityNumber);
  };

  const take: Readonly<Record<ServiceId, (wish: Wish) => Promise<void>>> = {
    'id-renewal': renewal,
    'family-identification': identification,
    'id-verification': (wish) => (wish.way === IN_BULK ? file(wish) : verification(wish)),
    'my-data': record,
    'my-data-enhanced': (wish) => (wish.way === SHARED ? share(wish) : record(wish)),
  };
  return (wish) => take[wish.service](wish);
}
