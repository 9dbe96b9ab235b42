import { holidays, holidaysKnownUntil } from '../../domain/policies/holidays';
import { isLocalDate } from '../../domain/time';
import { holidayList } from '../../ops/doctor';

test('the list of holidays is in order, without doubles, and says until when it knows them', () => {
  const days = [...holidays];
  expect(days).toEqual([...new Set(days)].sort());
  expect(days.filter((day) => !isLocalDate(day) || day > holidaysKnownUntil)).toEqual([]);
});

test('the doctor warns 90 days before the list ends', () => {
  expect(holidayList('2027-10-02', '2027-12-31').state).toBe('well');
  expect(holidayList('2027-10-03', '2027-12-31').state).toBe('warning');
});
