import type { LocalDate } from '../time';
import { spousesSince, wouldCycle } from './graph';
import type { CivilState, FamilyEvent, FamilyRecord } from './record';

/** What the register itself never lets in, whatever a case decided; told by the same words as the rules of a case. */
export type Objection =
  | 'already-identified'
  | 'alive'
  | 'no-cycle'
  | 'married-already'
  | 'married-to-each-other'
  | 'already-dead'
  | 'before-birth'
  | 'before-later-events'
  | 'parents-older'
  | 'spouse-limit'
  | 'different-people';

/** What is known about the people whom an event is about, and their ancestors. */
export interface Standing {
  readonly links: FamilyRecord['links'];
  readonly people: Readonly<Record<string, CivilState>>;
}

export interface FamilyLimits {
  /** Wives that a husband may have at a time. */
  readonly wives: number;
  readonly husbands: number;
}

const diedBy = (state: CivilState | undefined, on: LocalDate): boolean =>
  state?.diedOn !== undefined && state.diedOn <= on;

/** The first reason why this event cannot stand beside what stands; undefined when it can. */
export function objectionTo(
  event: FamilyEvent,
  { links, people }: Standing,
  limits: FamilyLimits,
): Objection | undefined {
  switch (event.kind) {
    case 'member-identification': {
      if (event.member === event.guardian) return 'different-people';
      const member = people[event.member];
      if (member?.identifiedOn !== undefined) return 'already-identified';
      if (member?.diedOn !== undefined || people[event.guardian]?.diedOn !== undefined) return 'alive';
      return event.relation !== 'guardian' && wouldCycle(links, event.member, event.guardian) ? 'no-cycle' : undefined;
    }
    case 'birth': {
      if (event.father === event.mother || event.child === event.father || event.child === event.mother)
        return 'different-people';
      const older = [event.father, event.mother].every((parent) => (people[parent]?.bornOn ?? '') < event.on);
      if (!older) return 'parents-older';
      if (diedBy(people[event.mother], event.on) && people[event.mother]?.diedOn !== event.on) return 'alive';
      return [event.father, event.mother].some((parent) => wouldCycle(links, event.child, parent))
        ? 'no-cycle'
        : undefined;
    }
    case 'marriage': {
      const { husband, wife, on } = event;
      if (husband === wife) return 'different-people';
      if ([husband, wife].some((spouse) => people[spouse]?.diedOn !== undefined)) return 'alive';
      const open = (person: string) => spousesSince(links, person, on);
      if (open(husband).includes(wife)) return 'married-already';
      return open(wife).length >= limits.husbands || open(husband).length >= limits.wives ? 'spouse-limit' : undefined;
    }
    case 'divorce':
      return links.some(
        (link) =>
          link.kind === 'spouse' &&
          link.person === event.husband &&
          link.relative === event.wife &&
          link.to === undefined &&
          link.from <= event.on,
      )
        ? undefined
        : 'married-to-each-other';
    case 'death':
      if (people[event.person]?.diedOn !== undefined) return 'already-dead';
      if (event.on < (people[event.person]?.bornOn ?? '')) return 'before-birth';
      return links.some(
        (link) =>
          link.kind === 'spouse' &&
          (link.person === event.person || link.relative === event.person) &&
          (link.to ?? link.from) > event.on,
      )
        ? 'before-later-events'
        : undefined;
    case 'enrolled-parent':
      return event.child === event.parent || (event.as !== 'guardian' && wouldCycle(links, event.child, event.parent))
        ? 'no-cycle'
        : undefined;
  }
}
