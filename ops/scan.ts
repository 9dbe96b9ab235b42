import { EVERYTHING, type Stalls } from '../adapters/operations/stalls-port';
import type { EngineOperations } from '../client/operations';
import type { Actor } from '../domain/case/model';
import { instant, MINUTE } from '../domain/time';
import type { StallCounts } from '../workflows/ops/messages';
import { onRecord, type ActPorts } from './acts';
import { gapTexts } from './stalls';

export interface ScanPorts {
  readonly engine: EngineOperations;
  readonly stalls: Stalls;
  readonly now: () => number;
}

/** Has the watch look now, on record. @param silentForMinutes silence after which the outside is asked; the watch's own when not given */
export async function scanOnRecord(
  ports: Omit<ScanPorts, 'engine'> & ActPorts & { readonly engine: () => Promise<EngineOperations> },
  { actor, reason, silentForMinutes }: { actor: Actor; reason: string; silentForMinutes?: number | undefined },
): Promise<StallCounts> {
  const about = silentForMinutes === undefined ? {} : { silentForMinutes };
  await onRecord(ports, { what: 'stall-scan', about, actor, reason });
  const engine = await ports.engine();
  return scanFromOutside({ ...ports, engine }, silentForMinutes === undefined ? undefined : silentForMinutes * MINUTE);
}

/**
 * Has the watch look now. The watch itself runs inside a worker of the current version, so that there is none can only be seen from
 * outside: whoever asks for a scan looks for workers first, and puts it on record.
 */
export async function scanFromOutside({ engine, stalls, now }: ScanPorts, silentFor?: number): Promise<StallCounts> {
  const { gaps } = await engine.health();
  if (!gaps.some(({ why }) => why === 'none' || why === 'current')) return engine.scanNow(silentFor);
  const found = { caseId: EVERYTHING, what: 'no-worker', detail: gapTexts(gaps), remedied: null };
  await stalls.see(found, instant(now()));
  return { looked: 0, found: 1, cleared: 0 };
}
