import { fold, type CoreEvent } from './core';
import type { CaseFile, CaseType, Filing, Recorded } from './model';

export const filingOf = (events: readonly Recorded[]): Filing | undefined =>
  (events[0]?.event as { filing?: Filing } | undefined)?.filing;

/** The file that a whole log folds to; undefined where it does not begin with the filing. */
export function fileFrom(definition: CaseType, events: readonly Recorded[]): CaseFile | undefined {
  const filing = filingOf(events);
  return filing && fold(definition, definition.open(filing), events as readonly Recorded<CoreEvent>[]);
}
