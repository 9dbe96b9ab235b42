import { borderNumberPattern, wholly } from '../domain/policies/border-numbers';
import type { BorderNumber } from '../domain/identity-number';
import { addDays, type LocalDate } from '../domain/time';
import { generatePeople, type GeneratedPerson } from './people';
import { randomFrom } from './random';

/** A visitor who does not exist. */
export type GeneratedVisitor = Omit<GeneratedPerson, 'identityNumber' | 'kind' | 'document'> & {
  readonly identityNumber: BorderNumber;
  readonly kind: 'visitor';
  readonly document: {
    readonly type: 'visit-visa';
    readonly issuedOn: LocalDate;
    readonly expiresOn: LocalDate;
  };
};

/** Days that a visa is good for. Operating assumption. */
const VISA_DAYS = 90;

/** The same seed gives the same visitors; the visas of some have run out. */
export function generateVisitors(wanted: {
  readonly seed: string | number;
  readonly count: number;
  readonly today: LocalDate;
}): GeneratedVisitor[] {
  const random = randomFrom(`visitors-${wanted.seed}`);
  const isBorderNumber = wholly(borderNumberPattern.value);
  const taken = new Set<string>();
  const borderNumber = (): BorderNumber => {
    for (;;) {
      const text = `${random.int(3, 9)}${String(random.int(0, 999_999_999)).padStart(9, '0')}`;
      if (taken.has(text) || !isBorderNumber.test(text)) continue;
      taken.add(text);
      return text as BorderNumber;
    }
  };
  return generatePeople({ ...wanted, residents: 1 }).map(({ document: _card, ...person }) => {
    const expiresOn = addDays(wanted.today, random.int(-10, VISA_DAYS));
    return {
      ...person,
      identityNumber: borderNumber(),
      kind: 'visitor',
      document: { type: 'visit-visa', issuedOn: addDays(expiresOn, -VISA_DAYS), expiresOn },
    };
  });
}
