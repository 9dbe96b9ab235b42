import type { CaseFile } from '../../domain/case/model';
import type { Bilingual } from '../../domain/refusal';
import type { ConsentFile } from '../../workflows/case-types/family-registration/file';
import { fieldTexts } from '../console/report-texts';
import type { CaseView } from './schemas';

const stateTexts: Readonly<Record<ConsentFile['people'][number]['state'], Bilingual>> = {
  asked: { ar: 'طُلبت', en: 'Asked' },
  given: { ar: 'أُعطيت', en: 'Given' },
  refused: { ar: 'رُفضت', en: 'Refused' },
  unanswered: { ar: 'لم يرد', en: 'Unanswered' },
  withdrawn: { ar: 'سُحبت', en: 'Withdrawn' },
};

/** Whose consent the case asked for, by their part in the event: a portal knows from it whom to ask, and learns no number. */
export function consentsOf(file: CaseFile): Pick<CaseView, 'consents'> {
  if (!('consent' in file) || !('parties' in file)) return {};
  const { people } = file.consent as ConsentFile;
  const parts = Object.entries(file.parties as Readonly<Record<string, string>>);
  const consents = people.flatMap(({ person, state }) => {
    const part = parts.find(([, ref]) => ref === person)?.[0];
    return part && Object.hasOwn(fieldTexts, part)
      ? [{ part, state, texts: { part: fieldTexts[part as keyof typeof fieldTexts], state: stateTexts[state] } }]
      : [];
  });
  return consents.length > 0 ? { consents } : {};
}
