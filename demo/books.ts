import { createReadStream } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { EnrolledPerson } from '../adapters/register/enrol';
import type { Database } from '../adapters/postgres/database';
import type { System } from '../system/start';

export interface Money {
  readonly captured: number;
  readonly refunded: number;
}

/** What the outside says happened, beside what the case log says; halalas and cards. */
export interface Books {
  readonly gateway: Money;
  readonly log: Money;
  readonly printed: number;
  readonly destroyed: number;
  readonly swapped: number;
}

const MONEY = `select
  coalesce(sum((event->'amount'->>'halalas')::bigint) filter (where type = 'PaymentCaptured'), 0) as captured,
  coalesce(sum((event->'amount'->>'halalas')::bigint) filter (where type = 'RefundMade'), 0) as refunded
  from case_events`;

export async function booksOf(system: System, database: Database): Promise<Books> {
  const response = await fetch(`${system.sandboxUrl}/control/totals`, {
    headers: { authorization: `Bearer ${system.sandboxSecrets.control}` },
  });
  const totals = (await response.json()) as Record<string, Record<string, number>>;
  const query = database.from('case-log').query.bind(database.from('case-log'));
  const [log] = await query<{ captured: string; refunded: string }>({ text: MONEY, values: [] });
  const [cards] = await query<{ swapped: string }>({
    text: `select count(*) as swapped from case_events where type = 'CardsSwapped'`,
    values: [],
  });
  return {
    gateway: { captured: totals.payments?.capturedHalalas ?? -1, refunded: totals.payments?.refundedHalalas ?? -1 },
    log: { captured: Number(log?.captured), refunded: Number(log?.refunded) },
    printed: totals['card-bureau']?.printed ?? -1,
    destroyed: totals['card-bureau']?.destroyed ?? -1,
    swapped: Number(cards?.swapped),
  };
}

const OVERLAP = 512;

/** Whatever of these people must not be in the engine. */
export const personalDataOf = (people: readonly EnrolledPerson[]): string[] =>
  people.flatMap(({ number, phone, nameAr, nameEn }) => [number, phone, nameAr, nameEn]);

/**
 * Looks for these words in every file of the engine; and for one that must be there, without which the search itself found nothing.
 */
export async function traces(
  directory: string,
  words: readonly string[],
  mustBeThere: string,
): Promise<{ searched: number; found: number; looked: boolean }> {
  const needles = [...new Set([...words, mustBeThere])].map((text) => Buffer.from(text));
  const control = needles.findIndex((needle) => needle.toString() === mustBeThere);
  const found = new Set<number>();
  for (const file of await readdir(directory, { recursive: true, withFileTypes: true })) {
    if (!file.isFile()) continue;
    let tail = Buffer.alloc(0);
    for await (const chunk of createReadStream(join(file.parentPath, file.name), { highWaterMark: 1 << 20 })) {
      const bytes = Buffer.concat([tail, chunk as Buffer]);
      needles.forEach((needle, index) => bytes.includes(needle) && found.add(index));
      tail = bytes.subarray(-OVERLAP);
    }
  }
  const looked = found.delete(control);
  return { searched: needles.length - 1, found: found.size, looked };
}
