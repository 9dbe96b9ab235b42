import { createHash } from 'node:crypto';

/** What a notice is known by outside of the vault: the same for the same reference, however it is written. */
export const markOf = (reference: string): string =>
  createHash('sha256').update(`notice\n${reference.trim().toUpperCase()}`).digest('base64url').slice(0, 32);
