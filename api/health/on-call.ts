import { Gauge, Registry } from 'prom-client';
import type { Operations } from '../../adapters/operations/port';
import type { Stalls } from '../../adapters/operations/stalls-port';
import type { Statistics } from '../../adapters/statistics/port';
import { millis, type Instant } from '../../domain/time';
import { lookedAt, type Checks } from './checks';
import { shared } from './shared';
import { within } from './within';

export interface OnCallReads {
  readonly operations: Pick<Operations, 'incidentGroups'>;
  readonly stalls: Pick<Stalls, 'groups' | 'lastScan'>;
  readonly statistics: Pick<Statistics, 'openWaits'>;
  /** What the API needs to answer: the same as for its readiness. */
  readonly checks: Checks;
}

/** Said whether or not the database can be read. */
const ALWAYS = ['tajdid_on_call_up', 'tajdid_check_up'];
/** Milliseconds: less than a scrape is given. */
const PATIENCE = 5_000;

const seconds = (at: Instant): number => millis(at) / 1_000;

/**
 * What whoever is on call is woken by, in the text of Prometheus; read anew, unless it is being read just then, so that each API
 * process says the same: alert on the largest. While it cannot be read `tajdid_on_call_up` is 0, and
 * besides it only what answers is said.
 */
export function onCallMetrics({ operations, stalls, statistics, checks }: OnCallReads): () => Promise<string> {
  const registry = new Registry();
  const registers = [registry];
  const up = new Gauge({
    name: 'tajdid_on_call_up',
    help: 'Whether incidents and stalls could be read',
    registers,
  });
  const checked = new Gauge({
    name: 'tajdid_check_up',
    help: 'Whether what the API needs answers it: engine, database',
    labelNames: ['check'] as const,
    registers,
  });
  const incidents = new Gauge({
    name: 'tajdid_incidents',
    help: 'Cases stopped by a technical failure, by who failed and how',
    labelNames: ['source', 'code', 'kind'] as const,
    registers,
  });
  const incidentsSince = new Gauge({
    name: 'tajdid_incidents_since_timestamp_seconds',
    help: 'When the first case of those was stopped',
    labelNames: ['source', 'code', 'kind'] as const,
    registers,
  });
  const stalled = new Gauge({
    name: 'tajdid_stalls',
    help: 'Waits that have gone silent, by how',
    labelNames: ['what'] as const,
    registers,
  });
  const scanned = new Gauge({
    name: 'tajdid_stall_scan_timestamp_seconds',
    help: 'When the stall watch last came to its end; it runs in a worker, every five minutes',
    registers,
  });
  const waiting = new Gauge({
    name: 'tajdid_cases_waiting',
    help: 'Open cases, by what they wait for and who can end it',
    labelNames: ['what', 'who'] as const,
    registers,
  });
  const overdue = new Gauge({
    name: 'tajdid_cases_overdue',
    help: 'Of those, the ones whose deadline has passed',
    labelNames: ['what', 'who'] as const,
    registers,
  });
  const read = () =>
    Promise.all([operations.incidentGroups({}), stalls.groups(), stalls.lastScan(), statistics.openWaits(undefined)]);

  return shared(async () => {
    const [found, answering] = await Promise.all([within(PATIENCE, read), lookedAt(checks)]);
    registry.resetMetrics();
    up.set(found ? 1 : 0);
    for (const [check, well] of answering) checked.set({ check }, well ? 1 : 0);
    if (!found) return (await Promise.all(ALWAYS.map((name) => registry.getSingleMetricAsString(name)))).join('\n');
    const [groups, kinds, scan, waits] = found;
    for (const { source, code, kind, cases, since } of groups) {
      incidents.set({ source, code, kind }, cases);
      incidentsSince.set({ source, code, kind }, seconds(since));
    }
    for (const { what, cases } of kinds) stalled.set({ what }, cases);
    if (scan) scanned.set(seconds(scan));
    for (const { what, who, cases, overdue: late } of waits) {
      waiting.set({ what, who: who ?? '' }, cases);
      overdue.set({ what, who: who ?? '' }, late);
    }
    return registry.metrics();
  });
}
