import type { FamilyEvidence } from '../api/client';
import { LONGEST_REASON } from '../reason';
import { applicationFormOf, correctableIn, type Field } from '../case-types';

export const AMENDMENT = 'record-amendment';
const form = applicationFormOf(AMENDMENT);

/** What is filled in; a name of the child in its two parts. */
export type Wanted = Readonly<Record<string, string>>;

/** What a name of the child is written in: both parts go together. */
const NAMES = ['nameAr', 'nameEn'] as const;

export const fieldNamed = (name: string): Field =>
  form.properties[name] ?? form.properties['child']?.properties?.[name] ?? { type: 'string' };
export const shortest = fieldNamed('why').minLength ?? 1;
export const longest = fieldNamed('why').maxLength ?? LONGEST_REASON;

/** What of this event can be put right, in the order of the entry; the day has a field of its own. */
export const correctableOf = ({ event }: FamilyEvidence): string[] =>
  correctableIn(event).flatMap((name) => (name === 'child' ? [...NAMES] : name === 'on' ? [] : [name]));

/** What the form begins with: the day and the names as they stand by now, so that a letter can be put right. */
export const asItStands = ({ entry, on }: FamilyEvidence): Wanted => ({
  on: entry?.on ?? on,
  ...(entry?.nameAr ? { nameAr: entry.nameAr } : {}),
  ...(entry?.nameEn ? { nameEn: entry.nameEn } : {}),
});

/** What is to stand instead: what was changed, and nothing else. */
export function corrections(family: FamilyEvidence, wanted: Wanted): Readonly<Record<string, unknown>> {
  const before = asItStands(family);
  const changed = ['on', ...correctableOf(family)].filter(
    (name) => wanted[name]?.trim() && wanted[name].trim() !== before[name],
  );
  const renamed = NAMES.some((name) => changed.includes(name));
  const [nameAr = '', nameEn = ''] = NAMES.map((name) => (wanted[name] ?? before[name] ?? '').trim());
  return {
    ...Object.fromEntries(
      changed.filter((name) => !NAMES.some((part) => part === name)).map((name) => [name, wanted[name]?.trim()]),
    ),
    ...(renamed ? { child: { nameAr, nameEn } } : {}),
  };
}
