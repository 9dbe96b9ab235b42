import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer, request, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPortal } from '../../examples/portal/server';
import { payingByHand } from '../../examples/portal/trying-out';
import { samplePortrait } from '../../demo/portraits';
import { DEVELOPMENT_SECRETS } from '../../sandbox/secrets';
import type { BrowserContext, Page } from 'playwright-core';
import { CasePage } from '../../api/cases/schemas';
import { inDays } from '../support/families';
import { aPerson } from '../support/people';
import { describeInBrowser, violations, visitor } from './browser';
import { startConsoleWorld, type ConsoleWorld } from './console-world';
import { listening } from '../support/listening';

const MINUTES = 480_000;

describeInBrowser('the example portal', () => {
  let world: ConsoleWorld;
  let portal: Server;
  let url: string;
  let dir: string;
  /** As which the portal calls the API. */
  const client = () => ({
    tokenUrl: world.tokenUrl,
    clientId: 'absher-individuals',
    clientSecret: DEVELOPMENT_SECRETS.portalSecrets['absher-individuals'],
  });
  beforeAll(async () => {
    world = await startConsoleWorld();
    const card = { type: 'national-id', issuedOn: '2016-12-01', expiresOn: inDays(14) } as const;
    const unhoused = aPerson('160000002', { card, address: null });
    await world.api.world.enrol([unhoused]);
    dir = await mkdtemp(join(tmpdir(), 'tajdid-portal-'));
    const people = [
      {
        identityNumber: await world.api.person(),
        name: { ar: 'سارة بنت عبدالله الأحمد', en: 'Sarah Alahmad' },
      },
      { identityNumber: await world.api.person(), name: { ar: 'سعاد بنت حسن الفهد', en: 'Suad Alfahad' } },
      { identityNumber: unhoused.number, name: { ar: 'محمد بن عبدالله الأحمد', en: 'Mohammed Alahmad' } },
    ];
    portal = createPortal({
      apiUrl: world.api.url,
      ...client(),
      people: () => Promise.resolve(people),
      casesFile: join(dir, 'cases.json'),
      beforeFiling: payingByHand(world.api.world.sandboxUrl, DEVELOPMENT_SECRETS.control),
    });
    url = `${(await listening(portal)).url}/portal/`;
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

  /** Filed with this photo, and paid on the gateway's own page. */
  const fileAndPay = async (page: Page, context: BrowserContext, photo: string): Promise<void> => {
    await page.getByRole('button', { name: photo, exact: true }).click();
    await page.locator('form img').waitFor();
    await page.getByRole('button', { name: 'Submit' }).click();
    await page.locator('#status').waitFor();
    const [payment] = await Promise.all([
      context.waitForEvent('page'),
      page.getByRole('link', { name: 'Pay now' }).click(),
    ]);
    await payment.getByRole('button').click();
    await payment.close();
  };

  test(
    'somebody renews with a bad photo, pays, mends it when it comes back, gets the card and rates the service once',
    async () => {
      const { page, context, troubles } = await visitor(world.browser);
      await page.goto(url);
      await page.getByRole('button', { name: 'English' }).click();
      await accessible(page);
      await page.getByRole('button', { name: /Sarah Alahmad/ }).click();
      await page.locator('form').waitFor();
      await accessible(page, 'portal-cost');
      await page.getByText('If you renew today').waitFor();
      await page.locator('.later', { hasText: 'with the late renewal fine of SAR 100.00' }).waitFor();
      const before = await page.locator('.card p').last().innerText();
      await page.getByRole('button', { name: 'no face', exact: true }).click();
      await page.locator('form img').waitFor();
      // Another language takes nothing of what was chosen.
      await accessible(page);
      await page.locator('form img').waitFor();
      await fileAndPay(page, context, 'no face');
      await page.locator('[data-status=RETURNED]').waitFor();
      await page.locator('.items', { hasText: 'another photo' }).waitFor();
      await accessible(page);
      // One that fails again at once comes back as it was asked for first: nothing is chosen yet.
      const send = page.getByRole('button', { name: 'Send what was asked' });
      await page.getByRole('button', { name: 'no face', exact: true }).click();
      await page.locator('form img:visible').waitFor();
      await send.click();
      await page.locator('.happened li', { hasText: 'The application was resubmitted' }).waitFor();
      await page.locator('form img:visible').waitFor({ state: 'detached' });
      expect(await send.isDisabled()).toBe(true);
      await page.getByRole('button', { name: 'good', exact: true }).click();
      await page.getByRole('button', { name: 'Send what was asked' }).click();
      await page.locator('[data-status=COMPLETED]').waitFor();
      await page.getByText('The case was closed').waitFor();
      // A case takes days: the hour alone would not say when.
      expect(await page.locator('.happened time').first().innerText()).toMatch(/20\d\d/);
      // The new card is there, and nothing to apply for.
      await page.locator('.card p', { hasText: /expires in [\d,]{4,} days/ }).waitFor();
      expect(await page.locator('.card p').last().innerText()).not.toBe(before);
      expect(await page.getByRole('button', { name: 'Apply again' }).count()).toBe(0);
      await accessible(page, 'portal');
      await page.getByRole('button', { name: '5 of 5' }).click();
      await page.getByText('Thank you.').waitFor();
      await page.reload();
      await page.getByText('Thank you.').waitFor();
      expect(await page.locator('.rating').count()).toBe(0);
      expect(troubles).toEqual([]);
      // The token and its secret stay behind: the browser has a cookie that only says who is signed in.
      expect(JSON.stringify(await context.storageState())).not.toMatch(/eyJ[\w-]+\.|Bearer/);
      await context.close();
    },
    MINUTES,
  );

  test(
    'each way of delivery has its own price, and who has no national address is asked to collect the card',
    async () => {
      const { page, context, troubles } = await visitor(world.browser);
      await page.goto(url);
      await page.getByRole('button', { name: 'English' }).click();
      const open = async (name: RegExp): Promise<void> => {
        await page.getByRole('button', { name }).click();
        await page.locator('form').waitFor();
      };
      const courier = page.getByLabel('To my national address');
      const pickup = page.getByLabel('I collect it at office Riyadh 1');
      const total = page.locator('.amounts dd').last();
      await open(/Suad Alfahad/);
      expect(await courier.isChecked()).toBe(true);
      const delivered = await total.innerText();
      await page.getByText('Delivery charge').waitFor();
      await pickup.check();
      await page.getByText('Free', { exact: true }).waitFor();
      expect(await page.getByText('Delivery charge').count()).toBe(0);
      await courier.check();
      await page.getByText('Delivery charge').waitFor();
      expect(await total.innerText()).toBe(delivered);

      await page.getByRole('button', { name: 'Somebody else' }).click();
      await open(/Mohammed Alahmad/);
      expect(await courier.isDisabled()).toBe(true);
      expect(await pickup.isChecked()).toBe(true);
      await page.locator('form', { hasText: /national address/ }).waitFor();
      expect(await page.getByText('Delivery charge').count()).toBe(0);
      await accessible(page);
      await page.getByRole('button', { name: 'good', exact: true }).click();
      await page.getByRole('button', { name: 'Submit' }).click();
      await page.locator('[data-status=READY_FOR_PICKUP], [data-status=COMPLETED]').first().waitFor();
      expect(troubles).toEqual([]);
      await context.close();
    },
    MINUTES,
  );

  test(
    'a picture that is too large is refused in the page before it is sent, and by the server in words of its own',
    async () => {
      const { page, context } = await visitor(world.browser);
      await page.goto(url);
      await page.getByRole('button', { name: 'English' }).click();
      await page.getByRole('button', { name: /Suad Alfahad/ }).click();
      await page.locator('form').waitFor();
      const large = Buffer.alloc(9 * 1024 * 1024);
      await page.locator('input[type=file]').setInputFiles({ name: 'me.jpg', mimeType: 'image/jpeg', buffer: large });
      await page.getByRole('alert').getByText('has 9 MB').waitFor();
      expect(await page.getByRole('button', { name: 'Submit' }).isDisabled()).toBe(true);
      expect(await violations(page)).toEqual([]);
      await page.getByRole('button', { name: 'good', exact: true }).click();
      await page.getByRole('alert').waitFor({ state: 'detached' });

      const answer = await context.request.post(`${url}api/renew?delivery=courier`, {
        headers: { 'x-portal': '1' },
        data: large,
      });
      expect([answer.status(), await answer.json()]).toMatchObject([413, { code: 'photo-too-large' }]);
      await context.close();
    },
    MINUTES,
  );

  test(
    'an application whose answer was lost is sent again as it was, under a key that names nobody',
    async () => {
      const keys: unknown[] = [];
      /** The API, of whose answers to filings the first one is lost. */
      const between = createServer((req, res) => {
        const to = request(
          `${world.api.url}${req.url}`,
          { method: req.method ?? 'GET', headers: req.headers },
          (from) => {
            if (req.method === 'POST' && req.url === '/v1/cases' && keys.push(req.headers['idempotency-key']) === 1)
              return void from.resume().on('end', () => res.destroy());
            res.writeHead(from.statusCode ?? 500, from.headers);
            from.pipe(res);
          },
        );
        req.pipe(to);
      });
      const files = join(dir, 'lost.json');
      const identityNumber = await world.api.person();
      const lossy = createPortal({
        apiUrl: (await listening(between)).url,
        ...client(),
        people: () => Promise.resolve([{ identityNumber, name: { ar: 'سعاد', en: 'Suad' } }]),
        casesFile: files,
      });
      try {
        const at = `${(await listening(lossy)).url}/portal/api`;
        const signedIn = await fetch(`${at}/sign-in?person=0`, { method: 'POST', headers: { 'x-portal': '1' } });
        const headers = { 'x-portal': '1', cookie: signedIn.headers.get('set-cookie')?.split(';')[0] ?? '' };
        const renew = async (photo: 'good' | 'doubt'): Promise<Response> =>
          fetch(`${at}/renew?delivery=courier`, { method: 'POST', headers, body: await samplePortrait(photo) });
        expect((await renew('doubt')).status).toBe(502);
        const answer = await renew('good');
        expect(answer.status).toBe(201);
        const { id } = (await answer.json()) as { id: string };
        const me = (await (await fetch(`${at}/case`, { headers })).json()) as { id: string };
        expect(me.id).toBe(id);
        expect(keys).toEqual([keys[0], keys[0]]);
        expect(String(keys[0])).not.toContain(String(identityNumber));
        expect(await readFile(files, 'utf8')).not.toContain(keys[0]);
      } finally {
        for (const each of [lossy, between]) {
          each.close();
          each.closeAllConnections();
        }
      }
    },
    MINUTES,
  );

  test(
    'what a caseworker asks for again is asked for in their words, and cancelling says first what goes back',
    async () => {
      const { page, context, troubles } = await visitor(world.browser);
      await page.goto(url);
      await page.getByRole('button', { name: 'English' }).click();
      await page.getByRole('button', { name: /Suad Alfahad/ }).click();
      await page.locator('form').waitFor();
      await fileAndPay(page, context, 'doubtful');
      await page.locator('[data-status=IN_REVIEW]').waitFor();
      const { items } = (await world.api.call('GET', '/v1/cases?status=IN_REVIEW', { token: await world.portal() })).as(
        CasePage,
      );
      const id = items[0]?.id ?? '';
      const noura = await world.staff('staff-101');
      await world.act(noura, id, 'claim');
      await world.act(noura, id, 'return', { items: ['delivery'], reason: 'The courier does not reach your street.' });
      await page.locator('blockquote', { hasText: 'The courier does not reach your street.' }).waitFor();
      await page.locator('.wait', { hasText: /until [^.]+\. Otherwise: The case expires; / }).waitFor();
      expect(await page.locator('form input[type=file]').count()).toBe(0);
      await page.getByLabel('I collect it at office Riyadh 1').check();
      await accessible(page, 'portal-returned');
      expect(await page.getByLabel('I collect it at office Riyadh 1').isChecked()).toBe(true);
      // What costs otherwise is another application; what was chosen stays, and the page says what to do.
      await page.getByRole('button', { name: 'Send what was asked' }).click();
      await page.getByText('Courier and pickup cost differently', { exact: false }).waitFor();
      await page.getByRole('radio').first().check();
      await page.getByRole('button', { name: 'Send what was asked' }).click();
      await page.locator('[data-status=IN_REVIEW]').waitFor();

      await page.getByRole('button', { name: 'Cancel the application' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByText(/^SAR [\d.]+ goes back to you\.$/).waitFor();
      expect(await violations(page)).toEqual([]);
      await dialog.getByRole('button', { name: 'No, keep it' }).click();
      expect((await world.view(id)).status).toBe('IN_REVIEW');
      await page.getByRole('button', { name: 'Cancel the application' }).click();
      await dialog.getByRole('button', { name: 'Cancel the application' }).click();
      await page.locator('[data-status=CANCELLED]').waitFor();
      await page.reload();
      await page.locator('[data-status=CANCELLED]').waitFor();
      expect(await page.locator('.rating').count()).toBe(0);
      await page.getByRole('button', { name: 'Apply again' }).click();
      await page.getByText('If you renew today').waitFor();
      expect(troubles).toEqual([]);
      await context.close();
    },
    MINUTES,
  );

  test(
    'a page that is open while the portal begins anew, and knows nobody any more, asks who one is',
    async () => {
      const { id, number } = await world.renewal('doubt');
      await world.reach(id, 'IN_REVIEW');
      const casesFile = join(dir, 'anew.json');
      await writeFile(casesFile, JSON.stringify({ cases: { [number]: [id] }, rated: [], unanswered: {} }));
      const begun = (): Server =>
        createPortal({
          apiUrl: world.api.url,
          ...client(),
          people: () => Promise.resolve([{ identityNumber: number, name: { ar: 'سعاد', en: 'Suad' } }]),
          casesFile,
        });
      const portals = [begun(), begun()] as const;
      const end = (each: Server): void => {
        each.close();
        each.closeAllConnections();
      };
      const { page, context } = await visitor(world.browser);
      try {
        const at = await listening(portals[0]);
        await page.goto(`${at.url}/portal/`);
        await page.getByRole('button', { name: 'English' }).click();
        await page.getByRole('button', { name: 'Suad' }).click();
        await page.locator('[data-status=IN_REVIEW]').waitFor();
        end(portals[0]);
        await new Promise<void>((resolve) => portals[1].listen(at.port, '127.0.0.1', resolve));
        await page.getByText('Who are you?').waitFor();
      } finally {
        await context.close();
        portals.forEach(end);
      }
    },
    MINUTES,
  );
});
