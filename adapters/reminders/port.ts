import type { Beneficiary } from '../../domain/identity-number';
import type { Threshold } from '../../domain/services/reminders';
import type { Instant, LocalDate } from '../../domain/time';

/** A card whose holder has to be reminded now, and was not yet. */
export interface DueReminder {
  readonly serial: string;
  readonly person: string;
  readonly beneficiary: Beneficiary;
  readonly type: 'national-id' | 'resident-id';
  readonly expiresOn: LocalDate;
  readonly threshold: Threshold;
}

export interface CardCursor {
  readonly expiresOn: LocalDate;
  readonly serial: string;
}

export interface ReminderPage {
  readonly due: readonly DueReminder[];
  /** Cards looked at. */
  readonly walked: number;
  /** null when there are no more. */
  readonly cursor: CardCursor | null;
}

export interface Reminders {
  /**
   * The next `limit` valid cards that expire between today and the first threshold, in the order of their expiry. Left out as not
   * due: who was reminded at this threshold, has opted out, has died, or is renewing already.
   */
  page(today: LocalDate, after: CardCursor | null, limit: number): Promise<ReminderPage>;
  /** Puts on record what came of one, and in the service log; once. */
  note(reminder: DueReminder, outcome: string, at: Instant): Promise<void>;
}

export interface Preferences {
  /** Whoever has not chosen does. */
  wantsReminders(person: string): Promise<boolean>;
  set(person: string, wants: { readonly reminders: boolean }, at: Instant): Promise<void>;
}
