/**
 * A Saudi identity number: ten digits, the first 1 for a citizen and 2 for a resident, the last a Luhn check digit.
 * A type of its own, so that it is never passed where any string would do; it must not reach a URL, a log or the engine.
 */
export type IdentityNumber = string & { readonly __brand: 'IdentityNumber' };

/** The number that a visitor gets at the border. A deployment says what it looks like; it carries no check digit that is known. */
export type BorderNumber = string & { readonly __brand: 'BorderNumber' };

/** Whatever number the register knows a person by. */
export type PersonNumber = IdentityNumber | BorderNumber;

export type Beneficiary = 'citizen' | 'resident' | 'visitor';

export type IdentityNumberRefusal = 'not-ten-digits' | 'unknown-first-digit' | 'wrong-check-digit';

const ARABIC_INDIC_ZERO = 0x0660;
const EXTENDED_ARABIC_INDIC_ZERO = 0x06f0;

/** Arabic-Indic (٠-٩) and extended (۰-۹) digits become ASCII; everything else stays. */
export function asciiDigits(text: string): string {
  return text.replace(/[٠-٩۰-۹]/g, (digit) => {
    const code = digit.charCodeAt(0);
    const zero = code >= EXTENDED_ARABIC_INDIC_ZERO ? EXTENDED_ARABIC_INDIC_ZERO : ARABIC_INDIC_ZERO;
    return String(code - zero);
  });
}

/** The Luhn sum over all digits is a multiple of ten. */
export function passesLuhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = digits.charCodeAt(digits.length - 1 - i) - 48;
    const weighted = i % 2 === 1 ? digit * 2 : digit;
    sum += weighted > 9 ? weighted - 9 : weighted;
  }
  return sum % 10 === 0;
}

const written = (input: string): string => asciiDigits(input).replace(/[\s-]/g, '');

export function parseIdentityNumber(input: string): { number: IdentityNumber } | { refusal: IdentityNumberRefusal } {
  const digits = written(input);
  if (!/^\d{10}$/.test(digits)) return { refusal: 'not-ten-digits' };
  if (!/^[12]/.test(digits)) return { refusal: 'unknown-first-digit' };
  if (!passesLuhn(digits)) return { refusal: 'wrong-check-digit' };
  return { number: digits as IdentityNumber };
}

/** Also a visitor's number. What looks like an identity number is one: a border number never takes its place. */
export function parsePersonNumber(
  input: string,
  borderNumbers: RegExp,
): { number: PersonNumber } | { refusal: IdentityNumberRefusal } {
  const text = written(input);
  if (!/^[12]\d{9}$/.test(text) && borderNumbers.test(text)) return { number: text as BorderNumber };
  return parseIdentityNumber(text);
}

/** The number for nine leading digits, with its check digit. Throws a RangeError on anything but nine digits starting with 1 or 2. */
export function identityNumberFrom(nineDigits: string): IdentityNumber {
  if (!/^[12]\d{8}$/.test(nineDigits)) throw new RangeError('nine digits starting with 1 or 2 are needed');
  for (let check = 0; check < 10; check++) {
    if (passesLuhn(nineDigits + check)) return (nineDigits + check) as IdentityNumber;
  }
  throw new RangeError('no check digit fits');
}

export function beneficiaryOf(number: PersonNumber): Beneficiary {
  if (!/^[12]\d{9}$/.test(number)) return 'visitor';
  return number.startsWith('1') ? 'citizen' : 'resident';
}
