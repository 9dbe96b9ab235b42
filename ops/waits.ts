import type { CaseWaits, WaitsOfCase } from '../adapters/case-log/waits-port';
import { waitsFrom, type KeptWait } from '../domain/case/waits';
import { caseTypeNamed } from '../workflows/case-types';

const BATCH = 200;

/** What the log of a case says of its waits, where something else is kept. */
function wrong({ type, log, kept }: WaitsOfCase): readonly KeptWait[] | undefined {
  const definition = caseTypeNamed(type);
  if (!definition) return undefined;
  const waits = waitsFrom(definition, log, new Set(kept.map(({ version }) => version)));
  const same = (each: KeptWait, i: number): boolean =>
    each.version === kept[i]?.version && each.waiting === kept[i].waiting && each.entered === kept[i].entered;
  return waits.length === kept.length && waits.every(same) ? undefined : waits;
}

/** Holds what is kept of waits against the fold of each log, a batch at a time. Answers the cases of which it is something else. */
export async function wrongWaits(
  waits: CaseWaits,
  found: (wrong: WaitsOfCase, right: readonly KeptWait[]) => Promise<void> = () => Promise.resolve(),
): Promise<string[]> {
  const ids: string[] = [];
  for (let after = ''; ;) {
    const batch = await waits.after(after, BATCH);
    for (const each of batch) {
      const right = wrong(each);
      if (!right) continue;
      ids.push(each.caseId);
      await found(each, right);
    }
    const last = batch.at(-1);
    if (!last) return ids;
    after = last.caseId;
  }
}

/** Puts them right as well. The counts of waits rest on them, and have to be added up anew afterwards. */
export const mendWaits = (waits: CaseWaits): Promise<string[]> =>
  wrongWaits(waits, (each, right) => waits.put(each, right));
