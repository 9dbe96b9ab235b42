import { recusalOf, type Recusal } from '../../domain/family/kinship';
import { riyadhDate, type Instant } from '../../domain/time';
import type { Ports } from '../step';

/** What the look-up `kinship` gives: why this official may have nothing to do with the case, if so. */
export interface KinshipKnown {
  readonly recusal?: Recusal;
}

/** Whether a member of staff is kin, up to this degree, to any of these people. Staff whom the register does not know are nobody's kin. */
export async function kinshipOf(
  ports: Ports,
  staff: string,
  people: readonly string[],
  degree: number,
  at: Instant,
): Promise<KinshipKnown> {
  const official = await ports.family.staffPerson(staff);
  if (official === null) return {};
  const recusal = recusalOf(await ports.family.graph([official, ...people]), official, people, degree, riyadhDate(at));
  return recusal ? { recusal } : {};
}
