import { addWorkingDays } from '../../domain/calendar/working-days';
import { holidays } from '../../domain/policies/holidays';
import { riyadhDate, startOfRiyadhDay, type Instant } from '../../domain/time';

/** The beginning, in Riyadh, of the day that is so many working days later. */
export const workingDaysAfter = (at: Instant, days: number): Instant =>
  startOfRiyadhDay(addWorkingDays(riyadhDate(at), days, holidays));
