import type { CaseLog } from '../adapters/case-log/port';
import type { Stalls } from '../adapters/operations/stalls-port';
import { EngineSilent } from '../client/cases';
import type { ReadModel } from '../adapters/read-model/port';
import { waitingFor } from '../domain/case/core';
import type { CaseFile } from '../domain/case/model';
import { effectsAfter, resetPoints, type ProposedRepair, type Resetting } from '../domain/case/repair-and-reset';
import type { Bilingual } from '../domain/refusal';
import { caseTypeNamed } from '../workflows/case-types';
import { effectsOf, type Effect } from './effects';
import { stallTexts, type StallKind } from './stalls';
import { remedyFor, type Remedy } from './remedies';

/** Why a case stands where it stands, for who has to get it going. */
export interface Explained {
  readonly id: string;
  readonly type: string;
  readonly status: string;
  readonly version: number;
  readonly office: string;
  readonly policyVersion: string;
  readonly waitingFor: ReturnType<typeof waitingFor> | null;
  readonly incident: CaseFile['incident'] | null;
  readonly remedy: Remedy | null;
  /** How its wait has gone silent, if it has; each with its remedy. */
  readonly stalls: readonly {
    readonly what: string;
    readonly text: { ar: string; en: string };
    readonly detail: Bilingual;
    readonly since: string;
    readonly remedy: { ar: string; en: string };
  }[];
  readonly effects: readonly Effect[];
  /** null: the engine knows no run of it. `silent`: the engine does not answer; all the rest is in the database. */
  readonly engine:
    { readonly status: string; readonly events: number; readonly workerVersion: string } | 'silent' | null;
  readonly repairable: readonly {
    readonly field: string;
    readonly title: { ar: string; en: string };
    readonly value: string;
    readonly secondPerson: boolean;
  }[];
  readonly resets: readonly {
    readonly step: string;
    readonly title: { ar: string; en: string };
    readonly effects: readonly string[];
    /** Of these, what cannot be taken back whatever else is: it can only be pinned. */
    readonly pinOnly: readonly string[];
  }[];
  /** A repair that waits for a second person. */
  readonly repair: ProposedRepair | null;
  readonly resetting: Resetting | null;
}

export interface ExplainPorts {
  readonly readModel: Pick<ReadModel, 'caseById'>;
  readonly log: Pick<CaseLog, 'eventsAfter'>;
  readonly stalls: Pick<Stalls, 'ofCase'>;
  readonly view: (caseId: string) => Promise<{
    readonly status: string;
    readonly events: number;
    readonly deployment?: { readonly buildId?: string };
  } | null>;
}

/** undefined: there is no such case. */
export async function explainCase(
  { readModel, log, stalls, view }: ExplainPorts,
  id: string,
): Promise<Explained | undefined> {
  const found = await readModel.caseById(id);
  const type = found && caseTypeNamed(found.summary.type);
  if (!found || !type) return undefined;
  const { summary, file } = found;
  const seen = view(id).catch((error: unknown) => {
    if (error instanceof EngineSilent) return 'silent' as const;
    throw error;
  });
  const [events, engine, silent] = await Promise.all([log.eventsAfter(id, 0), seen, stalls.ofCase(id)]);
  return {
    id,
    type: summary.type,
    status: summary.status,
    version: summary.version,
    office: summary.office,
    policyVersion: summary.policyVersion,
    waitingFor: waitingFor(type, file) ?? null,
    incident: file.incident ?? null,
    remedy: file.incident ? remedyFor(file.incident) : null,
    stalls: silent.map(({ what, detail, firstSeen }) => {
      const { what: text, remedy } = stallTexts[what as StallKind];
      return { what, text, detail, since: firstSeen, remedy };
    }),
    effects: effectsOf(events),
    engine:
      engine === null || engine === 'silent'
        ? engine
        : {
            status: engine.status,
            events: engine.events,
            workerVersion: engine.deployment?.buildId ?? 'unversioned',
          },
    repairable: Object.entries(type.repairable ?? {}).map(([field, { title, read, restsDecision }]) => ({
      field,
      title,
      value: read(file) ?? '',
      secondPerson: restsDecision(file),
    })),
    resets: resetPoints(type, file).map(([step, { title }]) => {
      const after = effectsAfter(type, file, step);
      const keys = after.map(({ key }) => key);
      return {
        step,
        title,
        effects: keys,
        pinOnly: after.filter(({ refuse }) => refuse?.(keys) !== undefined).map(({ key }) => key),
      };
    }),
    repair: file.repair ?? null,
    resetting: file.resetting ?? null,
  };
}
