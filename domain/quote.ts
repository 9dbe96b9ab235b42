import { minus, total, zero, type Money } from './money';
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
