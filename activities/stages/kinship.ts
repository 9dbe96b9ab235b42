import { recusalOf, spousesAround, type Recusal } from '../../domain/family/recusal';
import type { RecusalPolicy } from '../../domain/policies/recusal';
import { riyadhDate, type Instant, type LocalDate } from '../../domain/time';
import type { Ports } from '../step';

/** What the look-up `kinship` gives: why this official may have nothing to do with the case, if so. */
export interface KinshipKnown {
  readonly recusal?: Recusal;
  /** The register does not know which person this member of staff is, so that nobody can tell whose kin it is. */
  readonly unknownOfficial?: true;
  /** The same of the colleague to whom a case is to go. */
  readonly colleagueKin?: KinshipKnown;
}

/** Whom a case concerns. */
export interface Concerned {
  readonly people: readonly string[];
  /** They decide nothing about what they witnessed; their kin may. */
  readonly witnesses?: readonly string[];
  /** The days of the events that it is about: who was married then counts as married. */
  readonly days?: readonly LocalDate[];
}

/** Whether a member of staff is kin to anybody whom the case concerns, by blood or by marriage, or one of its witnesses. */
export async function kinshipOf(
  { family }: Pick<Ports, 'family'>,
  staff: string,
  { people, witnesses = [], days = [] }: Concerned,
  { recusalDegree, recusesAffines }: RecusalPolicy,
  at: Instant,
): Promise<KinshipKnown> {
  const official = await family.staffPerson(staff);
  if (official === null) return { unknownOfficial: true };
  if (witnesses.includes(official)) return { recusal: { relation: { kind: 'self' }, person: official } };
  const everybody = [official, ...people];
  const around = [riyadhDate(at), ...days];
  const marriages = await family.graph(everybody);
  const spouses = everybody.flatMap((person) => spousesAround(marriages, person, around));
  const graph = spouses.length > 0 ? await family.graph([...everybody, ...spouses]) : marriages;
  const rules = { degree: recusalDegree.value, affines: recusesAffines.value };
  const recusal = recusalOf(graph, official, people, rules, around);
  return recusal ? { recusal } : {};
}
