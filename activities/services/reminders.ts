import type { Messages } from '../../adapters/messages/port';
import type { Register } from '../../adapters/register/port';
import type { DueReminder, Reminders } from '../../adapters/reminders/port';
import { OutsideFailure } from '../../domain/failures';
import { reminderText } from '../../domain/services/reminders';
import { instant, MINUTE, riyadhDate, type LocalDate } from '../../domain/time';
import { renewalPolicyOn } from '../../workflows/case-types/id-renewal/policy';
import type { ReminderActivities, WalkCounts, WalkCursor } from '../../workflows/services/messages';

/** Cards of a page, and messages under way at once: all of the walk that is ever in memory. */
const PAGE = 1_000;
const SENDERS = 8;
/** How long one stretch takes at most; the next goes on where it ended. */
const STRETCH = 2 * MINUTE;

export interface ReminderPorts {
  readonly reminders: Reminders;
  readonly register: Pick<Register, 'contact'>;
  readonly messages: Messages;
  /** Where people renew. */
  readonly renewalUrl: string;
  readonly now: () => number;
  /** Tells the engine how far the walk has come. */
  readonly beat: (progress: WalkProgress) => void;
  /** How far an earlier try came, if there was one. */
  readonly resume: () => WalkProgress | undefined;
  /** Aborted when this try is to end: cancelled, timed out, or its worker is stopping. */
  readonly stopping: () => AbortSignal;
}

export type WalkProgress = WalkCounts & { readonly cursor: WalkCursor | null };

/** What will never be sent, however often it is tried: there is no sense in trying it again tomorrow. */
const isFinal = (error: unknown): error is OutsideFailure =>
  error instanceof OutsideFailure && (error.kind === 'refused' || error.kind === 'defect');

export function createReminderActivities({
  reminders,
  register,
  messages,
  renewalUrl,
  now,
  beat,
  resume,
  stopping,
}: ReminderPorts): ReminderActivities {
  /** The message centre knows the key, so a reminder that was sent and not noted is not sent again. */
  const remind = async (due: DueReminder, today: LocalDate): Promise<'sent' | 'failed'> => {
    const { serial, person, threshold, type, expiresOn } = due;
    const fine = renewalPolicyOn(today).documents[type].lateFine.value;
    const text = reminderText(expiresOn, today, fine, renewalUrl);
    try {
      const { phone } = await register.contact(person);
      await messages.send({
        key: `reminder/${serial}/${threshold}`,
        caseId: `reminder-${serial}`,
        to: phone,
        textAr: text.ar,
        textEn: text.en,
      });
    } catch (error) {
      if (!isFinal(error)) throw error;
      await reminders.note(due, `failed-${error.code}`, instant(now()));
      return 'failed';
    }
    await reminders.note(due, 'sent', instant(now()));
    return 'sent';
  };

  return {
    async remindSome({ today, cursor }) {
      let progress: WalkProgress = resume() ?? { walked: 0, sent: 0, failed: 0, cursor };
      const signal = stopping();
      const until = now() + STRETCH;
      do {
        const page = await reminders.page(today, progress.cursor, PAGE);
        let { sent, failed } = progress;
        const from = progress;
        const queue = page.due[Symbol.iterator]();
        let broken = false;
        let dayOver = false;
        const sender = async (): Promise<void> => {
          for (const due of queue) {
            if (riyadhDate(instant(now())) > today) dayOver = true;
            if (broken || dayOver || signal.aborted) return;
            try {
              if ((await remind(due, today)) === 'sent') sent += 1;
              else failed += 1;
            } catch (error) {
              broken = true;
              throw error;
            }
            // As far as the page before: what of this one was sent is not due again.
            beat({ ...from, sent, failed });
          }
        };
        // All of them, so that none still sends when the next try begins.
        const senders = await Promise.allSettled(Array.from({ length: SENDERS }, sender));
        for (const each of senders) if (each.status === 'rejected') throw each.reason;
        signal.throwIfAborted();
        if (dayOver) return { ...from, sent, failed, cursor: null, dayOver: true };
        progress = { walked: progress.walked + page.walked, sent, failed, cursor: page.cursor };
        beat(progress);
      } while (progress.cursor !== null && now() < until);
      return progress;
    },
  };
}
