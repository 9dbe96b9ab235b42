import { createChannel } from '../postgres/channel';
import type { CaseChange, CaseChanges } from './port';

/** Case changes, as the transaction that made them tells of them. */
export const createCaseChanges = (url: string): CaseChanges =>
  createChannel<CaseChange>(url, { name: 'case_events', applicationName: 'tajdid-changes' });
