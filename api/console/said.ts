import { z } from 'zod';
import type { FamilyRegister } from '../../adapters/register/family-port';
import { OutsideFailure } from '../../domain/failures';
import type { Bilingual } from '../../domain/refusal';
import { BilingualText } from '../problems/problem';

/** What one source says about one thing: words, a day, or words and the day that they are about. */
export const Said = z
  .object({ text: BilingualText.optional(), date: z.string().optional().meta({ format: 'date' }) })
  .meta({ id: 'Said', description: 'Words, or a day to be shown in the calendar of whoever reads' });
export type Said = z.infer<typeof Said>;

export const words = (ar: string, en: string): Said => ({ text: { ar, en } });
export const inWords = (text: Bilingual): Said => ({ text: { ar: text.ar, en: text.en } });
export const day = (date: string): Said => ({ date });

/** Reads of people for those who decide. An erased person is nobody by name; an outage is an outage and is said. */
export async function unlessErased<T>(read: Promise<T>): Promise<T | null> {
  try {
    return await read;
  } catch (error) {
    if (error instanceof OutsideFailure && error.kind === 'refused') return null;
    throw error;
  }
}

export const ERASED: Bilingual = { ar: 'بيانات محذوفة', en: 'Erased' };

/** What somebody is called, by reference. Personal data. */
export const nameSaid =
  ({ nameOf }: Pick<FamilyRegister, 'nameOf'>) =>
  async (person: string): Promise<Said> => {
    const name = await unlessErased(nameOf(person));
    return inWords(name ? { ar: name.nameAr, en: name.nameEn } : ERASED);
  };
