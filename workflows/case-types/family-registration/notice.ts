import type { FamilyEventKind } from '../../../domain/family/record';
import type { LocalDate } from '../../../domain/time';
import type { ReportFacts } from './events';
import { peopleOf } from './file';

/** A notice by references: what of it a report is held against. */
interface NoticeOf {
  readonly kind: string;
  readonly on: LocalDate;
  readonly people: ReadonlySet<string>;
}

/** The court writes of a family link where a member is identified; any other event has a notice of its own kind. */
export const noticeKindOf = (event: FamilyEventKind): string =>
  event === 'member-identification' ? 'family-link' : event;

/** Whom the notice of an event has to name. A tie is between two: the paper that proves it names the reporter too. */
export const namedByNotice = (report: ReportFacts): string[] =>
  report.event === 'member-identification' ? peopleOf(report) : Object.values(report.parties as Record<string, string>);

/** Where a notice does not go with the report. What a tie rests on may be of any day. */
export const noticeMismatches = (report: ReportFacts, { kind, on, people }: NoticeOf): string[] => [
  ...(kind === noticeKindOf(report.event) ? [] : ['notice-of-another-kind']),
  ...(report.event === 'member-identification' || on === report.on ? [] : ['notice-of-another-date']),
  ...(namedByNotice(report).every((person) => people.has(person)) ? [] : ['notice-of-other-people']),
];
