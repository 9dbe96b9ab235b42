import { kinshipOf } from '../../../activities/stages/kinship';
import type { Lookups } from '../../../activities/step';
import { peopleOf, type FamilyFile } from './file';
import { familyPolicy } from './policy';

/** Whether the official (or the one to whom a case is reassigned) is kin to anybody in it, or one of its witnesses. */
export const familyLookups: Lookups<FamilyFile> = {
  async kinship({ file, actor, input, at, ports }) {
    const staff = typeof input['to'] === 'string' ? input['to'] : actor.id;
    const known = await kinshipOf(ports, staff, peopleOf(file), familyPolicy(file.policyVersion).recusalDegree.value, at);
    return known.recusal ? known : kinshipOf(ports, staff, file.witnesses ?? [], 0, at).then(({ recusal }) => (recusal?.relation.kind === 'self' ? { recusal } : {}));
  },
};
