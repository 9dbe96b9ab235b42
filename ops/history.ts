import { z } from 'zod';
import { nextOf } from '../domain/case/core';
import { fileFrom } from '../domain/case/from-log';
import type { Recorded } from '../domain/case/model';
import { caseTypeNamed } from '../workflows/case-types';

const Payload = z.looseObject({ data: z.string().optional() });
const Payloads = z.looseObject({ payloads: z.array(Payload).optional() });
const HistoryEvent = z.looseObject({
  eventId: z.string(),
  eventType: z.string(),
  markerRecordedEventAttributes: z.looseObject({ details: z.record(z.string(), Payloads).optional() }).optional(),
  activityTaskCompletedEventAttributes: z.looseObject({ result: Payloads.optional() }).optional(),
  workflowExecutionStartedEventAttributes: z
    .looseObject({ workflowType: z.looseObject({ name: z.string().optional() }).optional() })
    .optional(),
});

/** A history in the JSON that the engine's tools write and replay reads. */
export const History = z.looseObject({ events: z.array(HistoryEvent) });
export type History = z.infer<typeof History>;

const RecordedIn = z.looseObject({
  version: z.number(),
  cause: z.string(),
  event: z.looseObject({ type: z.string() }),
});
const Outcome = z.looseObject({ events: z.array(RecordedIn) });

/** What a transition left in the history, or what a run that started in the middle was told of the log. */
export interface Landmark {
  readonly eventId: number;
  /** The case's version after it. */
  readonly version: number;
  /** What brought it about; null for what was read from the log. */
  readonly cause: string | null;
  readonly recorded: readonly Recorded[];
}

type Said = Pick<Landmark, 'recorded'> & { readonly read: boolean };

function outcomeIn(payloads: z.infer<typeof Payloads> | undefined): Said | undefined {
  const data = payloads?.payloads?.[0]?.data;
  if (data === undefined) return undefined;
  try {
    const said: unknown = JSON.parse(Buffer.from(data, 'base64').toString());
    const read = Array.isArray(said);
    const events = read ? z.array(RecordedIn).safeParse(said).data : Outcome.safeParse(said).data?.events;
    // They were written by this very system, as its log has them.
    return events && { recorded: events as unknown as readonly Recorded[], read };
  } catch {
    return undefined;
  }
}

/** The transitions of a case in its workflow's history, in order. */
export function landmarksOf(history: History): readonly Landmark[] {
  return history.events.flatMap((event): Landmark[] => {
    const { details } = event.markerRecordedEventAttributes ?? {};
    const outcome =
      outcomeIn(details?.['result']) ??
      outcomeIn(details?.['data']) ??
      outcomeIn(event.activityTaskCompletedEventAttributes?.result);
    const last = outcome?.recorded.at(-1);
    return outcome && last
      ? [
          {
            eventId: Number(event.eventId),
            version: last.version,
            cause: outcome.read ? null : last.cause,
            recorded: outcome.recorded,
          },
        ]
      : [];
  });
}

export const workflowTypeOf = (history: History): string =>
  history.events[0]?.workflowExecutionStartedEventAttributes?.workflowType?.name ?? 'unknown';

export interface Transition {
  /** What brought it about; null: the run read it from the log. */
  readonly cause: string | null;
  /** The types of its events. */
  readonly events: readonly string[];
}

export interface Place {
  /** The case's last version before the mismatch; 0 before its filing. */
  readonly version: number;
  /** What brought that version about; null at the start of the workflow. */
  readonly after: Transition | null;
  /** What the kept history did next; null where it did nothing. */
  readonly next: Transition | null;
  /** What the case was at then, by the name that its type has for it; null where its events do not tell. */
  readonly at: { readonly kind: 'step' | 'wait' | 'end'; readonly name: string } | null;
}

const transition = (landmark: Landmark | undefined): Transition | null =>
  landmark ? { cause: landmark.cause, events: landmark.recorded.map(({ event }) => event.type) } : null;

/** The step or the wait that a case with these events is at. */
function standingAt(type: string, recorded: readonly Recorded[]): Place['at'] {
  const definition = caseTypeNamed(type);
  const whole = recorded.every(({ version }, n) => version === n + 1);
  try {
    const file = definition && whole ? fileFrom(definition, recorded) : undefined;
    if (!definition || !file) return null;
    const next = nextOf(definition, file);
    if ('do' in next) return { kind: 'step', name: next.do };
    if ('wait' in next) return { kind: 'wait', name: next.wait.what };
    return 'done' in next ? { kind: 'end', name: next.done } : { kind: 'step', name: next.noted };
  } catch {
    // Events of another time, which this code cannot fold: then the place is told without it.
    return null;
  }
}

/** Where in the case's life an event of the history lies. */
export function placeOf(history: History, eventId: number | undefined): Place {
  const landmarks = landmarksOf(history);
  const before = eventId === undefined ? landmarks : landmarks.filter((each) => each.eventId < eventId);
  const last = before.at(-1);
  return {
    version: last?.version ?? 0,
    after: transition(last),
    next: transition(landmarks[before.length]),
    at: standingAt(
      workflowTypeOf(history),
      before.flatMap(({ recorded }) => recorded),
    ),
  };
}

/** The event that a mismatch is about, from the engine's message; its form is not promised, so there may be none. */
export function eventIdIn(history: History, message: string): number | undefined {
  const event = /HistoryEvent\(id: (\d+)/.exec(message) ?? /event(?:_id| id)?[:= ]+(\d+)/i.exec(message);
  if (event) return Number(event[1]);
  const local = /LocalActivity\((\d+)\)/.exec(message);
  // Local activities are counted from 1 and leave a marker each.
  const marker =
    local && history.events.filter(({ eventType }) => eventType === 'EVENT_TYPE_MARKER_RECORDED')[Number(local[1]) - 1];
  return marker ? Number(marker.eventId) : undefined;
}
