import type { Bilingual, Refusal } from '../refusal';
import type { Instant } from '../time';
import type { EffectKind } from './effects';
import { oneOf } from './event-types';
import type { CaseFile, Next, Recorded } from './model';

/** What operators do to a case whose facts or effects are wrong. They repair; they never decide. */
export type OperatorEvent =
  | {
      readonly type: 'FactRepairProposed';
      readonly field: string;
      readonly value: unknown;
      readonly reasonRef?: string;
    }
  | { readonly type: 'FactRepairDeclined'; readonly field: string; readonly reasonRef?: string }
  | {
      readonly type: 'FactRepaired';
      readonly field: string;
      readonly value: unknown;
      readonly proposedBy: string;
      /** What was decided by it is decided anew. Absent: as it was before repairs did this. */
      readonly anew?: true;
      readonly reasonRef?: string;
    }
  | {
      readonly type: 'ResetOrdered';
      readonly to: string;
      readonly pinned: readonly string[];
      readonly compensate: readonly string[];
      readonly reasonRef?: string;
    }
  | { readonly type: 'CaseReset' };

export const isOperatorEvent = oneOf<OperatorEvent>({
  FactRepairProposed: true,
  FactRepairDeclined: true,
  FactRepaired: true,
  ResetOrdered: true,
  CaseReset: true,
});

/** A change of a fact that waits for a second person. */
export interface ProposedRepair {
  readonly field: string;
  readonly value: unknown;
  readonly by: string;
  readonly at: Instant;
}

/** A reset on its way: first the effects that are taken back, then the step. */
export interface Resetting {
  readonly to: string;
  /** Effects that are kept and not made again. */
  readonly pinned: readonly string[];
  readonly compensate: readonly string[];
  readonly by: string;
}

/** A fact that an operator may correct. References and choices only: no personal data passes through here. */
export interface Repairable<F extends CaseFile> {
  readonly title: Bilingual;
  readonly read: (file: F) => string | null;
  /** Why it cannot be this value; the value comes from outside and may be anything. */
  readonly refuse: (file: F, value: unknown) => Refusal | undefined;
  /** A decision rested on it, so that a second person has to agree. */
  readonly restsDecision: (file: F) => boolean;
  readonly write: (file: F, value: unknown) => F;
  /** The file as it stands before what was decided by this fact, for a fact that is judged by rule. */
  readonly undecided?: (file: F) => F;
}

/** An effect that stands. */
export interface StandingEffect {
  readonly key: string;
  readonly kind: EffectKind;
  /** Its place on the way of a case: a reset is about the effects from its own place on. */
  readonly order: number;
  /** Why it cannot be taken back, given what else is. */
  readonly refuse?: (compensate: readonly string[]) => Refusal | undefined;
}

export interface ResetPoint<F extends CaseFile> {
  readonly title: Bilingual;
  readonly order: number;
  readonly stages: readonly string[];
  /** Why there is no way back for this very case, whatever is done about its effects. */
  readonly refuse?: (file: F) => Refusal | undefined;
  /** The file as it stands before this step, with every effect that is left. */
  readonly rewind: (file: F) => F;
}

export interface Resets<F extends CaseFile> {
  readonly effects: (file: F) => readonly StandingEffect[];
  readonly points: Readonly<Record<string, ResetPoint<F>>>;
  /** The next step that takes back what the reset names; undefined when all of it is. */
  readonly compensation: (file: F, resetting: Resetting) => Next | undefined;
}

/** What of a case type operators' actions look at. */
export interface OperatorTables<F extends CaseFile> {
  readonly repairable?: Readonly<Record<string, Repairable<F>>>;
  readonly resets?: Resets<F>;
}

export function evolveOperator<F extends CaseFile>(
  type: OperatorTables<F>,
  file: F,
  { event, at, actor }: Recorded<OperatorEvent>,
): F {
  switch (event.type) {
    case 'FactRepairProposed':
      return { ...file, repair: { field: event.field, value: event.value, by: actor.id, at } };
    case 'FactRepairDeclined':
      return without(file, 'repair');
    case 'FactRepaired': {
      const fact = type.repairable?.[event.field];
      const written = fact?.write(without(file, 'repair'), event.value) ?? file;
      return event.anew ? (fact?.undecided?.(written) ?? written) : written;
    }
    case 'ResetOrdered': {
      const { to, pinned, compensate } = event;
      return { ...without(file, 'incident'), resetting: { to, pinned, compensate, by: actor.id } };
    }
    case 'CaseReset': {
      const point = type.resets?.points[file.resetting?.to ?? ''];
      return point ? { ...without(point.rewind(file), 'resetting'), stageSince: at, pausedMs: 0 } : file;
    }
  }
}

const without = <F extends CaseFile>(file: F, key: 'repair' | 'incident' | 'resetting'): F => {
  const { [key]: _gone, ...rest } = file;
  return rest as F;
};

/** What a reset that is on its way does next; undefined when none is. */
export function nextOfReset<F extends CaseFile>(type: OperatorTables<F>, file: F): Next | undefined {
  const { resetting } = file;
  return resetting && (type.resets?.compensation(file, resetting) ?? { do: 'reset' });
}

/** The steps that a case can be taken back to from where it stands. */
export const resetPoints = <F extends CaseFile>(
  type: OperatorTables<F>,
  file: F,
): readonly (readonly [string, ResetPoint<F>])[] =>
  Object.entries(type.resets?.points ?? {}).filter(
    ([, { stages, refuse }]) => stages.includes(file.stage) && !refuse?.(file),
  );

/** The effects that a reset to this point would be about. */
export function effectsAfter<F extends CaseFile>(
  type: OperatorTables<F>,
  file: F,
  to: string,
): readonly StandingEffect[] {
  const point = type.resets?.points[to];
  return point ? (type.resets?.effects(file) ?? []).filter(({ order }) => order >= point.order) : [];
}
