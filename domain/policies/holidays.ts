import type { LocalDate } from '../time';
import list from './holidays.json';

/**
 * Public holidays on which the agency does not work. Eid dates follow the umm al-qura calendar and are confirmed each year by
 * announcement, National Day and Founding Day are fixed by decree; so the list is the data file beside this, which a deployment
 * keeps up to date. It goes into the workflow bundle, so that all workers count alike: an edit counts from the next build on, and moves the
 * deadlines of cases that are open, as an announcement does.
 */
export const holidays: ReadonlySet<LocalDate> = new Set(list.days);

/**
 * The last day that the list is about. After it only Friday and Saturday are days off: deadlines of the agency come too early by the
 * holidays that are missing, never too late, and `tajdid doctor` warns in time.
 */
export const holidaysKnownUntil: LocalDate = list.until;
