import type { LocalDate } from '../time';

/**
 * Public holidays on which the agency does not work. Eid dates follow the umm al-qura calendar and are confirmed each
 * year by announcement, so the list is data: a deployment keeps it up to date. National Day and Founding Day are fixed by decree.
 */
export const holidays: ReadonlySet<LocalDate> = new Set([
  // 2025: Founding Day, Eid al-Fitr, Eid al-Adha, National Day
  '2025-02-23',
  '2025-03-30',
  '2025-03-31',
  '2025-04-01',
  '2025-04-02',
  '2025-06-05',
  '2025-06-08',
  '2025-06-09',
  '2025-06-10',
  '2025-09-23',
  // 2026
  '2026-02-22',
  '2026-03-19',
  '2026-03-22',
  '2026-03-23',
  '2026-03-24',
  '2026-05-26',
  '2026-05-27',
  '2026-05-28',
  '2026-05-31',
  '2026-09-23',
  // 2027
  '2027-02-22',
  '2027-03-09',
  '2027-03-10',
  '2027-03-11',
  '2027-05-16',
  '2027-05-17',
  '2027-05-18',
  '2027-09-23',
]);
