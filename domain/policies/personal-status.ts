import type { FamilyLimits } from '../family/objections';
import { ours, type Sourced } from './sourced';

/** What the register holds families against, whether an event is reported or an entry of one is corrected. */
export interface PersonalStatusPolicy {
  readonly limits: Sourced<Pick<FamilyLimits, 'wives' | 'husbands'>>;
  /** Years that a parent is older than the child, at least. */
  readonly parentAge: Sourced<number>;
  /** Days after the father's death in which his child may still be born. */
  readonly posthumousDays: Sourced<number>;
  /** Nobody is married before this age. */
  readonly marriageAge: Sourced<number>;
  /** Nobody marries an ascendant, a descendant or kin up to this degree. */
  readonly prohibitedDegree: Sourced<number>;
  /** Days after the end of a woman's marriage in which another one is looked into. */
  readonly waitingDays: Sourced<number>;
}

export const personalStatus: PersonalStatusPolicy = {
  limits: { value: { wives: 4, husbands: 1 }, source: ours('what the law of personal status allows') },
  parentAge: { value: 12, source: ours('nobody younger bears or begets a child') },
  posthumousDays: { value: 305, source: ours('ten months after the death, the longest time that is allowed for') },
  marriageAge: { value: 18, source: ours('as the courts require without a special permission') },
  prohibitedDegree: {
    value: 3,
    source: ours('no marriage with ascendants, descendants, siblings, uncles, aunts, nephews and nieces'),
  },
  waitingDays: {
    value: 130,
    source: ours(
      'four months and ten days, a widow’s time; which time it is, and whether it is over, an official knows',
    ),
  },
};

/** What the register itself holds an event against. */
export const limitsOf = ({ limits, parentAge, posthumousDays }: PersonalStatusPolicy): FamilyLimits => ({
  ...limits.value,
  parentAge: parentAge.value,
  posthumousDays: posthumousDays.value,
});
