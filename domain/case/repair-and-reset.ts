import { refusal, type Bilingual, type Refusal } from '../refusal';
import type { Instant } from '../time';
import type { ActionRequest, ActionRule, CaseFile, Next, Recorded } from './model';

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

export const operatorEventTypes: readonly OperatorEvent['type'][] = [
  'FactRepairProposed',
  'FactRepairDeclined',
  'FactRepaired',
  'ResetOrdered',
  'CaseReset',
];

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
}

/** An effect that stands. */
export interface StandingEffect {
  readonly key: string;
  readonly kind: 'payment' | 'card' | 'parcel' | 'message';
  /** Its place on the way of a case: a reset is about the effects from its own place on. */
  readonly order: number;
  /** Why it cannot be taken back, given what else is. */
  readonly refuse?: (compensate: readonly string[]) => Refusal | undefined;
}

export interface ResetPoint<F extends CaseFile> {
  readonly title: Bilingual;
  readonly order: number;
  readonly stages: readonly string[];
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

const reasonRefOf = ({ input }: ActionRequest): { reasonRef?: string } =>
  typeof input['reasonRef'] === 'string' ? { reasonRef: input['reasonRef'] } : {};

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
    case 'FactRepaired':
      return type.repairable?.[event.field]?.write(without(file, 'repair'), event.value) ?? file;
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

/** The effects that a reset to this point would be about. */
export function effectsAfter<F extends CaseFile>(
  type: OperatorTables<F>,
  file: F,
  to: string,
): readonly StandingEffect[] {
  const point = type.resets?.points[to];
  return point ? (type.resets?.effects(file) ?? []).filter(({ order }) => order >= point.order) : [];
}

const invalid = (code: string, en: string, ar: string): Refusal => refusal('invalid', code, en, ar);
const listOf = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];

/** The operator's actions of one case type. They look at the type's tables, so they are made for it. */
export function operatorActions<F extends CaseFile>(
  type: OperatorTables<F>,
): Readonly<Record<string, ActionRule<F, OperatorEvent>>> {
  const anything = { stages: [], reason: true, evenWhenStopped: true } as const;
  const proposed: ActionRule<F, OperatorEvent>['refuse'] = (file, actor) => {
    if (!file.repair)
      return refusal(
        'not-now',
        'no-repair-proposed',
        'No repair waits for a second person.',
        'لا يوجد إصلاح بانتظار شخص ثانٍ.',
      );
    return file.repair.by === actor.id
      ? refusal(
          'forbidden',
          'four-eyes',
          'You proposed this: somebody else has to agree.',
          'أنت من اقترح هذا الإصلاح، ويجب أن يوافق عليه شخص آخر.',
        )
      : undefined;
  };
  return {
    repair: {
      ...anything,
      by: ['operator'],
      title: { ar: 'إصلاح بيان', en: 'Repair a fact' },
      refuse(file, _actor, _at, input) {
        if (!type.repairable)
          return refusal(
            'not-now',
            'nothing-repairable',
            'Nothing of this case type can be repaired this way.',
            'لا يمكن إصلاح شيء في هذا النوع بهذه الطريقة.',
          );
        if (file.repair)
          return refusal(
            'not-now',
            'repair-waits',
            'A repair waits for a second person already.',
            'يوجد إصلاح بانتظار شخص ثانٍ.',
          );
        if (!input) return undefined;
        const fields = type.repairable;
        const field = Object.hasOwn(fields, String(input['field'])) ? fields[String(input['field'])] : undefined;
        return field
          ? field.refuse(file, input['value'])
          : invalid(
              'not-repairable',
              `Repairable here: ${Object.keys(fields).join(', ')}.`,
              'هذا البيان لا يُصلح بهذه الطريقة.',
            );
      },
      decide(file, request) {
        const [field, value] = [String(request.input['field']), request.input['value']];
        const alone = type.repairable?.[field]?.restsDecision(file) === false;
        return [
          alone
            ? { type: 'FactRepaired', field, value, proposedBy: request.actor.id, ...reasonRefOf(request) }
            : { type: 'FactRepairProposed', field, value, ...reasonRefOf(request) },
        ];
      },
    },
    'confirm-repair': {
      ...anything,
      by: ['operator', 'supervisor'],
      title: { ar: 'الموافقة على الإصلاح', en: 'Agree to the repair' },
      refuse: proposed,
      decide: ({ repair }, request) =>
        repair
          ? [
              {
                type: 'FactRepaired',
                field: repair.field,
                value: repair.value,
                proposedBy: repair.by,
                ...reasonRefOf(request),
              },
            ]
          : [],
    },
    'decline-repair': {
      ...anything,
      by: ['operator', 'supervisor'],
      title: { ar: 'رفض الإصلاح', en: 'Decline the repair' },
      refuse: (file) =>
        file.repair
          ? undefined
          : refusal(
              'not-now',
              'no-repair-proposed',
              'No repair waits for a second person.',
              'لا يوجد إصلاح بانتظار شخص ثانٍ.',
            ),
      decide: ({ repair }, request) =>
        repair ? [{ type: 'FactRepairDeclined', field: repair.field, ...reasonRefOf(request) }] : [],
    },
    reset: {
      ...anything,
      by: ['operator'],
      title: { ar: 'إعادة الحالة إلى خطوة', en: 'Reset to a step' },
      refuse: (file, _actor, _at, input) => refuseReset(type, file, input),
      decide: (_file, request) => [
        {
          type: 'ResetOrdered',
          to: String(request.input['to']),
          pinned: listOf(request.input['pin']),
          compensate: listOf(request.input['compensate']),
          ...reasonRefOf(request),
        },
      ],
    },
  };
}

/** No reset before each effect after the step is either kept or taken back. */
function refuseReset<F extends CaseFile>(
  type: OperatorTables<F>,
  file: F,
  input?: Readonly<Record<string, unknown>>,
): Refusal | undefined {
  if (!type.resets)
    return refusal(
      'not-now',
      'no-reset',
      'Cases of this type have no steps to reset to.',
      'لا توجد خطوات يمكن الرجوع إليها في هذا النوع.',
    );
  // One whose compensation has failed may be ordered again, another way.
  if (file.resetting && !file.incident)
    return refusal('not-now', 'reset-under-way', 'A reset is under way.', 'إعادة الحالة جارية.');
  if (file.hold)
    return refusal('not-now', 'on-hold', 'The case is on hold: resume it first.', 'الحالة معلّقة: استأنفها أولًا.');
  const possible = Object.entries(type.resets.points).filter(([, { stages }]) => stages.includes(file.stage));
  if (possible.length === 0)
    return refusal(
      'not-now',
      'no-reset-here',
      `There is no way back from ${file.stage}.`,
      'لا رجوع من حالة الطلب الحالية.',
    );
  if (!input) return undefined;
  const to = String(input['to']);
  if (!possible.some(([name]) => name === to))
    return invalid(
      'no-such-step',
      `From ${file.stage} there is a way back to: ${possible.map(([name]) => name).join(', ')}.`,
      'لا يمكن الرجوع إلى هذه الخطوة من الحالة الحالية.',
    );
  const [pinned, compensate] = [listOf(input['pin']), listOf(input['compensate'])];
  const effects = effectsAfter(type, file, to);
  const open = effects.filter(({ key }) => !pinned.includes(key) && !compensate.includes(key));
  if (open.length > 0)
    return invalid(
      'effects-open',
      `Pin or compensate each effect after this step first: ${open.map(({ key }) => key).join(', ')}.`,
      'ثبّت كل أثر بعد هذه الخطوة أو عوّضه أولًا.',
    );
  const unknown = [...pinned, ...compensate].filter((key) => !effects.some((effect) => effect.key === key));
  if (unknown.length > 0)
    return invalid(
      'no-such-effect',
      `No effect after this step: ${unknown.join(', ')}.`,
      'لا يوجد أثر كهذا بعد هذه الخطوة.',
    );
  const twice = compensate.filter((key) => pinned.includes(key));
  if (twice.length > 0)
    return invalid(
      'pinned-and-compensated',
      `Either kept or taken back, not both: ${twice.join(', ')}.`,
      'إما التثبيت أو التعويض، لا كلاهما.',
    );
  return effects.flatMap(({ key, refuse }) => (compensate.includes(key) ? (refuse?.(compensate) ?? []) : []))[0];
}
