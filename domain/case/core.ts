import type { FailureKind, Outside } from '../failures';
import { refusal, type Refusal } from '../refusal';
import { reasonRef } from './reason';
import { oneOf } from './event-types';
import { operatorActions } from './operator-actions';
import { evolveOperator, nextOfReset, isOperatorEvent, type OperatorEvent } from './repair-and-reset';
import { after, DAY, MINUTE, millis, type Instant } from '../time';
import {
  stepOf,
  type ActionRule,
  type Actor,
  type AnyEvent,
  type CaseFile,
  type CaseType,
  type Choice,
  type Incident,
  type Next,
  type Recorded,
  type Role,
  type Wait,
} from './model';

/** The events that any case can have, whatever its type. */
export type CoreEvent =
  | {
      readonly type: 'IncidentRaised';
      readonly step: string;
      readonly kind: FailureKind;
      readonly source: Outside;
      readonly code: string;
      readonly message: string;
    }
  | { readonly type: 'RetryRequested'; readonly reasonRef?: string }
  | { readonly type: 'IncidentCleared'; readonly step: string }
  | { readonly type: 'CaseHeld'; readonly reasonRef?: string }
  | { readonly type: 'HoldReminded' }
  | { readonly type: 'CaseResumed'; readonly reasonRef?: string }
  | { readonly type: 'NoteAdded'; readonly reasonRef?: string }
  | OperatorEvent;

/** An incident that nobody retries is retried by the case itself, so that none can be forgotten. */
const INCIDENT_RETRIES_AFTER = DAY;
const HOLD_REMINDER_AFTER = 30 * DAY;
/** A step that the case is taking has this long until it becomes an incident. */
const STEP_PATIENCE = 5 * MINUTE;

const isOwnEvent = oneOf<Exclude<CoreEvent, OperatorEvent>>({
  IncidentRaised: true,
  RetryRequested: true,
  IncidentCleared: true,
  CaseHeld: true,
  HoldReminded: true,
  CaseResumed: true,
  NoteAdded: true,
});

export const isCoreEvent = (event: AnyEvent): event is CoreEvent => isOwnEvent(event) || isOperatorEvent(event);

function evolveCore<F extends CaseFile>(file: F, { event, at, actor }: Recorded<Exclude<CoreEvent, OperatorEvent>>): F {
  switch (event.type) {
    case 'IncidentRaised': {
      const before = file.incident;
      const unsure = event.kind === 'outcome-unknown' || (before?.step === event.step && before.unsure === true);
      return {
        ...file,
        incident: {
          step: event.step,
          kind: event.kind,
          source: event.source,
          code: event.code,
          message: event.message,
          since: before?.since ?? at,
          last: at,
          attempts: (before?.attempts ?? 0) + 1,
          retrying: false,
          ...(unsure ? { unsure } : {}),
        },
      };
    }
    case 'RetryRequested':
      return file.incident ? { ...file, incident: { ...file.incident, retrying: true } } : file;
    case 'IncidentCleared': {
      const { incident: _cleared, ...rest } = file;
      return rest as F;
    }
    case 'CaseHeld':
      return {
        ...file,
        hold: { since: at, remindedAt: at, by: actor.id, ...(event.reasonRef ? { reasonRef: event.reasonRef } : {}) },
      };
    case 'HoldReminded':
      return file.hold ? { ...file, hold: { ...file.hold, remindedAt: at } } : file;
    case 'CaseResumed': {
      const { hold, ...rest } = file;
      return { ...rest, pausedMs: file.pausedMs + (hold ? millis(at) - millis(hold.since) : 0) } as F;
    }
    case 'NoteAdded':
      return file;
  }
}

function clocksAround<F extends CaseFile, E extends AnyEvent>(
  type: CaseType<F, E>,
  file: F,
  event: CoreEvent,
  at: Instant,
): F {
  if (event.type === 'CaseHeld') return type.heldOrResumed?.(file, 'held', at) ?? file;
  if (event.type === 'CaseResumed') return type.heldOrResumed?.(file, 'resumed', at) ?? file;
  return file;
}

function evolveAny<F extends CaseFile, E extends AnyEvent>(
  type: CaseType<F, E>,
  file: F,
  recorded: Recorded<E | CoreEvent>,
): F {
  const { event } = recorded;
  if (!isCoreEvent(event)) return type.evolve(file, recorded as Recorded<E>);
  if (isOperatorEvent(event)) return evolveOperator(type, file, { ...recorded, event });
  return clocksAround(type, evolveCore(file, { ...recorded, event }), event, recorded.at);
}

/** The file after one more event. A new stage starts its own clock. */
export function evolve<F extends CaseFile, E extends AnyEvent>(
  type: CaseType<F, E>,
  file: F,
  recorded: Recorded<E | CoreEvent>,
): F {
  const changed = evolveAny(type, file, recorded);
  const entered = changed.stage === file.stage ? {} : { stageSince: recorded.at, pausedMs: 0 };
  return { ...changed, ...entered, version: recorded.version };
}

/** Folds events onto a file; the first event of a case opens it. */
export function fold<F extends CaseFile, E extends AnyEvent>(
  type: CaseType<F, E>,
  file: F,
  events: readonly Recorded<E | CoreEvent>[],
): F {
  return events.reduce((folded, recorded) => evolve(type, folded, recorded), file);
}

/** The status to show: a hold and an incident cover the stage under them. */
export function statusOf(file: CaseFile): string {
  if (file.hold) return 'ON_HOLD';
  if (file.incident) return 'INCIDENT';
  return file.stage;
}

/** Held or with an open incident: what arrives waits, and nothing is done. */
export const isStopped = (file: CaseFile): boolean =>
  file.hold !== undefined || (file.incident !== undefined && !file.incident.retrying);

export function nextOf<F extends CaseFile, E extends AnyEvent>(type: CaseType<F, E>, file: F): Next {
  if (file.hold) {
    const until = after(file.hold.remindedAt, HOLD_REMINDER_AFTER);
    return {
      wait: {
        what: 'hold',
        who: 'supervisor',
        since: file.hold.since,
        until,
        otherwise: 'hold-reminder',
        alarms: [{ at: until, step: 'remind-hold' }],
      },
    };
  }
  if (file.incident && !file.incident.retrying) {
    const until = after(file.incident.last, INCIDENT_RETRIES_AFTER);
    return {
      wait: {
        what: 'incident',
        who: 'operator',
        since: file.incident.since,
        until,
        otherwise: 'retry-by-itself',
        alarms: [{ at: until, step: 'retry-by-itself' }],
      },
    };
  }
  const next = nextOfReset(type, file) ?? type.next(file);
  if (!file.incident || stepOf(next)) return next;
  // What failed was no step of the case's way. Where it is not due any more, it comes by itself when it is.
  return { do: 'wait' in next && isDueIn(next.wait, file.incident) ? file.incident.step : 'clear-incident' };
}

/** A question is asked again, and a deadline that had passed when its step failed has still passed, unless a hold has moved it. */
const isDueIn = ({ ask, alarms }: Wait, { step, last }: Incident): boolean =>
  ask === step || alarms.some((alarm) => alarm.step === step && millis(alarm.at) <= millis(last));

/** What a person is told the case waits for; while the case itself is taking a step, that is the step. */
export function waitingFor<F extends CaseFile, E extends AnyEvent>(
  type: CaseType<F, E>,
  file: F,
): (Omit<Wait, 'who' | 'alarms' | 'ask'> & { who: Wait['who'] | 'tajdid' }) | undefined {
  const next = nextOf(type, file);
  if ('wait' in next) {
    const { what, who, since, until, due, otherwise } = next.wait;
    return { what, who, since, until, ...(due ? { due } : {}), otherwise };
  }
  const step = stepOf(next);
  if (step) {
    const since = file.incident?.last ?? file.stageSince;
    return { what: step, who: 'tajdid', since, until: after(since, STEP_PATIENCE), otherwise: 'incident' };
  }
  return undefined;
}

/** The core's own steps: they only say something. */
export const coreSteps: Readonly<Record<string, (file: CaseFile) => CoreEvent>> = {
  'remind-hold': () => ({ type: 'HoldReminded' }),
  reset: () => ({ type: 'CaseReset' }),
  'retry-by-itself': () => ({ type: 'RetryRequested' }),
  'clear-incident': ({ incident }) => ({ type: 'IncidentCleared', step: incident?.step ?? 'clear-incident' }),
};

/** The actions that any open case has. */
export const coreActions: Readonly<Record<string, ActionRule<CaseFile, CoreEvent>>> = {
  hold: {
    by: ['supervisor'],
    stages: [],
    title: { ar: 'تعليق الحالة', en: 'Put on hold' },
    reason: true,
    evenWhenStopped: true,
    refuse: (file) =>
      file.hold
        ? refusal('not-now', 'already-on-hold', 'The case is on hold already.', 'الحالة معلّقة مسبقًا.')
        : undefined,
    decide: (_file, request) => [{ type: 'CaseHeld', ...reasonRef(request) }],
  },
  resume: {
    by: ['supervisor'],
    stages: [],
    title: { ar: 'استئناف الحالة', en: 'Resume' },
    weight: 'main',
    reason: true,
    evenWhenStopped: true,
    refuse: (file) =>
      file.hold ? undefined : refusal('not-now', 'not-on-hold', 'The case is not on hold.', 'الحالة غير معلّقة.'),
    decide: (_file, request) => [{ type: 'CaseResumed', ...reasonRef(request) }],
  },
  retry: {
    by: ['operator'],
    stages: [],
    title: { ar: 'إعادة المحاولة', en: 'Retry' },
    reason: true,
    evenWhenStopped: true,
    evenWhenClosed: true,
    refuse: (file) => {
      if (!file.incident)
        return refusal(
          'not-now',
          'no-incident',
          'The case has no incident to retry.',
          'لا يوجد عطل في الحالة لإعادة محاولته.',
        );
      if (file.incident.retrying)
        return refusal('not-now', 'retry-under-way', 'A retry is under way.', 'إعادة المحاولة جارية.');
      return file.hold
        ? refusal('not-now', 'on-hold', 'The case is on hold: resume it first.', 'الحالة معلّقة: استأنفها أولًا.')
        : undefined;
    },
    decide: (_file, request) => [{ type: 'RetryRequested', ...reasonRef(request) }],
  },
  note: {
    by: ['caseworker', 'supervisor', 'committee', 'operator'],
    stages: [],
    title: { ar: 'إضافة ملاحظة', en: 'Add a note' },
    reason: true,
    evenWhenStopped: true,
    decide: (_file, request) => [{ type: 'NoteAdded', ...reasonRef(request) }],
  },
};

export function actionRule<F extends CaseFile, E extends AnyEvent>(
  type: CaseType<F, E>,
  action: string,
): ActionRule<F, E | CoreEvent> | undefined {
  if (Object.hasOwn(type.actions, action)) return type.actions[action];
  if (Object.hasOwn(coreActions, action)) return coreActions[action];
  const operators = operatorActions(type);
  return Object.hasOwn(operators, action) ? operators[action] : undefined;
}

export const actionNames = (type: CaseType): string[] => [
  ...Object.keys(type.actions),
  ...Object.keys(coreActions),
  ...Object.keys(operatorActions(type)),
];

/** Why this actor may not do this now, or undefined. The one place where that is decided. */
export function refuseAction<F extends CaseFile, E extends AnyEvent>(
  type: CaseType<F, E>,
  file: F,
  request: { action: string; actor: Actor; expectedVersion?: number; input?: Readonly<Record<string, unknown>> },
  at: Instant,
  known?: unknown,
): Refusal | undefined {
  const rule = actionRule(type, request.action);
  if (!rule)
    return refusal('invalid', 'unknown-action', `There is no action "${request.action}".`, 'لا يوجد إجراء بهذا الاسم.');
  if (!rule.by.includes(request.actor.role as Role)) {
    return refusal(
      'forbidden',
      'not-your-role',
      `This is done by: ${rule.by.join(', ')}.`,
      'هذا الإجراء ليس من صلاحياتك.',
    );
  }
  if (request.expectedVersion !== undefined && request.expectedVersion !== file.version) {
    return refusal(
      'stale',
      'stale-version',
      `The case is at version ${file.version}; you looked at version ${request.expectedVersion}. Read it again.`,
      'تغيّرت الحالة منذ قراءتك لها. اقرأها مجددًا.',
    );
  }
  if (file.closedAt && !(file.incident && rule.evenWhenClosed))
    return refusal('not-now', 'case-closed', 'The case is closed.', 'الحالة مغلقة.');
  if (isStopped(file) && !rule.evenWhenStopped && !(rule.evenInIncident && !file.hold)) {
    return file.hold
      ? refusal(
          'not-now',
          'on-hold',
          'The case is on hold until a supervisor resumes it.',
          'الحالة معلّقة إلى أن يستأنفها المشرف.',
        )
      : refusal(
          'not-now',
          'incident',
          'The case waits for an operator to clear an incident.',
          'الحالة بانتظار معالجة عطل تقني.',
        );
  }
  if (rule.stages.length > 0 && !rule.stages.includes(file.stage)) {
    return refusal(
      'not-now',
      'not-in-this-status',
      `"${request.action}" is possible in ${rule.stages.join(', ')}; the case is in ${file.stage}.`,
      'هذا الإجراء غير متاح في حالة الطلب الحالية.',
    );
  }
  return rule.refuse?.(file, request.actor, at, request.input, known);
}

export interface AllowedAction {
  readonly action: string;
  readonly title: { ar: string; en: string };
  readonly reason: boolean;
  readonly weight?: 'main' | 'grave';
  readonly choices?: Readonly<Record<string, readonly Choice[]>>;
  readonly allowed: boolean;
  readonly whyNot?: Refusal;
}

/**
 * Every action of this actor's role, with the reason where it is not allowed now.
 * @param known what a look-up gave about the actor; without it, what only a look-up can tell is not told
 */
export function actionsFor(
  type: CaseType,
  file: CaseFile,
  actor: Actor,
  at: Instant,
  known?: unknown,
): AllowedAction[] {
  return actionNames(type).flatMap((action) => {
    const rule = actionRule(type, action);
    if (!rule?.by.includes(actor.role as Role)) return [];
    const { title, reason = false, weight, choices, needs } = rule;
    const whyNot = refuseAction(type, file, { action, actor }, at, needs === undefined ? undefined : known);
    return [
      {
        action,
        title,
        reason,
        allowed: !whyNot,
        ...(weight ? { weight } : {}),
        ...(choices ? { choices: choices(file) } : {}),
        ...(whyNot ? { whyNot } : {}),
      },
    ];
  });
}
