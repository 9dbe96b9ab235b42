import { createServer } from 'node:http';
import type { Page } from 'playwright-core';
import type { IdentityNumber } from '../../domain/identity-number';
import { listening } from '../support/listening';
import { until } from '../support/until';
import { describeInBrowser, violations } from './browser';
import { type ConsoleWorld, shown, startConsoleWorld } from './console-world';

const MINUTES = 480_000;

describeInBrowser('the sheets of an operator', () => {
  let world: ConsoleWorld;
  let broken: string;
  let number: IdentityNumber;
  beforeAll(async () => {
    world = await startConsoleWorld();
    // More requests than the bureau will be asked.
    await world.api.world.control.dials('card-bureau', { failNext: 100_000 });
    const filed = await world.renewal('good');
    broken = filed.id;
    number = filed.number;
    await world.reach(broken, 'INCIDENT');
  }, MINUTES);
  afterAll(() => world?.stop(), MINUTES);

  const propose = async (): Promise<string> => {
    const value = await world.upload(number, 'doubt');
    const reason = 'The applicant uploaded twice.';
    await world.act(await world.staff('staff-401'), broken, 'repair', { field: 'photo', value, reason });
    return value;
  };
  const decide = (page: Page, how: 'Agree' | 'Decline') =>
    page.getByRole('button', { name: how, exact: true }).first().click();

  test(
    'as many of the chosen cases as one retry takes are retried, and of the rest it is said that they are not',
    async () => {
      const { page, close } = await world.signedIn('staff-401');
      await page.route('**/v1/ops/incident-cases*', async (route) => {
        const response = await route.fetch();
        const { items } = (await response.json()) as { items: { caseId: string }[] };
        const others = Array.from({ length: 1_004 }, (_, n) => ({
          ...items[0],
          caseId: `rnw_${String(n).padStart(26, '0')}`,
        }));
        await route.fulfill({ response, json: { items: [...items, ...others], next: null } });
      });
      const sent: { cases: string[] }[] = [];
      page.on('request', (request) => {
        if (request.url().includes('/v1/ops/retr')) sent.push(request.postDataJSON() as { cases: string[] });
      });
      await page.locator('.incident-cause').first().click();
      const dialog = page.getByRole('dialog');
      await page.locator('.incident-cases thead input').check();
      await page.getByRole('button', { name: 'Retry the selected' }).click();
      await dialog.getByText('One retry takes 1,000 cases by name. Left out: 5 cases').waitFor();
      await dialog.getByText('1 case would be retried').waitFor();
      expect(sent.map(({ cases }) => cases.length)).toEqual([1_000]);
      await page.keyboard.press('Escape');
      await close();
    },
    MINUTES,
  );

  test(
    'a sheet is sent by Ctrl and Enter and closed by Escape, after trouble too, and the arrows walk along what is listed',
    async () => {
      const { page, close } = await world.signedIn('staff-401');
      const dialog = page.getByRole('dialog');
      await page.locator('.incident-cause').first().waitFor();
      await page.keyboard.press('ArrowDown');
      expect(await page.evaluate('document.activeElement.className')).toBe('incident-cause');

      // Each sheet: opened, sent by the keys with nothing to reach, and left by Escape.
      const leaves = async (open: () => Promise<void>): Promise<void> => {
        await open();
        await dialog.locator('textarea').fill('It is not well.');
        await page.context().setOffline(true);
        await dialog.locator('textarea').press('Control+Enter');
        await dialog.getByRole('alert').waitFor();
        await page.context().setOffline(false);
        await page.keyboard.press('Escape');
        await dialog.waitFor({ state: 'detached' });
      };
      await leaves(async () => {
        await page.locator('.incident-do .button').first().click();
        await dialog.getByText('1 case would be retried').waitFor();
      });
      await page.keyboard.press('4');
      await leaves(() => page.getByRole('button', { name: 'Look now' }).click());
      await propose();
      const second = await world.signedIn('staff-402');
      await second.page.goto(`${world.url}/ops/repairs`);
      const sheet = second.page.getByRole('dialog');
      await decide(second.page, 'Decline');
      await sheet.locator('textarea').fill('No');
      await sheet.locator('textarea').press('Control+Enter');
      await sheet.getByText('At least three letters').waitFor();
      await sheet.locator('textarea').fill('It was uploaded once.');
      await sheet.locator('textarea').press('Control+Enter');
      await sheet.waitFor({ state: 'detached' });
      await second.page.getByText('No repair waits for a second person').waitFor();
      await second.close();
      await close();
    },
    MINUTES,
  );

  test(
    'whoever decides a repair reads what it changes, what has happened since, and that somebody else has decided it',
    async () => {
      const value = await propose();
      const second = await world.signedIn('staff-402');
      await second.page.goto(`${world.url}/ops/cases/${broken}`);
      await decide(second.page, 'Agree');
      const dialog = second.page.getByRole('dialog');
      await dialog.locator('mark', { hasText: value }).waitFor();
      await dialog.getByText('The reference of the photo').waitFor();
      await dialog.locator('textarea').fill('I have seen both uploads.');
      // A colleague writes a note, of which the page hears while the sheet is open.
      await world.act(await world.staff('staff-201'), broken, 'note', { reason: 'Seen by the office.' });
      await second.page.locator('.log').getByText('A note was added').waitFor();
      await dialog.getByRole('button', { name: 'Agree' }).click();
      await dialog.getByRole('alert').getByText('A note was added', { exact: false }).waitFor();
      expect(await violations(second.page)).toEqual([]);

      // Two others have the list of repairs open, and one of them decides.
      const third = await world.signedInAs('staff-202', ['operator']);
      await third.page.goto(`${world.url}/ops/repairs`);
      await third.page.getByText(shown(broken)).waitFor();
      await decide(third.page, 'Agree');
      const other = third.page.getByRole('dialog');
      await other.locator('mark', { hasText: value }).waitFor();
      await other.locator('textarea').fill('So have I.');
      await dialog.getByRole('button', { name: 'Seen, do it all the same' }).click();
      await dialog.waitFor({ state: 'detached' });

      await other.getByRole('alert').getByText('This repair waits no more').waitFor();
      await other.getByRole('alert').getByText('repaired', { exact: false }).waitFor();
      expect(await other.locator('textarea').inputValue()).toBe('So have I.');
      expect(await other.getByRole('button', { name: 'Agree' }).isDisabled()).toBe(true);
      expect(await violations(third.page)).toEqual([]);
      await third.page.keyboard.press('Escape');
      await other.waitFor({ state: 'detached' });
      await second.close();
      await third.close();
    },
    MINUTES,
  );

  test.each([
    { what: 'incidents', at: '/ops', read: '/v1/ops/incidents' },
    { what: 'the cases of a cause', at: '/ops/group?source=card-bureau', read: '/v1/ops/incident-cases' },
    { what: 'repairs', at: '/ops/repairs', read: '/v1/ops/repairs' },
  ])(
    'however steadily $what change, each reading comes to its end',
    async ({ at, read }) => {
      const changes = createServer((_req, res) => {
        res.writeHead(200, { 'content-type': 'text/event-stream' });
        const timer = setInterval(() => res.write('data: {}\n\n'), 100);
        res.on('close', () => clearInterval(timer));
      });
      const { url } = await listening(changes);
      const { page, close } = await world.signedIn('staff-401');
      try {
        const readings = { finished: 0, broken: 0 };
        await page.route('**/v1/work-queue/stream', (route) => route.continue({ url }));
        await page.route(`**${read}*`, async (route) => {
          await new Promise((answered) => setTimeout(answered, 2_000));
          await route.continue().catch(() => undefined);
        });
        await page.goto(world.url + at);
        await page.locator('.live', { hasText: 'Live' }).waitFor();
        page.on('requestfinished', (request) => (readings.finished += request.url().includes(read) ? 1 : 0));
        page.on('requestfailed', (request) => (readings.broken += request.url().includes(read) ? 1 : 0));
        await until(
          () => Promise.resolve(readings.finished),
          (count) => count > 1,
        );
        expect(readings.broken).toBe(0);
      } finally {
        await close();
        changes.close();
        changes.closeAllConnections();
      }
    },
    MINUTES,
  );
});
