import { z } from 'zod';

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

const Outcome = z.looseObject({
  events: z.array(
    z.looseObject({ version: z.number(), cause: z.string(), event: z.looseObject({ type: z.string() }) }),
  ),
});

/** What a transition left in the history: the case's version after it, and what it was about. */
export interface Landmark {
  readonly eventId: number;
  readonly version: number;
  readonly cause: string;
  readonly events: readonly string[];
}

function outcomeIn(payloads: z.infer<typeof Payloads> | undefined): z.infer<typeof Outcome> | undefined {
  const data = payloads?.payloads?.[0]?.data;
  if (data === undefined) return undefined;
  try {
    return Outcome.safeParse(JSON.parse(Buffer.from(data, 'base64').toString())).data;
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
    const last = outcome?.events.at(-1);
    return last
      ? [
          {
            eventId: Number(event.eventId),
            version: last.version,
            cause: last.cause,
            events: outcome?.events.map((each) => each.event.type) ?? [],
          },
        ]
      : [];
  });
}

export const workflowTypeOf = (history: History): string =>
  history.events[0]?.workflowExecutionStartedEventAttributes?.workflowType?.name ?? 'unknown';

export interface Place {
  /** The case's last version before the mismatch; 0 before its filing. */
  readonly version: number;
  /** What brought that version about. */
  readonly after: string;
  /** What the kept history did next, where it did anything. */
  readonly next?: string;
}

/** Where in the case's life an event of the history lies. */
export function placeOf(history: History, eventId: number | undefined): Place {
  const landmarks = landmarksOf(history);
  const before = eventId === undefined ? landmarks : landmarks.filter((each) => each.eventId < eventId);
  const last = before.at(-1);
  const following = landmarks[before.length];
  return {
    version: last?.version ?? 0,
    after: last ? `${last.cause} (${last.events.join(', ')})` : 'the start of the workflow',
    ...(following ? { next: `${following.cause} (${following.events.join(', ')})` } : {}),
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
