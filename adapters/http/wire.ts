import { z } from 'zod';

export const Amount = z.object({ halalas: z.number().int(), currency: z.literal('SAR') });

/** For effects whose answer says nothing that is needed. */
export const Done = z.object({});

/** A segment of a path. */
export const segment = (id: string): string => encodeURIComponent(id);

/** What a party calls something of its own. Anything else is no name: it could not be put on record, or could hold personal data. */
export const Id = z.string().regex(/^[\x20-\x7e]{1,200}$/);

/** A short stable word. Free text could name somebody, and what is said here goes into the engine and the log for good. */
export const Word = z.string().regex(/^[a-z][a-z0-9-]{0,60}$/);
