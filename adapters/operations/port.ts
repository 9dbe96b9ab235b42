import type { Actor, Incident } from '../../domain/case/model';
import type { Bilingual } from '../../domain/refusal';
import type { Instant } from '../../domain/time';

/** A case that waits for an operator. */
export interface OpenIncident {
  readonly caseId: string;
  readonly type: string;
  readonly stage: string;
  readonly office: string;
  readonly version: number;
  readonly incident: Incident;
}

/** Incidents with one cause. */
export interface IncidentGroup {
  readonly source: Incident['source'];
  readonly code: string;
  readonly kind: Incident['kind'];
  readonly cases: number;
  /** Of these, a retry is under way for so many. */
  readonly retrying: number;
  readonly since: Instant;
  readonly last: Instant;
  readonly types: readonly string[];
  readonly steps: readonly string[];
  /** One of them in full, for what the other side said. */
  readonly example: string;
  readonly message: string;
}

export interface IncidentFilter {
  readonly source?: string | undefined;
  readonly code?: string | undefined;
  readonly type?: string | undefined;
  readonly step?: string | undefined;
  readonly office?: string | undefined;
  readonly cases?: readonly string[] | undefined;
  /** Only those for which no retry is under way. */
  readonly idle?: true | undefined;
}

/**
 * - `waiting`: not asked yet · `asked`: the retry is in the log, its end is not
 * - `moved`: the case is past the step · `failed-again`: the same retry came back as an incident
 * - `not-needed`: the incident had gone before · `refused`: the case said no · `unsettled`: neither end came in time
 * - `cancelled`: never asked, because the operation was cancelled before
 */
export const itemStates = [
  'waiting',
  'asked',
  'moved',
  'failed-again',
  'not-needed',
  'refused',
  'unsettled',
  'cancelled',
] as const;
export type ItemState = (typeof itemStates)[number];

export interface OperationItem {
  readonly caseId: string;
  /** Of the case when the list was made. */
  readonly version: number;
  readonly step: string;
  readonly source: string;
  readonly code: string;
  readonly state: ItemState;
  readonly detail: Bilingual | null;
  readonly askedAt: Instant | null;
  readonly endedAt: Instant | null;
}

export interface NewOperation {
  readonly id: string;
  readonly actor: Actor;
  readonly reasonRef?: string;
  readonly scope: IncidentFilter;
  /** Cases at most, a second. */
  readonly perSecond: number;
}

export interface Operation {
  readonly id: string;
  readonly kind: 'verified-retry';
  readonly actor: Actor;
  readonly reasonRef: string | null;
  readonly scope: IncidentFilter;
  readonly perSecond: number;
  readonly createdAt: Instant;
  readonly startedAt: Instant | null;
  readonly endedAt: Instant | null;
  readonly counts: Readonly<Record<ItemState, number>>;
  /** Who started, stopped, resumed and cancelled it. */
  readonly acts: readonly OperationAct[];
}

export interface OperationAct {
  readonly what: 'started' | 'stopped' | 'resumed' | 'cancelled' | 'ended';
  readonly actor: Actor;
  readonly at: Instant;
  readonly reasonRef?: string | null;
}

export interface ItemResult {
  readonly caseId: string;
  readonly state: ItemState;
  readonly detail?: Bilingual;
}

export interface UnendedOperation {
  readonly id: string;
  readonly perSecond: number;
  readonly stopped: boolean;
  readonly cancelled: boolean;
}

/** What operators look at and work through. A list is frozen when it is made, so that the preview is what is done. */
export interface Operations {
  incidentGroups(filter: IncidentFilter): Promise<readonly IncidentGroup[]>;
  /** By case id, from after `after` on. */
  incidents(filter: IncidentFilter, page: { after?: string; limit: number }): Promise<readonly OpenIncident[]>;
  /** Freezes the list; made again under the same id it answers the first one. Answers how many cases are on it; for none, nothing is kept. */
  plan(operation: NewOperation): Promise<{ cases: number }>;
  find(id: string): Promise<Operation | null>;
  recent(limit: number): Promise<readonly Operation[]>;
  /** Planned before, and not at its end; how it was steered last. The longest planned first. */
  unended(before: Instant, limit: number): Promise<readonly UnendedOperation[]>;
  items(id: string, page: { state?: ItemState; after?: string; limit: number }): Promise<readonly OperationItem[]>;
  /** In the order of the list. */
  itemsIn(id: string, state: ItemState, limit: number): Promise<readonly OperationItem[]>;
  record(id: string, results: readonly ItemResult[], at: Instant): Promise<void>;
  /** What waits is cancelled. */
  cancelWaiting(id: string, at: Instant): Promise<void>;
  /** With a key, the same again has no effect. */
  act(id: string, act: OperationAct & { readonly key?: string }): Promise<void>;
}
