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

/** Notes, in the page itself, the moment after the first rows were drawn; counted from when the address was opened. */
const WATCH = `new MutationObserver((_, watcher) => {
  if (!document.querySelector('.rows li')) return;
  watcher.disconnect();
  requestAnimationFrame(() => setTimeout(() => { window.rowsAt = performance.now(); }));
}).observe(document, { childList: true, subtree: true });`;

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

async function firstRows(context: BrowserContext, url: string): Promise<number> {
  const page = await context.newPage();
  try {
    await page.goto(url, { waitUntil: 'commit' });
    const shown = await page.waitForFunction<number, undefined>('window.rowsAt', undefined, { polling: 20 });
    return await shown.jsonValue();
  } finally {
    await page.close();
  }
}

const show = (what: string, times: readonly number[]): void => {
  const sorted = [...times].sort((a, b) => a - b);
  const [p50, p95] = [median(sorted), percentile(sorted, 0.95)];
  const verdict = p95 <= GOAL_MS ? '' : `   over the goal of ${GOAL_MS} ms`;
  say(`  ${what.padEnd(44)} p50 ${p50.toFixed(0).padStart(5)} ms   p95 ${p95.toFixed(0).padStart(5)} ms${verdict}`);
};

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
    const [first, again]: [number[], number[]] = [[], []];
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
