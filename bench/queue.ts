import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, BrowserContext } from 'playwright-core';
import { CONSOLE_DIRECTORY } from '../api/console/serve';
import { launchChromium } from './chromium';
import { median, percentile } from './load';
import { enrolMonth } from './month-people';
import { casesUpTo } from './scale-rows';
import { portalOf, say, startBench, tokenFor, type BenchSystem } from './system';

export interface QueueBench {
  /** Open cases in the database. */
  readonly cases: number;
  readonly looks: number;
}

const GOAL_MS = 1_000;
const WAY = 'in time, by courier';
const STAFF = { id: 'staff-101', roles: ['caseworker'], office: 'riyadh-1' };

/** Tells, in the page itself, the moment after the first rows were drawn; counted from when the address was opened. */
const WATCH = `window.rowsShown = new Promise((shown) => {
  new MutationObserver((_, watcher) => {
    if (!document.querySelector('.rows li')) return;
    watcher.disconnect();
    requestAnimationFrame(() => setTimeout(() => {
      const rows = performance.now();
      const list = performance.getEntriesByType('resource').find(({ name }) => /work-queue\\?view/.test(name));
      shown({ rows, asked: list.startTime, answered: list.responseEnd });
    }));
  }).observe(document, { childList: true, subtree: true });
});`;

async function oneCase(bench: BenchSystem): Promise<void> {
  const portal = await portalOf(bench.system);
  try {
    const { renewing } = await enrolMonth(bench, portal, { renewing: [{ way: WAY, count: 1 }], families: 0 });
    const [applicant] = renewing.get(WAY) ?? [];
    if (!applicant) throw new Error('nobody was enrolled');
    const { identityNumber, photo } = applicant;
    await portal.file('queue-1', 'id-renewal', identityNumber, { photo, delivery: { method: 'courier' } });
  } finally {
    portal.close();
  }
}

/** A browser that has never been here, with somebody who has just signed in. */
async function signedIn(browser: Browser, token: string): Promise<BrowserContext> {
  const context = await browser.newContext({ viewport: { width: 1360, height: 860 } });
  const staff = { ...STAFF, name: { ar: STAFF.id, en: STAFF.id } };
  const session = JSON.stringify({ token, until: Date.now() + 3_600_000, staff });
  await context.addInitScript({
    content: `sessionStorage.setItem('tajdid.session', ${JSON.stringify(session)}); ${WATCH}`,
  });
  return context;
}

/** Milliseconds since the address was opened. */
interface Shown {
  /** Of the page's main thread: what is left of the time above when nothing else uses the machine. */
  readonly cpu: number;
  /** The list was asked for: the page's own code is here and runs. */
  readonly asked: number;
  readonly answered: number;
  readonly rows: number;
}

async function firstRows(context: BrowserContext, url: string): Promise<Shown> {
  const page = await context.newPage();
  try {
    const inside = await context.newCDPSession(page);
    await inside.send('Performance.setTimeDomain', { timeDomain: 'threadTicks' });
    await inside.send('Performance.enable');
    await page.goto(url, { waitUntil: 'commit' });
    const shown = await page.evaluate<Omit<Shown, 'cpu'>>('window.rowsShown');
    const { metrics } = await inside.send('Performance.getMetrics');
    return { ...shown, cpu: 1_000 * (metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0) };
  } finally {
    await page.close();
  }
}

const line = (what: string, times: readonly number[], goal = Infinity): void => {
  const sorted = [...times].sort((a, b) => a - b);
  const [p50, p95] = [median(sorted), percentile(sorted, 0.95)];
  const verdict = p50 <= goal ? '' : `   over the goal of ${goal} ms`;
  say(`  ${what.padEnd(44)} p50 ${p50.toFixed(0).padStart(5)} ms   p95 ${p95.toFixed(0).padStart(5)} ms${verdict}`);
};

function show(what: string, looks: readonly Shown[]): void {
  const each = (of: (shown: Shown) => number): number[] => looks.map(of);
  line(
    what,
    each(({ rows }) => rows),
    GOAL_MS,
  );
  const parts: readonly [string, number[]][] = [
    ['until the page asks for the list', each(({ asked }) => asked)],
    ['the answer', each(({ asked, answered }) => answered - asked)],
    ['drawn', each(({ answered, rows }) => rows - answered)],
    ["the page's own work, in CPU", each(({ cpu }) => cpu)],
  ];
  for (const [part, times] of parts) line(`  ${part}`, times);
}

/** The console's queue in a real Chromium among very many open cases: from opening the address to the first rows on the screen. */
export async function benchQueue({ cases, looks }: QueueBench): Promise<void> {
  if (!existsSync(join(CONSOLE_DIRECTORY, 'index.html')))
    throw new Error('the console is not built: run `npm run build:console` first');
  const browser = await launchChromium();
  const bench = await startBench('bench-queue').catch(async (error: unknown) => {
    await browser.close();
    throw error;
  });
  try {
    await oneCase(bench);
    await casesUpTo(bench.system.engine.databaseUrl, 0, cases, { open: true });
    const token = await tokenFor(bench.system, { sub: STAFF.id, roles: STAFF.roles, office: STAFF.office });
    const url = `${bench.system.apiUrl}/console/`;
    const [first, again]: [Shown[], Shown[]] = [[], []];
    for (let n = 0; n < looks; n++) {
      const context = await signedIn(browser, token);
      first.push(await firstRows(context, url));
      again.push(await firstRows(context, url));
      await context.close();
    }
    say(`\nfirst rows of the queue, with ${cases.toLocaleString('en')} open cases (${looks} looks each)`);
    show('a browser that has never been here', first);
    show('opened again', again);
  } finally {
    await bench.stop();
    await browser.close();
  }
}
