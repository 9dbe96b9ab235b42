/**
 * The serial of a card: a letter, seven digits and a check digit. Nine characters, because that is what the document number of
 * an MRZ holds (ICAO 9303, TD1).
 */
const SERIAL = /^[A-Z]\d{8}$/;

/** ICAO 9303's check digit: weights 7, 3, 1 over digits as they are and letters from A = 10. */
export function checkDigit(text: string): number {
  const weights = [7, 3, 1] as const;
  let sum = 0;
  for (let i = 0; i < text.length; i++) sum += parseInt(text.charAt(i), 36) * (weights[i % 3] ?? 0);
  return sum % 10;
}

export const isCardSerial = (text: string): boolean =>
  SERIAL.test(text) && checkDigit(text.slice(0, 8)) === Number(text.charAt(8));
