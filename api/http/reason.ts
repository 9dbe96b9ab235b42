import { z } from 'zod';
import { REASON_LENGTH } from '../../domain/reason';

/** Why, in words. */
export const Reason = z.string().trim().min(REASON_LENGTH.least).max(REASON_LENGTH.most);
