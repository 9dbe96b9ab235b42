import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { createEnrolledPortraits } from '../../adapters/register/portraits-postgres';
import { portraitFor } from '../../demo/portraits';
import { describeInBrowser, otherDigits, violations, visitor, type Look } from './browser';
import { startConsoleWorld, type ConsoleWorld } from './console-world';

const MINUTES = 480_000;
const MOST_BYTES = 250_000;
const IMAGES = join(__dirname, '../../docs/images');

/** `KEEP_SCREENSHOTS=1` renews the pictures in the documentation; otherwise the pages are only looked at. */
const SHOWN = new Set([
  'queue-ar',
  'queue-en',
  'case-ar',
  'case-en',
  'case-ar-dark-phone',
  'case-en-dark',
  'queue-ar-dark-phone',
  'return-ar',
  'return-en',
  'team-ar',
  'team-en',
  'statistics-ar',
  'statistics-en',
  'statement-ar',
  'statement-en',
]);
const picture = async (page: Page, name: string): Promise<void> => {
  if (process.env.KEEP_SCREENSHOTS && SHOWN.has(name))
    await page.screenshot({ path: join(IMAGES, `console-${name}.png`) });
};

const LOOKS: readonly Look[] = [
  { language: 'ar', scheme: 'light' },
  { language: 'en', scheme: 'light' },
  { language: 'ar', scheme: 'dark', width: 390 },
  { language: 'en', scheme: 'dark' },
  { language: 'ar', digits: 'latn' },
  { language: 'en', digits: 'arab' },
];

const fits = (page: Page): Promise<boolean> =>
  page.evaluate<boolean>('document.documentElement.scrollWidth <= document.documentElement.clientWidth');

/** By the key alone, as somebody without a mouse gets there. */
async function tabTo(page: Page, name: string, { exact = false } = {}): Promise<void> {
  const named = `(() => {
    const { activeElement: at } = document;
    const label = at?.labels?.[0]?.innerText ?? at?.ariaLabel ?? at?.innerText ?? '';
    const name = ${JSON.stringify(name)};
    return ${exact} ? label.trim() === name : label.trim().startsWith(name);
  })()`;
  for (let n = 0; n < 60; n++) {
    await page.keyboard.press('Tab');
    if (await page.evaluate<boolean>(named)) return;
  }
  throw new Error(`no Tab leads to ${name}`);
}

describeInBrowser('the pages of the console', () => {
  let world: ConsoleWorld;
  let reviewed: string;
  let recommended: string;

  beforeAll(async () => {
    world = await startConsoleWorld();
    const known = await world.api.person();
    const person = world.api.world.vault.personRef(known);
    const bytes = await portraitFor('the card before');
    const { documentRef } = await world.api.world.documents.put({ person, contentType: 'image/jpeg', bytes });
    await createEnrolledPortraits(world.api.world.database).keep(person, { documentRef, takenOn: '2016-12-01' });
    const cases = await Promise.all([
      world.renewal('doubt', known),
      world.renewal('doubt'),
      world.renewal('doubt'),
      world.renewal('doubt'),
      world.renewal('good'),
    ]);
    const [first, second, third] = cases.map(({ id }) => id) as [string, string, string];
    for (const id of [first, second, third]) await world.reach(id, 'IN_REVIEW');
    reviewed = first;
    recommended = second;
    const [noura, fahad] = [await world.staff('staff-101'), await world.staff('staff-102')];
    await world.act(fahad, first, 'note', { reason: 'الصورة تبدو قديمة، يرجى مقارنتها بصورة السجل.' });
    await world.act(noura, second, 'claim');
    await world.act(noura, second, 'recommend-rejection', {
      rule: 'identity-doubtful',
      reason: 'ملامح الوجه لا تطابق آخر صورة في السجل.',
    });
    await world.act(fahad, third, 'claim');
  }, MINUTES);
  afterAll(() => world?.stop(), MINUTES);

  const check = async (page: Page, name: string): Promise<void> => {
    await page.evaluate('document.fonts.ready');
    expect({ name, found: await violations(page) }).toEqual({ name, found: [] });
    expect({ name, fits: await fits(page) }).toEqual({ name, fits: true });
    expect({ name, digits: await otherDigits(page) }).toEqual({ name, digits: [] });
    // Colleagues have names.
    expect({ name, text: await page.locator('body').innerText() }).toEqual({
      name,
      text: expect.not.stringMatching(/staff-\d/) as string,
    });
    await picture(page, name);
  };

  test.each(LOOKS)(
    'nothing serious keeps anybody from using them: %j',
    async (look) => {
      const name = (page: string): string =>
        `${page}-${look.language}${look.scheme === 'dark' ? '-dark' : ''}${look.width ? '-phone' : ''}${look.digits ?? ''}`;
      const stranger = await visitor(world.browser, look);
      await stranger.page.goto(`${world.url}/`);
      await stranger.page.locator('.sign-in').waitFor();
      await check(stranger.page, name('sign-in'));
      await stranger.context.close();

      const caseworker = await world.signedIn('staff-101', look);
      const { page } = caseworker;
      await page.locator('.rows li').nth(2).waitFor();
      await check(page, name('queue'));
      await page.locator('.rail-tools .icon-button').first().click();
      await page.locator('.settings').waitFor();
      await check(page, name('settings'));
      await page.keyboard.press('Escape');
      await page.context().setOffline(true);
      await page.locator('.offline').waitFor();
      await check(page, name('offline'));
      await page.context().setOffline(false);
      await page.goto(`${world.url}/?view=overdue`);
      await page.locator('.empty').waitFor();
      await check(page, name('queue-empty'));
      await page.goto(`${world.url}/cases`);
      await page.locator('.rows li').first().waitFor();
      await check(page, name('all-cases'));
      await page.goto(`${world.url}/cases/${reviewed}`);
      await page.locator('.photo img').nth(1).waitFor();
      await page.locator('.notes .said').waitFor();
      await page.keyboard.press('c');
      await page.locator('.claim.mine').waitFor();
      await check(page, name('case'));
      await page.locator('.actions-row .button').nth(1).click();
      await page.locator('.dialog').waitFor();
      await page.locator('.option').first().click();
      await check(page, name('return'));
      await page.keyboard.press('Escape');
      await page.keyboard.press('?');
      await page.locator('.keys').waitFor();
      await check(page, name('keys'));
      await page.keyboard.press('Escape');
      await page.goto(`${world.url}/cases/rnw_gone`);
      await page.locator('.empty').waitFor();
      await check(page, name('gone'));
      expect(caseworker.troubles).toEqual([]);
      await caseworker.close();

      const supervisor = await world.signedIn('staff-201', look);
      await supervisor.page.goto(`${world.url}/cases/${recommended}`);
      await supervisor.page.locator('.decision.recommended .said').waitFor();
      await check(supervisor.page, name('case-supervisor'));
      await supervisor.page.goto(`${world.url}/team?list=all`);
      await supervisor.page.locator('.pick tbody tr').nth(1).waitFor();
      await supervisor.page.locator('.pick thead input').check();
      await supervisor.page.locator('.bulk-bar').waitFor();
      await check(supervisor.page, name('team'));
      await supervisor.page.locator('.bulk-bar .button').first().click();
      await supervisor.page.locator('.bulk-list').waitFor();
      await check(supervisor.page, name('team-bulk'));
      await supervisor.page.goto(`${world.url}/statistics`);
      await supervisor.page.locator('.chart canvas').waitFor();
      await check(supervisor.page, name('statistics'));
      await supervisor.page.locator('.day-field button').first().click();
      await supervisor.page.locator('.day-dialog').waitFor();
      await check(supervisor.page, name('day'));
      await supervisor.page.keyboard.press('Escape');
      await supervisor.page.goto(`${world.url}/statistics/statement`);
      await supervisor.page.locator('.statement tbody tr').first().waitFor();
      expect(await supervisor.page.locator('.figures dt').allInnerTexts()).toContain(
        look.language === 'ar' ? 'من التقديم إلى البطاقة، تسعة أعشارها خلال' : 'Filing to card, nine in ten within',
      );
      await check(supervisor.page, name('statement'));
      expect(supervisor.troubles).toEqual([]);
      await supervisor.close();
    },
    MINUTES,
  );

  test(
    'language, digits and calendar change at once, and the direction with the language',
    async () => {
      const { page, close } = await world.signedIn('staff-101', { language: 'ar' });
      await page.locator('.rows li').first().waitFor();
      expect(await page.locator('html').getAttribute('dir')).toBe('rtl');
      const arabic = await page.locator('.row-filed').first().innerText();
      expect(arabic).toMatch(/[٠-٩]/);
      await page.keyboard.press('l');
      expect(await page.locator('html').getAttribute('dir')).toBe('ltr');
      expect(await page.locator('h1').innerText()).toBe('Work queue');
      const english = await page.locator('.row-filed').first().innerText();
      expect(english).toMatch(/\d/);
      await page.getByRole('button', { name: 'Display' }).click();
      await page.getByRole('dialog').getByText('Gregorian').click();
      await page.getByRole('dialog').getByText('١٢٣').click();
      await page.keyboard.press('Escape');
      const other = await page.locator('.row-filed').first().innerText();
      expect(other).not.toBe(english);
      expect(other).toMatch(/[٠-٩]/);
      await close();
    },
    MINUTES,
  );

  test(
    'the list is walked by keys alone',
    async () => {
      const { page, close } = await world.signedIn('staff-101');
      await page.locator('.rows li').nth(1).waitFor();
      await page.keyboard.press('j');
      const at = () => page.evaluate<string | null>(`document.activeElement?.getAttribute('href')`);
      const first = await at();
      await page.keyboard.press('j');
      expect(await at()).not.toBe(first);
      await page.keyboard.press('k');
      expect(await at()).toBe(first);
      await page.keyboard.press('Enter');
      await page.locator('.case-title').waitFor();
      expect(page.url()).toContain(first ?? 'nowhere');
      await page.keyboard.press('g');
      await page.locator('.tabs').waitFor();
      // The other lists are walked the same way.
      await page.goto(`${world.url}/cases`);
      await page.locator('a[data-case]').nth(1).waitFor();
      await page.keyboard.press('j');
      expect(await at()).toMatch(/\/cases\//);
      await close();
    },
    MINUTES,
  );

  test(
    'of very many kinds the smallest stand together, and the chart leaves none out',
    async () => {
      const { page, close } = await world.signedIn('staff-601');
      await page.route('**/v1/statistics?*', async (route) => {
        const body = (await (await route.fetch()).json()) as { to: string; filed: object[] };
        const of = { type: 'id-renewal', channel: 'c', office: 'riyadh-1', beneficiary: 'citizen', date: body.to };
        const filed = Array.from({ length: 10 }, (_, n) => ({ ...of, status: `S-${n}`, cases: 10 + n }));
        await route.fulfill({ json: { ...body, filed } });
      });
      await page.goto(`${world.url}/statistics`);
      await page.getByRole('radio', { name: 'Status' }).click({ force: true });
      const legend = page.locator('.legend li');
      await legend.filter({ hasText: 'All others' }).waitFor();
      const numbers = (await legend.locator('b').allInnerTexts()).map(Number);
      expect(numbers).toHaveLength(8);
      expect(numbers.reduce((sum, each) => sum + each, 0)).toBe(145);
      await close();
    },
    MINUTES,
  );

  test(
    'the numbers can be taken away as CSV',
    async () => {
      const { page, close } = await world.signedIn('staff-601');
      const taken = async (table: string): Promise<string> => {
        const [download] = await Promise.all([
          page.waitForEvent('download'),
          page.getByRole('button', { name: `Download CSV: ${table}` }).click(),
        ]);
        return readFileSync(await download.path(), 'utf8');
      };
      const filed = await taken('cases a day');
      expect(filed).toContain('date,type,channel,office,status,beneficiary,cases\r\n');
      expect(filed).toContain(',id-renewal,absher-individuals,riyadh-1,');
      expect(await taken('time to card')).toContain('from_hours,to_hours,cases\r\n0,1,');
      expect(await taken('waits')).toMatch(/\r\npayment,[^,]+,\d+,[\d.]+,[\d.]+\r\n/);
      expect(await taken('open cases')).toMatch(/\r\ncaseworker-decision,[^,]+,caseworker,\d+,0\r\n/);
      await close();
    },
    MINUTES,
  );

  test('the first page stays small', () => {
    const out = join(__dirname, '../../dist/console');
    const html = readFileSync(join(out, 'index.html'), 'utf8');
    const parts = [...html.matchAll(/(?:src|href)="\/console\/(assets\/[^"]+\.(?:js|css))"/g)].map(
      ([, part]) => part ?? '',
    );
    const bytes = [html, ...parts.map((part) => readFileSync(join(out, part)))].reduce(
      (sum, part) => sum + gzipSync(part).length,
      0,
    );
    // What one language is set in, in both weights; other letters are only read where they stand.
    const fonts = (letters: string): number =>
      readdirSync(join(out, 'assets'))
        .filter((file) => new RegExp(`-${letters}-\\d00-normal.*\\.woff2$`).test(file))
        .reduce((sum, file) => sum + statSync(join(out, 'assets', file)).size, 0);
    const kB = (size: number): string => `${(size / 1000).toFixed(0)} kB`;
    process.stdout.write(
      `console: first page ${kB(bytes)} gzipped of ${kB(MOST_BYTES)}; fonts besides: Latin ${kB(fonts('latin'))}, Arabic ${kB(fonts('arabic'))}\n`,
    );
    expect(parts.length).toBeGreaterThan(1);
    expect(bytes).toBeLessThan(MOST_BYTES);
    expect(fonts('latin')).toBeGreaterThan(0);
    expect(fonts('arabic')).toBeGreaterThan(0);
  });

  test(
    'a whole return and approval needs no mouse',
    async () => {
      const { id, number } = await world.renewal('doubt');
      await world.reach(id, 'IN_REVIEW');
      const { page, close } = await world.signedIn('staff-101');
      await page.goto(`${world.url}/cases/${id}`);
      await page.getByRole('button', { name: /^Claim/ }).waitFor();
      await page.keyboard.press('c');
      await page.locator('.claim.mine').waitFor();
      await tabTo(page, 'Return to the applicant');
      await page.keyboard.press('Enter');
      await page.getByRole('dialog').waitFor();
      await tabTo(page, 'The photo');
      await page.keyboard.press('Space');
      await tabTo(page, 'Reason');
      await page.keyboard.type('The background is grey.');
      await page.keyboard.press('Control+Enter');
      await page.locator('.status', { hasText: 'Returned to the applicant' }).first().waitFor();
      await world.act(await world.portal(), id, 'resubmit', { photo: await world.upload(number, 'doubt') });
      await page.getByRole('button', { name: /^Claim/ }).waitFor();
      // The applicant had the ball: the clock stood still meanwhile, and says so.
      await page.locator('.stops', { hasText: 'With the applicant' }).waitFor();
      await page.keyboard.press('c');
      await page.locator('.claim.mine').waitFor();
      await tabTo(page, 'Approve');
      await page.keyboard.press('Enter');
      await page.getByRole('dialog').locator('.preview q').waitFor();
      await tabTo(page, 'Approve', { exact: true });
      await page.keyboard.press('Enter');
      await page.locator('.status', { hasText: 'Completed' }).first().waitFor();
      await close();
    },
    MINUTES,
  );

  test(
    'what cannot be loaded is not said to be gone, and comes when it is asked for again',
    async () => {
      const { id } = await world.renewal('doubt');
      await world.reach(id, 'IN_REVIEW');
      await world.act(await world.staff('staff-102'), id, 'note', { reason: 'Looks like another person.' });
      const { page, close } = await world.signedIn('staff-101');
      await page.route(/\/(photo|reasons\/)/, (route) => route.abort());
      await page.goto(`${world.url}/cases/${id}`);
      await page.locator('.photo', { hasText: 'The photo could not be loaded' }).waitFor();
      await page.locator('.notes', { hasText: 'The words could not be read.' }).waitFor();
      await page.unroute(/\/(photo|reasons\/)/);
      await page.locator('.photo').getByRole('button', { name: 'Try again' }).click();
      await page.locator('.notes').getByRole('button', { name: 'Try again' }).click();
      await page.locator('.photo img').waitFor();
      await page.locator('.notes .said', { hasText: 'Looks like another person.' }).waitFor();
      await page.locator('.photo-button').click();
      await page.getByRole('dialog', { name: 'Photos side by side' }).locator('img').waitFor();
      await page.keyboard.press('Escape');

      // Gone is gone, and is no outage.
      await page.route(/\/photo/, (route) =>
        route.fulfill({
          status: 404,
          contentType: 'application/problem+json',
          body: JSON.stringify({ code: 'photo-not-kept' }),
        }),
      );
      await page.reload();
      await page.locator('.photo', { hasText: 'The photo is not kept any more' }).waitFor();
      await close();
    },
    MINUTES,
  );
});
