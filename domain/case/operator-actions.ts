import { refusal, type Refusal } from '../refusal';
import type { ActionRule, CaseFile } from './model';
import { reasonRef } from './reason';
import { effectsAfter, resetPoints, type OperatorEvent, type OperatorTables } from './repair-and-reset';

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
    if (file.repair.by === actor.id)
      return refusal(
        'forbidden',
        'four-eyes',
        'You proposed this: somebody else has to agree.',
        'أنت من اقترح هذا الإصلاح، ويجب أن يوافق عليه شخص آخر.',
      );
    // The case may have gone on since it was proposed.
    return type.repairable?.[file.repair.field]?.refuse(file, file.repair.value);
  };
  const anew = (field: string): { anew?: true } => (type.repairable?.[field]?.undecided ? { anew: true } : {});
  return {
    repair: {
      ...anything,
      evenWhenClosed: true,
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
            ? {
                type: 'FactRepaired',
                field,
                value,
                proposedBy: request.actor.id,
                ...anew(field),
                ...reasonRef(request),
              }
            : { type: 'FactRepairProposed', field, value, ...reasonRef(request) },
        ];
      },
    },
    'confirm-repair': {
      ...anything,
      evenWhenClosed: true,
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
                ...anew(repair.field),
                ...reasonRef(request),
              },
            ]
          : [],
    },
    'decline-repair': {
      ...anything,
      evenWhenClosed: true,
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
        repair ? [{ type: 'FactRepairDeclined', field: repair.field, ...reasonRef(request) }] : [],
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
          ...reasonRef(request),
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
  const possible = resetPoints(type, file);
  const point = Object.entries(type.resets.points).find(([name]) => name === input?.['to'])?.[1];
  const never = point?.stages.includes(file.stage) ? point.refuse?.(file) : undefined;
  if (never) return never;
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
