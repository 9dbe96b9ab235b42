import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { registry } from '../../api/health/metrics';
import type { ApiDeps } from '../../api/deps';
import { healthRoutes } from '../../api/health/routes';
import { onCallMetrics, type OnCallReads } from '../../api/health/on-call';
import type { Route } from '../../api/http/route';
import { metricsOf } from '../../worker/health';
import { stallKinds } from '../../ops/stalls';

type OpenRoute = Extract<Route, { open: string }>;

const ROOT = join(__dirname, '../..');
const since = '2026-11-25T23:10:00.000Z';

const idle = {
  getState: () => 'RUNNING',
  getStatus: () => ({ numInFlightWorkflowActivations: 0, numInFlightActivities: 0, numCachedWorkflows: 0 }),
} as unknown as Parameters<typeof metricsOf>[0];
const night: OnCallReads = {
  operations: {
    incidentGroups: async () => [
      {
        source: 'card-bureau',
        code: 'http-503',
        kind: 'unavailable',
        cases: 412,
        retrying: 0,
        since,
        last: since,
        types: ['id-renewal'],
        steps: ['order-card'],
        example: 'rnw_1',
        message: 'POST was answered 503',
      },
    ],
  },
  stalls: {
    groups: async () => stallKinds.map((what) => ({ what, cases: 3, since, last: since, example: 'rnw_2' })),
    lastScan: async () => since,
  },
  checks: { engine: () => Promise.resolve(), database: () => Promise.reject(new Error('down')) },
  statistics: { openWaits: async () => [{ what: 'review', who: 'caseworker', cases: 70, overdue: 9 }] },
};

test('the numbers say how many cases stand, since when, and how', async () => {
  const text = await onCallMetrics(night)();
  expect(text.split('\n')).toEqual(
    expect.arrayContaining([
      'tajdid_on_call_up 1',
      'tajdid_check_up{check="engine"} 1',
      'tajdid_check_up{check="database"} 0',
      'tajdid_incidents{source="card-bureau",code="http-503",kind="unavailable"} 412',
      `tajdid_incidents_since_timestamp_seconds{source="card-bureau",code="http-503",kind="unavailable"} ${Date.parse(since) / 1000}`,
      'tajdid_stalls{what="no-run"} 3',
      `tajdid_stall_scan_timestamp_seconds ${Date.parse(since) / 1000}`,
      'tajdid_cases_waiting{what="review",who="caseworker"} 70',
      'tajdid_cases_overdue{what="review",who="caseworker"} 9',
    ]),
  );
});

test('what is over is not there any more, and a watch that never ran counts as one that is silent', async () => {
  const asked = [await night.operations.incidentGroups({}), []];
  const metrics = onCallMetrics({
    ...night,
    operations: { incidentGroups: async () => asked.shift() ?? [] },
    stalls: { groups: async () => [], lastScan: async () => null },
  });
  expect(await metrics()).toContain('tajdid_incidents{');
  const text = await metrics();
  expect(text).not.toContain('tajdid_incidents{');
  expect(text).toContain('tajdid_stall_scan_timestamp_seconds 0');
});

test('a database that does not answer is told of, and no number of before stays', async () => {
  let down = false;
  const metrics = onCallMetrics({
    ...night,
    stalls: { ...night.stalls, groups: () => (down ? Promise.reject(new Error('down')) : night.stalls.groups()) },
  });
  expect(await metrics()).toContain('tajdid_incidents{');
  down = true;
  const text = await metrics();
  expect(text).toContain('tajdid_on_call_up 0');
  expect(text).toContain('tajdid_check_up{check="engine"} 1');
  expect(text).not.toContain('tajdid_incidents');
});

test('whoever asks while it is read is told the same, and causes no other reading', async () => {
  const counts = { groups: 0, engine: 0 };
  const reads: OnCallReads = {
    ...night,
    operations: { incidentGroups: async () => ((counts.groups += 1), []) },
    checks: { engine: async () => (counts.engine += 1) },
  };
  const metrics = onCallMetrics(reads);
  const texts = await Promise.all(Array.from({ length: 50 }, () => metrics()));
  expect([new Set(texts).size, counts]).toEqual([1, { groups: 1, engine: 1 }]);
  await metrics();
  expect(counts).toEqual({ groups: 2, engine: 2 });

  const routes = healthRoutes({ checks: reads.checks, ops: reads, statistics: reads.statistics } as unknown as ApiDeps);
  const ready = routes.find(({ path }) => path === '/readyz') as OpenRoute;
  const call = { params: undefined, query: undefined, body: undefined } as Parameters<OpenRoute['handle']>[0];
  const answers = await Promise.all(Array.from({ length: 50 }, () => ready.handle(call)));
  expect(answers.map((answer) => answer?.status)).toEqual(answers.map(() => 200));
  expect(counts.engine).toBe(3);
});

describe('docs/alerts.yml', () => {
  interface Rule {
    readonly alert: string;
    readonly expr: string;
    readonly annotations: { readonly runbook: string };
  }
  const { groups } = parse(readFileSync(join(ROOT, 'docs/alerts.yml'), 'utf8')) as {
    groups: readonly { rules: readonly Rule[] }[];
  };
  const rules = groups.flatMap(({ rules: each }) => each);

  test.each(rules)('$alert: its page is there, and what it looks at is measured', async ({ expr, annotations }) => {
    expect(existsSync(join(ROOT, annotations.runbook))).toBe(true);
    const exposed = `${await registry.metrics()}\n${await onCallMetrics(night)()}\n${await metricsOf(idle).metrics()}`;
    const named = [...expr.matchAll(/(tajdid_\w+)(?:\{([^}]*)\})?/g)];
    expect(named.length).toBeGreaterThan(0);
    for (const [, metric = '', labels = ''] of named) {
      expect(exposed).toContain(`# TYPE ${metric.replace(/_count$/, '')} `);
      for (const [, kinds = ''] of labels.matchAll(/\bwhat=~?"([^"]+)"/g))
        for (const kind of kinds.split('|')) expect(stallKinds).toContain(kind);
    }
  });

  test('whoever is not there any more wakes somebody too, API and worker alike', () => {
    const absent = rules.flatMap(({ expr }) => [...expr.matchAll(/absent\((\w+)\)/g)].map(([, metric]) => metric));
    expect(absent.sort()).toEqual(['tajdid_on_call_up', 'tajdid_worker_up']);
  });

  test('every way in which a wait goes silent, and every kind of failure, wakes somebody', () => {
    const text = rules.map(({ expr }) => expr).join('\n');
    for (const kind of stallKinds) expect(text).toContain(kind);
    for (const kind of ['unavailable', 'outcome-unknown', 'refused', 'defect'])
      expect(text).toContain(`kind="${kind}"`);
  });
});
