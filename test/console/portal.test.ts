import { mkdtemp, rm } from 'node:fs/promises';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPortal } from '../../examples/portal/server';
import { DEVELOPMENT_SECRETS } from '../../sandbox/secrets';
import type { Page } from 'playwright-core';
import { describeInBrowser, violations, visitor } from './browser';
import { startConsoleWorld, type ConsoleWorld } from './console-world';

const MINUTES = 120_000;

describeInBrowser('the example portal', () => {
  let world: ConsoleWorld;
  let portal: Server;
  let url: string;
  let dir: string;
  beforeAll(async () => {
    world = await startConsoleWorld();
    dir = await mkdtemp(join(tmpdir(), 'tajdid-portal-'));
    const identityNumber = await world.api.person();
    portal = createPortal({
      apiUrl: world.api.url,
      tokenUrl: world.tokenUrl,
      clientId: 'absher-individuals',
      clientSecret: DEVELOPMENT_SECRETS.portalSecrets['absher-individuals'],
      people: () =>
        Promise.resolve([
          {
            identityNumber,
            name: { ar: 'سارة بنت عبدالله الأحمد', en: 'Sarah Alahmad' },
            kind: 'citizen',
            cardExpiresOn: '2026-12-10',
          },
        ]),
      casesFile: join(dir, 'cases.json'),
      sandbox: { url: world.api.world.sandboxUrl, secret: DEVELOPMENT_SECRETS.control },
    });
    await new Promise<void>((resolve) => portal.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(portal.address() as AddressInfo).port}/portal/`;
  }, MINUTES);
  afterAll(async () => {
    portal?.close();
    portal?.closeAllConnections();
    await world?.stop();
    if (dir) await rm(dir, { recursive: true });
  }, MINUTES);

  /** In both languages, and back to English. */
  const accessible = async (page: Page, picture?: string): Promise<void> => {
    for (const language of ['العربية', 'English']) {
      await page.getByRole('button', { name: language }).click();
      await page.locator(`html[dir=${language === 'English' ? 'ltr' : 'rtl'}]`).waitFor();
      await page.locator('main > *').first().waitFor();
      expect({ language, found: await violations(page) }).toEqual({ language, found: [] });
      if (process.env.KEEP_SCREENSHOTS && picture)
        await page.screenshot({ path: `docs/images/${picture}-${language === 'English' ? 'en' : 'ar'}.png` });
    }
  };

  test(
    'somebody renews with a bad photo, pays, mends it when it comes back, gets the card and rates the service',
    async () => {
      const { page, context, troubles } = await visitor(world.browser);
      await page.goto(url);
      await page.getByRole('button', { name: 'English' }).click();
      await accessible(page);
      await page.getByRole('button', { name: /Sarah Alahmad/ }).click();
      await page.locator('form').waitFor();
      await accessible(page);
      await page.getByText('Renewing before expiry costs no fine', { exact: false }).waitFor();
      await page.getByRole('button', { name: 'no face' }).click();
      await page.locator('form img').waitFor();
      expect(await violations(page)).toEqual([]);
      await page.getByRole('button', { name: 'Submit' }).click();
      await page.locator('#status').waitFor();
      await accessible(page);
      const [payment] = await Promise.all([
        context.waitForEvent('page'),
        page.getByRole('link', { name: 'Pay now' }).click(),
      ]);
      await payment.getByRole('button').click();
      await page.locator('[data-status=RETURNED]').waitFor();
      await accessible(page);
      await page.getByRole('button', { name: 'good' }).click();
      await page.getByRole('button', { name: 'Send another photo' }).click();
      await page.locator('[data-status=COMPLETED]').waitFor();
      await page.getByText('The case was closed').waitFor();
      await accessible(page, 'portal');
      await page.getByRole('button', { name: '5 of 5' }).click();
      await page.getByText('Thank you.').waitFor();
      expect(troubles).toEqual([]);
      // The token and its secret stay behind: the browser has a cookie that only says who is signed in.
      expect(JSON.stringify(await context.storageState())).not.toMatch(/eyJ|Bearer/);
      await context.close();
    },
    MINUTES,
  );
});
