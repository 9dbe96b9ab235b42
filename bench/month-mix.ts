import { randomFrom } from '../demo/random';
import month from './month.json';

export type ServiceId = 'id-renewal' | 'family-identification' | 'id-verification' | 'my-data' | 'my-data-enhanced';

/** One thing that somebody asks for in the month. */
export interface Wish {
  readonly service: ServiceId;
  /** Of a renewal. */
  readonly way?: string;
  /** Its number among those of its service and way. */
  readonly n: number;
  /** It is about somebody on a visit. */
  readonly visitor?: true;
}

export interface Mix {
  readonly counts: ReadonlyMap<ServiceId, number>;
  readonly ways: readonly { readonly way: string; readonly count: number; readonly ends: string }[];
  /** All of them in one order, the same in each run: the services stand as mixed at the end as at the beginning. */
  readonly wishes: readonly Wish[];
}

export const visitorsIn = ({ wishes }: Pick<Mix, 'wishes'>): number =>
  wishes.filter(({ visitor }) => visitor === true).length;

/** Spread evenly over the numbers, so that it is the same share at any scale. */
const isForVisitor = (service: ServiceId, n: number): boolean => {
  const { share, services } = month.visitors;
  return services.includes(service) && Math.floor((n + 1) * share) > Math.floor(n * share);
};

/** The model month at a scale: 1 is the whole of it. */
export function mixAt(scale: number): Mix {
  const counts = new Map(
    month.services.map(({ id, count }) => [id as ServiceId, Math.max(1, Math.round(count * scale))]),
  );
  let left = counts.get('id-renewal') ?? 0;
  const ways = month.renewals.map(({ way, share, ends }, i) => {
    const count =
      i === month.renewals.length - 1 ? left : Math.min(left, Math.round((counts.get('id-renewal') ?? 0) * share));
    left -= count;
    return { way, count, ends };
  });
  const several = (count: number, wish: Omit<Wish, 'n'>): Wish[] =>
    Array.from({ length: count }, (_, n) => ({
      ...wish,
      n,
      ...(isForVisitor(wish.service, n) ? { visitor: true as const } : {}),
    }));
  const wishes = [
    ...ways.flatMap(({ way, count }) => several(count, { service: 'id-renewal', way })),
    ...[...counts]
      .filter(([service]) => service !== 'id-renewal')
      .flatMap(([service, count]) => several(count, { service })),
  ];
  const random = randomFrom('month');
  for (let i = wishes.length - 1; i > 0; i--) {
    const j = random.int(0, i);
    [wishes[i], wishes[j]] = [wishes[j] as Wish, wishes[i] as Wish];
  }
  return { counts, ways, wishes };
}
