/** Money is an integer count of halalas (1 SAR = 100 halalas) with its currency; there are no fractions and no floats. */
export interface Money {
  readonly halalas: number;
  readonly currency: 'SAR';
}

export function halalas(amount: number): Money {
  if (!Number.isSafeInteger(amount)) throw new RangeError('money is a whole number of halalas');
  return { halalas: amount, currency: 'SAR' };
}

export const sar = (riyals: number): Money => halalas(Math.round(riyals * 100));
export const zero: Money = halalas(0);
export const plus = (a: Money, b: Money): Money => halalas(a.halalas + b.halalas);
export const minus = (a: Money, b: Money): Money => halalas(a.halalas - b.halalas);
export const total = (amounts: readonly Money[]): Money => amounts.reduce(plus, zero);
/** "125.00 SAR" */
export const inRiyals = (m: Money): string => `${(m.halalas / 100).toFixed(2)} ${m.currency}`;
