import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { ActionRequest, CaseFile, Filing } from '../domain/case/model';
import type { OutsideMessage } from '../domain/outside-messages';

/** How a run of a case starts: with its filing, or in the middle of a case that the log knows. */
export type CaseStart =
  | { readonly filing: Filing }
  | {
      readonly caseId: string;
      readonly inbox: readonly OutsideMessage[];
      /** Has it look around first. */
      readonly asked?: true;
      /** What the run before this one knew: it does not begin before the log reaches that. */
      readonly version?: number;
    };

/** The version of the case after what was asked for; its events are in the log by then. */
export interface CaseAnswer {
  readonly version: number;
}

/** The failure type of a refused action; its detail is the Refusal. */
export const REFUSED = 'Refused';

/** Answers once the filing is decided: refused, or as far as the first wait. */
export const filed = defineUpdate<CaseAnswer>('filed');
export const act = defineUpdate<CaseAnswer, [ActionRequest]>('act');
export const outside = defineSignal<[OutsideMessage]>('outside');
/** Has the case look around: at its log, for what another run appended, and at the outside, for what its lost messages said. */
export const ask = defineSignal('ask');
/** The version that the run knows, also where it still waits for a log that reaches it. */
export const knownVersion = defineQuery<number>('knownVersion');
export const caseFile = defineQuery<CaseFile | null>('caseFile');
