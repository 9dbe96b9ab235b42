/** Nationalities by their ICAO code of three letters, as they are printed. The Arabic word for a nationality is feminine, whoever has it. */
export const NATIONALITIES = {
  SAU: { ar: 'سعودية', en: 'Saudi' },
  ARE: { ar: 'إماراتية', en: 'Emirati' },
  BGD: { ar: 'بنغلاديشية', en: 'Bangladeshi' },
  BHR: { ar: 'بحرينية', en: 'Bahraini' },
  EGY: { ar: 'مصرية', en: 'Egyptian' },
  ETH: { ar: 'إثيوبية', en: 'Ethiopian' },
  IDN: { ar: 'إندونيسية', en: 'Indonesian' },
  IND: { ar: 'هندية', en: 'Indian' },
  JOR: { ar: 'أردنية', en: 'Jordanian' },
  KWT: { ar: 'كويتية', en: 'Kuwaiti' },
  LBN: { ar: 'لبنانية', en: 'Lebanese' },
  NPL: { ar: 'نيبالية', en: 'Nepali' },
  PAK: { ar: 'باكستانية', en: 'Pakistani' },
  PHL: { ar: 'فلبينية', en: 'Filipino' },
  SDN: { ar: 'سودانية', en: 'Sudanese' },
  SYR: { ar: 'سورية', en: 'Syrian' },
  TUN: { ar: 'تونسية', en: 'Tunisian' },
  TUR: { ar: 'تركية', en: 'Turkish' },
  YEM: { ar: 'يمنية', en: 'Yemeni' },
} as const satisfies Record<string, { ar: string; en: string }>;

export type Nationality = keyof typeof NATIONALITIES;

/** The printed words for a code; a code that is not in the list is printed as it is. */
export function nationalityWords(code: string): { readonly ar: string; readonly en: string } {
  const words = Object.entries(NATIONALITIES).find(([known]) => known === code);
  return words?.[1] ?? { ar: code, en: code };
}
