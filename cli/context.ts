import type { Desk } from './connect';
import type { Identity } from './identity';
import type { Output } from './output';

/** What every command gets: its output, whether it is JSON, and a desk that is closed when the command is over. */
export interface Context {
  readonly output: Output;
  json(): boolean;
  lang(): 'ar' | 'en';
  identity(): Identity;
  desk<T>(work: (desk: Desk) => Promise<T>): Promise<T>;
}
