import { z } from 'zod';

export const Amount = z.object({ halalas: z.number().int(), currency: z.literal('SAR') });

/** For effects whose answer says nothing that is needed. */
export const Done = z.object({});

/** A segment of a path. */
export const segment = (id: string): string => encodeURIComponent(id);
