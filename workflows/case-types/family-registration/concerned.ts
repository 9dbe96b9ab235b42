import type { Concerned } from '../../../domain/family/recusal';
import { peopleOf, type FamilyFile } from './file';
import { familyPolicy } from './policy';

/** Reporter, parties, witnesses and whoever was asked to consent, as of today and of the day of the event. */
export const concernedIn = (file: FamilyFile): Concerned => ({
  people: peopleOf(file),
  witnesses: file.witnesses ?? [],
  asked: file.consent.people.map(({ person }) => person),
  days: [file.on],
  policy: familyPolicy(file.policyVersion),
});
