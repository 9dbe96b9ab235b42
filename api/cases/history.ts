import type { ReadModel } from '../../adapters/read-model/port';
import { fileFrom } from '../../domain/case/from-log';
import type { CaseFile, CaseType, Recorded } from '../../domain/case/model';
import type { Instant } from '../../domain/time';

/** More events than any case has in practice; longer ones are read in several goes. */
const CHUNK = 500;

export async function allEvents(readModel: ReadModel, caseId: string): Promise<Recorded[]> {
  const events: Recorded[] = [];
  for (;;) {
    const more = await readModel.caseEvents(caseId, events.length, CHUNK);
    events.push(...more);
    if (more.length < CHUNK) return events;
  }
}

/**
 * The case as it stood right after this cause had its effect, or undefined where it had none. A retry is answered by it: with the
 * very answer that the first one got, however far the case has moved since.
 */
export function fileAfter(
  type: CaseType,
  events: readonly Recorded[],
  cause: string,
): { file: CaseFile; at: Instant } | undefined {
  const last = events.findLastIndex((recorded) => recorded.cause === cause);
  const recorded = events[last];
  const file = recorded && fileFrom(type, events.slice(0, last + 1));
  return file && { file, at: recorded.at };
}
