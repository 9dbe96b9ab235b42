import type { Lookups } from '../../../activities/step';
import { recusalOf } from '../../../domain/family/kinship';
import { riyadhDate } from '../../../domain/time';
import type { KinshipKnown } from './actions';
import { peopleOf, type FamilyFile } from './file';
import { familyPolicy } from './policy';

/** Whether the official (or the one to whom a case is reassigned) is kin to anybody in it; of a witness, whether they are the one. */
export const familyLookups: Lookups<FamilyFile> = {
  async kinship({ file, actor, input, at, ports }): Promise<KinshipKnown> {
    const staff = typeof input['to'] === 'string' ? input['to'] : actor.id;
    const official = await ports.family.staffPerson(staff);
    if (official === null) return {};
    if (file.witnesses?.includes(official)) return { recusal: { relation: { kind: 'self' }, person: official } };
    const people = peopleOf(file);
    const graph = await ports.family.graph([official, ...people]);
    const recusal = recusalOf(graph, official, people, familyPolicy(file.policyVersion).recusalDegree.value, riyadhDate(at));
    return recusal ? { recusal } : {};
  },
};
