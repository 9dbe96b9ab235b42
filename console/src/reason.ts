import { reason } from './api/limits.json';

export const LONGEST_REASON = reason.most;
export const tooShort = (text: string): boolean => text.trim().length < reason.least;
