import { ours, type Sourced } from './sourced';

/** The office of a city, by the city's name as addresses write it, in either language. */
const officeOfCity: Sourced<Readonly<Record<string, string>>> = {
  value: {
    riyadh: 'riyadh-1',
    الرياض: 'riyadh-1',
    jeddah: 'jeddah-1',
    جدة: 'jeddah-1',
    dammam: 'dammam-1',
    الدمام: 'dammam-1',
  },
  source: ours('one office a city, in the cities that have one here'),
};

/** Where somebody at this address collects a card that could not be brought; undefined where the city has no office. */
export const officeIn = (city: string): string | undefined => {
  const name = city.trim().toLowerCase();
  return Object.hasOwn(officeOfCity.value, name) ? officeOfCity.value[name] : undefined;
};
