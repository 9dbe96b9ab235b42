/** Nationalities by their ICAO code of three letters, as they are printed. */
export const NATIONALITIES = {
  SAU: { ar: 'سعودي', en: 'Saudi' },
  ARE: { ar: 'إماراتي', en: 'Emirati' },
  BGD: { ar: 'بنغلاديشي', en: 'Bangladeshi' },
  BHR: { ar: 'بحريني', en: 'Bahraini' },
  EGY: { ar: 'مصري', en: 'Egyptian' },
  ETH: { ar: 'إثيوبي', en: 'Ethiopian' },
  IDN: { ar: 'إندونيسي', en: 'Indonesian' },
  IND: { ar: 'هندي', en: 'Indian' },
  JOR: { ar: 'أردني', en: 'Jordanian' },
  KWT: { ar: 'كويتي', en: 'Kuwaiti' },
  LBN: { ar: 'لبناني', en: 'Lebanese' },
  NPL: { ar: 'نيبالي', en: 'Nepali' },
  PAK: { ar: 'باكستاني', en: 'Pakistani' },
  PHL: { ar: 'فلبيني', en: 'Filipino' },
  SDN: { ar: 'سوداني', en: 'Sudanese' },
  SYR: { ar: 'سوري', en: 'Syrian' },
  TUN: { ar: 'تونسي', en: 'Tunisian' },
  TUR: { ar: 'تركي', en: 'Turkish' },
  YEM: { ar: 'يمني', en: 'Yemeni' },
} as const satisfies Record<string, { ar: string; en: string }>;

export type Nationality = keyof typeof NATIONALITIES;

/** The printed words for a code; a code that is not in the list is printed as it is. */
export function nationalityWords(code: string): { readonly ar: string; readonly en: string } {
  const words = Object.entries(NATIONALITIES).find(([known]) => known === code);
  return words?.[1] ?? { ar: code, en: code };
}
