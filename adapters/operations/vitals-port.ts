import type { Instant } from '../../domain/time';

/** What the doctor asks the database. */
export interface Vitals {
  /** As the server says it, and as a number: 150004 for 15.4. */
  server(): Promise<{ readonly version: string; readonly number: number }>;
  migrations(): Promise<readonly { readonly id: number; readonly checksum: string }[]>;
  clock(): Promise<Instant>;
  /** The last message from outside, and how many cases wait for one: those that are in one of these waits. */
  webhooks(waits: readonly string[]): Promise<{ readonly last: Instant | null; readonly waiting: number }>;
  incidents(): Promise<number>;
  /** The staff numbers of each person who stands under several. */
  staffOfSeveralNumbers(): Promise<readonly (readonly string[])[]>;
}
