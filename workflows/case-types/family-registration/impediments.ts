import { marriagesOf, type FamilyGraph } from '../../../domain/family/graph';
import { isWithin, relationOf } from '../../../domain/family/kinship';
import { addDays, type LocalDate } from '../../../domain/time';
import type { FamilyPolicy } from './policy';

export type Impediment = 'waiting-period' | 'kin-by-marriage';

interface Couple {
  readonly husband: string;
  readonly wife: string;
  readonly on: LocalDate;
}

/**
 * What the register shows that may stand in the way of a marriage, for the official to look into. It refuses nothing: the
 * register knows neither whether a marriage that ended was consummated, nor what a court has allowed.
 */
export function impedimentsTo(
  { husband, wife, on }: Couple,
  graph: FamilyGraph,
  { waitingDays, prohibitedDegree }: Pick<FamilyPolicy, 'waitingDays' | 'prohibitedDegree'>,
): Impediment[] {
  const others = (person: string, partner: string) =>
    marriagesOf(graph, person).filter(({ spouse }) => spouse !== partner);
  const waits = others(wife, husband).some(
    ({ to }) => to !== undefined && to <= on && on < addDays(to, waitingDays.value),
  );
  /** In the line of somebody who was ever a spouse, and beside it while the marriage lasts: two sisters have no husband in common. */
  const near = (spouse: string, to: LocalDate | undefined, person: string, besides: boolean): boolean => {
    const relation = relationOf(graph, spouse, person, on);
    if (relation === undefined || relation.kind === 'self' || relation.kind === 'spouse') return false;
    if (relation.kind !== 'collateral') return true;
    return besides && (to === undefined || to > on) && isWithin(relation, prohibitedDegree.value);
  };
  const kin =
    others(husband, wife).some(({ spouse, to }) => near(spouse, to, wife, true)) ||
    others(wife, husband).some(({ spouse, to }) => near(spouse, to, husband, false));
  return [...(waits ? (['waiting-period'] as const) : []), ...(kin ? (['kin-by-marriage'] as const) : [])];
}
