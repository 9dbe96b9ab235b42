import type { LocalDate } from '../time';
import type { FamilyLink } from './graph';

export const familyEventKinds = ['member-identification', 'birth', 'marriage', 'divorce', 'death'] as const;
export type FamilyEventKind = (typeof familyEventKinds)[number];

/** An event of civil status, by references. */
export type FamilyEvent =
  | {
      readonly kind: 'member-identification';
      readonly on: LocalDate;
      readonly guardian: string;
      readonly member: string;
      readonly relation: 'father' | 'mother' | 'guardian';
    }
  | {
      readonly kind: 'birth';
      readonly on: LocalDate;
      readonly father: string;
      readonly mother: string;
      readonly child: string;
      readonly sex: 'M' | 'F';
    }
  | { readonly kind: 'marriage'; readonly on: LocalDate; readonly husband: string; readonly wife: string }
  | { readonly kind: 'divorce'; readonly on: LocalDate; readonly husband: string; readonly wife: string }
  | { readonly kind: 'death'; readonly on: LocalDate; readonly person: string }
  /** A parent who was on record before this register was. */
  | {
      readonly kind: 'enrolled-parent';
      readonly on: LocalDate;
      readonly child: string;
      readonly parent: string;
      readonly as: 'father' | 'mother' | 'guardian';
    };

/** An entry of the register about families: an event, or the reversal of one by its key. Never changed, never taken out. */
export interface FamilyEntry {
  readonly key: string;
  readonly caseId: string | null;
  readonly entry:
    FamilyEvent | { readonly kind: 'reversal'; readonly reverses: string; readonly why: 'corrected' | 'revoked' };
}

export interface CivilState {
  readonly bornOn?: LocalDate;
  readonly diedOn?: LocalDate;
  readonly identifiedOn?: LocalDate;
  /** The birth that made this identity was revoked. */
  readonly revoked?: true;
}

/** What the entries come to. */
export interface FamilyRecord {
  readonly people: Readonly<Record<string, CivilState>>;
  readonly links: readonly FamilyLink[];
  /** Keys of the entries that stand. */
  readonly standing: readonly string[];
}

/** Everybody whom an event is about; of a reversal, nobody by itself. */
export function peopleIn(event: FamilyEvent): string[] {
  switch (event.kind) {
    case 'member-identification':
      return [event.member, event.guardian];
    case 'birth':
      return [event.child, event.father, event.mother];
    case 'marriage':
    case 'divorce':
      return [event.husband, event.wife];
    case 'death':
      return [event.person];
    case 'enrolled-parent':
      return [event.child, event.parent];
  }
}

const closed = (links: readonly FamilyLink[], which: (link: FamilyLink) => boolean, on: LocalDate): FamilyLink[] =>
  links.map((link) => (link.to === undefined && which(link) ? { ...link, to: on } : link));

const linked = (links: readonly FamilyLink[], link: FamilyLink): readonly FamilyLink[] =>
  links.some(
    ({ person, relative, kind, to }) =>
      person === link.person && relative === link.relative && kind === link.kind && to === undefined,
  )
    ? links
    : [...links, link];

const being = (record: FamilyRecord, person: string, state: CivilState): FamilyRecord['people'] => ({
  ...record.people,
  [person]: { ...record.people[person], ...state },
});

function afterEvent(record: FamilyRecord, event: FamilyEvent): FamilyRecord {
  const { links } = record;
  switch (event.kind) {
    case 'member-identification':
      return {
        ...record,
        people: being(record, event.member, { identifiedOn: event.on }),
        links: linked(links, { person: event.member, relative: event.guardian, kind: event.relation, from: event.on }),
      };
    case 'birth': {
      // Entered again, the birth of somebody whose first entry was reversed gives them their identity back.
      const { revoked: _no, ...state } = record.people[event.child] ?? {};
      const withFather = linked(links, { person: event.child, relative: event.father, kind: 'father', from: event.on });
      return {
        ...record,
        people: { ...record.people, [event.child]: { ...state, bornOn: event.on } },
        links: linked(withFather, { person: event.child, relative: event.mother, kind: 'mother', from: event.on }),
      };
    }
    case 'marriage':
      return {
        ...record,
        links: linked(links, { person: event.husband, relative: event.wife, kind: 'spouse', from: event.on }),
      };
    case 'divorce':
      return {
        ...record,
        links: closed(
          links,
          ({ kind, person, relative }) => kind === 'spouse' && person === event.husband && relative === event.wife,
          event.on,
        ),
      };
    case 'death':
      return {
        ...record,
        people: being(record, event.person, { diedOn: event.on }),
        links: closed(
          links,
          ({ kind, person, relative }) => kind === 'spouse' && (person === event.person || relative === event.person),
          event.on,
        ),
      };
    case 'enrolled-parent':
      return {
        ...record,
        links: linked(links, { person: event.child, relative: event.parent, kind: event.as, from: event.on }),
      };
  }
}

/**
 * The family record of these entries, in the order in which they were made: what was reversed counts as never said. Births come
 * first: one that a correction entered later still is what the child's ties rest on, and not what was said of them meanwhile.
 */
export function foldRecord(entries: readonly FamilyEntry[]): FamilyRecord {
  const reversed = new Set(entries.flatMap(({ entry }) => (entry.kind === 'reversal' ? [entry.reverses] : [])));
  let record: FamilyRecord = { people: {}, links: [], standing: [] };
  const isBirth = ({ entry }: FamilyEntry): boolean => entry.kind === 'birth';
  for (const { key, entry } of [...entries.filter(isBirth), ...entries.filter((each) => !isBirth(each))]) {
    if (entry.kind === 'reversal') continue;
    if (!reversed.has(key)) {
      record = { ...afterEvent(record, entry), standing: [...record.standing, key] };
    } else if (entry.kind === 'birth') record = { ...record, people: being(record, entry.child, { revoked: true }) };
  }
  return record;
}
