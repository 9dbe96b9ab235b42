import { halalas, minus, plus, total, zero, type Money } from './money';
import type { Bilingual } from './refusal';

/** `always`: given back whenever the case does not end in what was paid for. `until-printed`: the work is done once the card exists. `never`: a fine. */
export type Refundable = 'always' | 'until-printed' | 'never';

export interface QuoteLine {
  readonly code: string;
  readonly title: Bilingual;
  readonly amount: Money;
  readonly refundable: Refundable;
  /** The rule that the amount comes from. */
  readonly rule: string;
}

/** What a case costs, frozen at filing. */
export interface Quote {
  readonly lines: readonly QuoteLine[];
  readonly total: Money;
}

export const quoteOf = (lines: readonly QuoteLine[]): Quote => {
  const charged = lines.filter((line) => line.amount.halalas > 0);
  return { lines: charged, total: total(charged.map((line) => line.amount)) };
};

/** What of it the applicant gets back when the case ends without its purpose. */
export function refundable(quote: Quote, printed: boolean): Money {
  return total(
    quote.lines
      .filter((l) => l.refundable === 'always' || (l.refundable === 'until-printed' && !printed))
      .map((l) => l.amount),
  );
}

export const kept = (quote: Quote, printed: boolean): Money =>
  quote.lines.length === 0 ? zero : minus(quote.total, refundable(quote, printed));

/**
 * What was paid for the same application before, and not given back, is not asked for again. Only what is never given back was
 * kept, so that no more than that is taken off, and all that a refund of this case may give back is still paid in it.
 */
export function credited(quote: Quote, paid: Money = zero): Quote {
  const fines = total(quote.lines.filter(({ refundable }) => refundable === 'never').map(({ amount }) => amount));
  const credit = Math.min(paid.halalas, fines.halalas);
  if (credit <= 0) return quote;
  const line: QuoteLine = {
    code: 'paid-before',
    title: { ar: 'سُدِّد مع الطلب السابق', en: 'Paid with the application before' },
    amount: halalas(-credit),
    refundable: 'never',
    rule: 'paid-before',
  };
  return { lines: [...quote.lines, line], total: plus(quote.total, line.amount) };
}
