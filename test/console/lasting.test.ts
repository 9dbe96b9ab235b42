import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from 'playwright-core';
import { until } from '../support/until';
import { describeInBrowser, violations } from './browser';
import { startConsoleWorld, type ConsoleWorld } from './console-world';

const MINUTES = 480_000;

describeInBrowser('a console that is left open', () => {
  let world: ConsoleWorld;
  beforeAll(async () => {
    world = await startConsoleWorld();
  }, MINUTES);
  afterAll(() => world?.stop(), MINUTES);

  /** What a tab keeps of its session, changed, as the tab is opened anew with it. */
  const change = async (page: Page, changes: object): Promise<void> => {
    await page.evaluate(`{
      const kept = JSON.parse(sessionStorage.getItem('tajdid.session'));
      sessionStorage.setItem('tajdid.session', JSON.stringify({ ...kept, ...${JSON.stringify(changes)} }));
    }`);
    await page.reload();
  };
  const kept = async (page: Page): Promise<{ token: string; refresh: string }> =>
    JSON.parse(await page.evaluate<string>(`sessionStorage.getItem('tajdid.session')`)) as never;
  const signInAgain = async (page: Page, staff: string): Promise<void> => {
    await page.locator(`button[value="${staff}"]`).click();
    await page.locator('.shell').waitFor();
  };

  test(
    'a session goes on after its token has ended, in a tab that was duplicated too',
    async () => {
      const { page, troubles, close } = await world.signedIn('staff-101');
      const renewals: string[] = [];
      page.context().on('request', (request) => {
        if (request.url() === world.tokenUrl) renewals.push(request.postData() ?? '');
      });
      // Renewed before its end, by one of two tabs: once both are there, however long that takes.
      let bothAreThere = (): void => undefined;
      const both = new Promise<void>((resolve) => (bothAreThere = resolve));
      await page.context().route(world.tokenUrl, async (route) => {
        await both;
        await route.continue();
      });
      const soon = await world.staff('staff-101', 600);
      await change(page, { token: soon, until: Date.now() + 60_000, renewAt: Date.now() });
      await page.locator('.shell').waitFor();
      // As a duplicate is: with what this tab keeps of its session.
      const [tab] = await Promise.all([
        page.context().waitForEvent('page'),
        page.evaluate(
          `Object.assign(document.createElement('a'), { href: location.href, target: '_blank', rel: 'opener' }).click()`,
        ),
      ]);
      await tab.locator('.shell').waitFor();
      expect((await kept(tab)).token).toBe(soon);
      bothAreThere();
      for (const each of [page, tab])
        await until(
          () => kept(each),
          ({ token }) => token !== soon,
        );
      expect(await kept(tab)).toEqual(await kept(page));
      expect(renewals).toHaveLength(1);

      // One that has ended already, as after the machine slept, is renewed by the first request.
      const spent = await world.staff('staff-101', -60);
      await change(page, { token: spent, until: Date.now() - 60_000, renewAt: Date.now() + 3_600_000 });
      await page.locator('.tabs').waitFor();
      await page.keyboard.press('3');
      await page.getByText('Live').waitFor();
      expect((await kept(page)).token).not.toBe(spent);
      expect(await page.locator('.ending').count()).toBe(0);

      // And both go on working.
      for (const each of [page, tab]) {
        await each.reload();
        await each.getByText('Live').waitFor();
      }
      expect(troubles).toEqual([]);
      await close();
    },
    MINUTES,
  );

  test(
    'where nothing renews it a session says that it will end, and whoever signs in again finds what was chosen and done',
    async () => {
      const cases = await Promise.all([world.renewal('doubt'), world.renewal('doubt')]);
      for (const { id } of cases) await world.reach(id, 'IN_REVIEW');
      const { page, close } = await world.signedIn('staff-201');
      await page.goto(`${world.url}/team?list=all`);
      await page.locator('.pick thead input').check();
      await page.getByText('2 selected').waitFor();
      await change(page, { until: Date.now() + 100_000, renewAt: Date.now(), refresh: 'spent' });
      await page.getByText('Your session ends at').waitFor();
      expect(await violations(page)).toEqual([]);
      await page.getByRole('button', { name: 'Sign in again' }).click();
      await signInAgain(page, 'staff-201');
      expect(page.url()).toContain('/team');
      await page.getByText('2 selected').waitFor();
      expect(await page.locator('.ending').count()).toBe(0);

      await page.locator('.bulk-bar').getByRole('button', { name: 'Hold' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.locator('textarea').fill('The office moves.');
      await dialog.locator('.primary:enabled').click();
      const result = dialog.getByRole('cell', { name: 'Done', exact: true });
      await result.nth(1).waitFor();
      await dialog.getByRole('button', { name: 'Close' }).last().waitFor();
      await change(page, { token: 'spent', refresh: 'spent' });
      await page.getByText('Your session has ended').waitFor();
      await page.locator('.sign-in .button.primary').click();
      await signInAgain(page, 'staff-201');
      await result.nth(1).waitFor();
      await dialog.getByRole('button', { name: 'Close' }).last().click();
      await dialog.waitFor({ state: 'detached' });
      await page.reload();
      await page.locator('.load').waitFor();
      expect(await dialog.count()).toBe(0);
      await close();
    },
    MINUTES,
  );

  test(
    'whoever signs in again in time still has in hand what they had, and sends what they had begun',
    async () => {
      const { id } = await world.renewal('doubt');
      await world.reach(id, 'IN_REVIEW');
      const { page, close } = await world.signedIn('staff-101');
      await change(page, { until: Date.now() + 100_000, renewAt: Date.now(), refresh: 'spent' });
      await page.getByText('Your session ends at').waitFor();
      await page.goto(`${world.url}/cases/${id}`);
      await page.getByRole('button', { name: /^Claim/ }).click();
      await page.locator('.claim.mine').waitFor();
      await page.getByRole('button', { name: 'Return to the applicant' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByText('The photo', { exact: true }).click();
      await dialog.locator('textarea').fill('The background is grey.');
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'Sign in again' }).click();
      await signInAgain(page, 'staff-101');
      await page.locator('.claim.mine').waitFor();
      await page.getByRole('button', { name: 'Return to the applicant' }).click();
      expect(await dialog.locator('textarea').inputValue()).toBe('The background is grey.');
      await dialog.getByRole('button', { name: 'Return to the applicant' }).click();
      await world.reach(id, 'RETURNED');
      expect(await world.happened(id)).not.toContain('ClaimReleased');
      await close();
    },
    MINUTES,
  );

  test(
    'what was chosen for a reset is still chosen for whoever had to sign in again',
    async () => {
      await world.api.world.control.dials('card-bureau', { failNext: 100_000 });
      const { id } = await world.renewal('good');
      await world.reach(id, 'INCIDENT');
      const { page, close } = await world.signedIn('staff-401');
      await page.goto(`${world.url}/ops/cases/${id}`);
      const reset = page.locator('#reset');
      await reset.getByText('Reset to a step').click();
      await reset.getByText('Checking eligibility').click();
      await reset.locator('.effect-choice').first().getByText('Keep').click();
      await change(page, { token: 'spent', refresh: 'spent' });
      await page.locator('.sign-in .button.primary').click();
      await signInAgain(page, 'staff-401');
      await reset.getByText('Reset to a step').click();
      await reset.locator('.effect-choice').first().getByRole('radio', { name: 'Keep', checked: true }).waitFor();
      await close();
    },
    MINUTES,
  );

  test(
    'what is shown is not called live while the device has no connection',
    async () => {
      const { page, close } = await world.signedIn('staff-101');
      const live = page.locator('.live', { hasText: 'Live' });
      await live.waitFor();
      await page.context().setOffline(true);
      await page.locator('.live.off').waitFor();
      await page.context().setOffline(false);
      await live.waitFor();
      await close();
    },
    MINUTES,
  );

  test(
    'a stream on which nothing comes any more is not called live, and is opened again',
    async () => {
      // One that says that it is there and then never anything, as after a change of the network; and one that waits to be let in.
      const opened: ServerResponse[] = [];
      const hear = (res: ServerResponse): void => {
        res.writeHead(200, { 'content-type': 'text/event-stream' }).write(': still here\n\n');
      };
      const silent = createServer((_req, res) => {
        if (opened.push(res) === 1) hear(res);
      });
      await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
      const { page, close } = await world.signedIn('staff-101');
      try {
        await page.route('**/v1/work-queue/stream', (route) =>
          route.continue({ url: `http://127.0.0.1:${(silent.address() as AddressInfo).port}/` }),
        );
        await page.clock.install();
        await page.reload();
        const live = page.locator('.live', { hasText: 'Live' });
        await live.waitFor();
        await page.clock.fastForward(40_000);
        expect(await live.count()).toBe(1);
        await page.clock.fastForward(6_000);
        await page.locator('.live.off').waitFor();
        await until(
          () => Promise.resolve(opened.length),
          (count) => count === 2,
        );
        hear(opened[1]!);
        await live.waitFor();
      } finally {
        await close();
        silent.closeAllConnections();
        silent.close();
      }
    },
    MINUTES,
  );

  test(
    'a tab that nobody looks at holds no connection after a minute, and is read again when it is shown',
    async () => {
      const { id } = await world.renewal('doubt');
      await world.reach(id, 'IN_REVIEW');
      const [{ page, close }, colleague] = await Promise.all([
        world.signedIn('staff-101'),
        world.signedIn('staff-102'),
      ]);
      const hidden = (value: boolean): string => `{
        Object.defineProperty(document, 'hidden', { configurable: true, value: ${value} });
        document.dispatchEvent(new Event('visibilitychange'));
      }`;
      const streams: string[] = [];
      page.on('request', (request) => {
        if (request.url().endsWith('/stream')) streams.push(request.url());
      });
      await page.clock.install();
      await page.goto(`${world.url}/cases/${id}`);
      await page.locator('.live', { hasText: 'Live' }).waitFor();
      await colleague.page.goto(`${world.url}/cases/${id}`);
      const seen = colleague.page.locator('.viewers', { hasText: 'is looking' });
      await seen.waitFor();
      await page.evaluate(hidden(true));
      await page.clock.fastForward(40_000);
      expect(await seen.count()).toBe(1);
      const note = async (reason: string): Promise<void> => {
        await world.act(await world.staff('staff-102'), id, 'note', { reason });
      };
      await note('Still heard.');
      await page.locator('.notes .said', { hasText: 'Still heard.' }).waitFor();
      await page.clock.fastForward(21_000);
      await seen.waitFor({ state: 'detached' });
      await note('Written meanwhile.');
      await page.clock.fastForward(120_000);
      expect(streams).toHaveLength(1);
      await page.evaluate(hidden(false));
      await page.locator('.notes .said', { hasText: 'Written meanwhile.' }).waitFor();
      await seen.waitFor();
      expect(streams).toHaveLength(2);

      // One that was opened behind another waits until it is looked at.
      await page.addInitScript(hidden(true));
      await page.goto(`${world.url}/`);
      await page.locator(`a[data-case="${id}"]`).waitFor();
      const later = await world.renewal('doubt');
      await world.reach(later.id, 'IN_REVIEW');
      expect(streams).toHaveLength(2);
      await page.evaluate(hidden(false));
      await page.locator(`a[data-case="${later.id}"]`).waitFor();
      await Promise.all([close(), colleague.close()]);
    },
    MINUTES,
  );

  test(
    'what the queue was narrowed to is known after a reload and after signing in again',
    async () => {
      const [{ id: held }, { id: free }] = [await world.renewal('doubt'), await world.renewal('doubt')];
      for (const id of [held, free]) await world.reach(id, 'IN_REVIEW');
      await world.act(await world.staff('staff-102'), held, 'claim');
      const { page, close } = await world.signedIn('staff-101');
      await page.goto(`${world.url}/?type=family-registration`);
      await page.getByText('Nothing is waiting here').waitFor();
      await page.getByRole('link', { name: 'All cases' }).click();
      await page.locator(`a[data-case="${held}"]`).click();
      // The next one would be a renewal, and the queue was narrowed to others.
      const nothing = async (): Promise<void> => {
        await page.locator('.claim.other').waitFor();
        await page.keyboard.press('c');
        await page.locator('.toast', { hasText: 'There is no unclaimed case left.' }).waitFor();
        expect(await page.locator('.back').getAttribute('href')).toBe('/console/cases');
      };
      await page.locator('.claim.other').waitFor();
      await page.reload();
      await nothing();
      await change(page, { token: 'spent', refresh: 'spent' });
      await page.locator('.sign-in .button.primary').click();
      await signInAgain(page, 'staff-101');
      await nothing();
      expect(await world.happened(free)).not.toContain('CaseClaimed');
      // Whoever signs out leaves nothing of it.
      await page.getByRole('button', { name: 'Sign out' }).click();
      await page.locator('.sign-in').waitFor();
      expect(await page.evaluate<string>('JSON.stringify(sessionStorage)')).not.toContain('family-registration');
      await close();
    },
    MINUTES,
  );
});
