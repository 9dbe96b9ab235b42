import type { FamilyRegister } from '../../adapters/register/family-port';
import type { CaseFile } from '../../domain/case/model';
import { kinshipTo, type Concerned, type KinshipKnown } from '../../domain/family/recusal';
import type { Instant } from '../../domain/time';
import type { Lookup } from '../step';

type KinshipLookup<F extends CaseFile> = (on: Parameters<Lookup<F>>[0]) => Promise<KinshipKnown>;

/** Whether a member of staff is kin to anybody whom the case concerns, or one of its witnesses. One look at the register. */
export async function kinshipOf(
  { family }: { readonly family: Pick<FamilyRegister, 'kinAround'> },
  staff: string,
  concerned: Concerned,
  at: Instant,
): Promise<KinshipKnown> {
  const { official, graph } = await family.kinAround(staff, concerned.people);
  return kinshipTo(official, graph, concerned, at);
}

/** The look-up `kinship` of a case type that says whom its cases concern: of the official, and of the colleague to whom a case is to go. */
export const kinshipLookup =
  <F extends CaseFile>(concernedIn: (file: F) => Concerned): KinshipLookup<F> =>
  async ({ file, actor, input, at, ports }) => {
    const known = await kinshipOf(ports, actor.id, concernedIn(file), at);
    const { to } = input;
    return typeof to === 'string'
      ? { ...known, colleagueKin: await kinshipOf(ports, to, concernedIn(file), at) }
      : known;
  };
