import { ours, type Sourced } from './sourced';

/** The offices there are. */
export const offices = ['riyadh-1', 'jeddah-1', 'dammam-1'] as const;
export type Office = (typeof offices)[number];

/** Each with its city's name as addresses write it, in both languages. */
const cities: Sourced<Readonly<Record<Office, readonly string[]>>> = {
  value: {
    'riyadh-1': ['riyadh', 'الرياض'],
    'jeddah-1': ['jeddah', 'جدة'],
    'dammam-1': ['dammam', 'الدمام'],
  },
  source: ours('one office a city, in the cities that have one here'),
};

/** Where somebody at this address collects a card that could not be brought; undefined where the city has no office. */
export const officeIn = (city: string): Office | undefined =>
  offices.find((office) => cities.value[office].includes(city.trim().toLowerCase()));
