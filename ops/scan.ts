import { EVERYTHING, type Stalls } from '../adapters/operations/stalls-port';
import type { EngineOperations } from '../client/operations';
import { instant } from '../domain/time';
import type { StallCounts } from '../workflows/ops/messages';
import { gapTexts } from './stalls';

/**
 * Has the watch look now. The watch itself runs inside a worker of the current version, so that there is none can only be seen from
 * outside: whoever asks for a scan looks for workers first, and puts it on record.
 */
export async function scanFromOutside(
  { engine, stalls, now }: { readonly engine: EngineOperations; readonly stalls: Stalls; readonly now: () => number },
  silentFor?: number,
): Promise<StallCounts> {
  const { gaps } = await engine.health();
  if (!gaps.some(({ why }) => why === 'none' || why === 'current')) return engine.scanNow(silentFor);
  const found = { caseId: EVERYTHING, what: 'no-worker', detail: gapTexts(gaps).en, remedied: null };
  await stalls.see(found, instant(now()));
  return { looked: 0, found: 1, cleared: 0 };
}
