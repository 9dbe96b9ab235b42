import { randomFrom } from '../demo/random';
import month from './month.json';

export type ServiceId = 'id-renewal' | 'family-identification' | 'id-verification' | 'my-data' | 'my-data-enhanced';
export type Channel = 'absher-individuals' | 'absher-business';

/** One thing that somebody asks for in the month. */
export interface Wish {
  readonly service: ServiceId;
  readonly channel: Channel;
  /** Of a renewal, its way; of a verification, a file; of Enhanced My Data, a share and its fetch. */
  readonly way: string;
  /** Its number among those of its service and way. */
  readonly n: number;
  /** It is about somebody on a visit. */
  readonly visitor: boolean;
  /** Transactions that it comes to in a statement. */
  readonly makes: number;
}

export interface Mix {
  readonly counts: ReadonlyMap<ServiceId, number>;
  readonly ways: readonly { readonly way: string; readonly count: number; readonly ends: string }[];
  /** All of them in one order, the same in each run: the services stand as mixed at the end as at the beginning. */
  readonly wishes: readonly Wish[];
}

/** Of the people who renew, and of the families. */
export const RESIDENTS = month.residents.share;
export const IN_BULK = 'in bulk';
export const SHARED = 'shared and fetched';

export const transactionsOf = (wishes: readonly Wish[]): number => wishes.reduce((sum, { makes }) => sum + makes, 0);
export const visitorsIn = ({ wishes }: Pick<Mix, 'wishes'>): number => wishes.filter(({ visitor }) => visitor).length;

/** Spread evenly over the numbers, so that it is the same share at any scale. */
const falls = (share: number, n: number): boolean => Math.floor((n + 1) * share) > Math.floor(n * share);

function several(count: number, service: ServiceId, way = '', makes = 1): Wish[] {
  const { visitors, business } = month;
  return Array.from({ length: count }, (_, n) => {
    const visitor = way === '' && visitors.services.includes(service) && falls(visitors.share, n);
    const byBusiness = business.services.includes(service) && falls(business.share, n);
    const channel = way === IN_BULK || byBusiness ? 'absher-business' : 'absher-individuals';
    return { service, channel, way, n, visitor, makes };
  });
}

/** One by one, and in files, each of so many lines but for the last. */
function verifications(count: number): Wish[] {
  const inFiles = Math.round(count * month.bulk.share);
  const { lines } = month.bulk;
  const files = several(Math.ceil(inFiles / lines), 'id-verification', IN_BULK, lines).map((file) => ({
    ...file,
    makes: Math.min(lines, inFiles - file.n * lines),
  }));
  return [...files, ...several(count - inFiles, 'id-verification')];
}

function enhanced(count: number): Wish[] {
  const shares = Math.floor((count * month.shared.share) / 2);
  return [...several(shares, 'my-data-enhanced', SHARED, 2), ...several(count - 2 * shares, 'my-data-enhanced')];
}

/** The model month at a scale: 1 is the whole of it. */
export function mixAt(scale: number): Mix {
  const counts = new Map(
    month.services.map(({ id, count }) => [id as ServiceId, Math.max(1, Math.round(count * scale))]),
  );
  const of = (service: ServiceId): number => counts.get(service) ?? 0;
  let left = of('id-renewal');
  const ways = month.renewals.map(({ way, share, ends }, i) => {
    const count = i === month.renewals.length - 1 ? left : Math.min(left, Math.round(of('id-renewal') * share));
    left -= count;
    return { way, count, ends };
  });
  const wishes = [
    ...ways.flatMap(({ way, count }) => several(count, 'id-renewal', way)),
    ...several(of('family-identification'), 'family-identification'),
    ...verifications(of('id-verification')),
    ...several(of('my-data'), 'my-data'),
    ...enhanced(of('my-data-enhanced')),
  ];
  const random = randomFrom('month');
  for (let i = wishes.length - 1; i > 0; i--) {
    const j = random.int(0, i);
    [wishes[i], wishes[j]] = [wishes[j] as Wish, wishes[i] as Wish];
  }
  return { counts, ways, wishes };
}

/** Whoever is identified gets a first card, by a case of its own. */
export const casesOf = ({ counts }: Pick<Mix, 'counts'>): number =>
  (counts.get('id-renewal') ?? 0) + 2 * (counts.get('family-identification') ?? 0);
