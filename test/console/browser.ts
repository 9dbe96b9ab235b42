import axe from 'axe-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { chromiumPath, NO_CHROMIUM } from '../../bench/chromium';

const found = chromiumPath();
if (found === undefined) process.stderr.write(`The console is not tested: ${NO_CHROMIUM}\n`);

/** Only where there is a Chromium to drive. */
export const describeInBrowser: jest.Describe = found === undefined ? describe.skip : describe;

export interface Look {
  readonly language?: 'ar' | 'en';
  readonly scheme?: 'light' | 'dark';
  readonly width?: number;
  /** By default those of the language. */
  readonly digits?: 'arab' | 'latn';
}

/** A browser of somebody's own: nothing is shared with another one but the server. */
export async function visitor(
  browser: Browser,
  { language = 'en', scheme = 'light', width = 1360, digits = language === 'ar' ? 'arab' : 'latn' }: Look = {},
): Promise<{ context: BrowserContext; page: Page; troubles: string[] }> {
  const context = await browser.newContext({
    viewport: { width, height: 860 },
    colorScheme: scheme,
    acceptDownloads: true,
  });
  const preferred = JSON.stringify({ language, scheme: 'system', digits, calendar: 'islamic-umalqura' });
  await context.addInitScript({ content: `localStorage['tajdid.preferences'] ??= ${JSON.stringify(preferred)}` });
  // Of every tab.
  context.setDefaultTimeout(60_000);
  const page = await context.newPage();
  const troubles: string[] = [];
  page.on('pageerror', (error) => troubles.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && /Content Security Policy|Uncaught/.test(message.text()))
      troubles.push(message.text());
  });
  return { context, page, troubles };
}

/** What is said in digits that were not chosen. Ids, what was sent and what somebody wrote stand as they are. */
export const otherDigits = (page: Page): Promise<string[]> =>
  page.evaluate<string[]>(`(() => {
    const { digits } = JSON.parse(localStorage['tajdid.preferences']);
    // With a letter in it a word is a code or an address.
    const others = digits === 'arab' ? /(^|\\s)[^\\sA-Za-z]*[0-9][^\\sA-Za-z]*(\\s|$)/ : /[\u0660-\u0669]/;
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const found = [];
    while (texts.nextNode()) {
      const { data, parentElement } = texts.currentNode;
      if (others.test(data) && !parentElement.closest('bdi, q, .mono, .said, .settings, .runbook, script, style')) found.push(data);
    }
    return found;
  })()`);

export interface Violation {
  readonly id: string;
  readonly impact: string;
  readonly at: readonly string[];
}

/** What axe finds that keeps somebody from using the page. */
export async function violations(page: Page): Promise<Violation[]> {
  // Added through the debugger: the page's own policy lets no script in but its own.
  const found = await page.evaluate<{
    violations: { id: string; impact: string; nodes: { target: string[]; any: { message: string }[] }[] }[];
  }>(`${axe.source}; axe.run(document, { resultTypes: ['violations'] })`);
  return found.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, impact, nodes }) => ({
      id,
      impact,
      at: nodes.map(({ target, any }) => `${target.join(' ')}: ${any[0]?.message ?? ''}`),
    }));
}
