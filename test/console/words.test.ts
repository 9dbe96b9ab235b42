import { describeInBrowser } from './browser';
import { startConsoleWorld, type ConsoleWorld } from './console-world';

const MINUTES = 480_000;

describeInBrowser('what the console says, and what it asks for', () => {
  let world: ConsoleWorld;
  let id: string;
  beforeAll(async () => {
    world = await startConsoleWorld();
    ({ id } = await world.renewal('doubt'));
    await world.reach(id, 'IN_REVIEW');
  }, MINUTES);
  afterAll(() => world?.stop(), MINUTES);

  test(
    'an identity number typed where a case is audited goes into no address and no request',
    async () => {
      const { page, close } = await world.signedIn('staff-401');
      const asked: string[] = [];
      page.on('request', (request) => asked.push(decodeURIComponent(request.url())));
      await page.goto(`${world.url}/ops/audit`);
      const find = page.locator('form.find');
      await find.locator('input').fill('١٠٠٠٠٠٠٠٠٨');
      await find.getByRole('button', { name: 'Verify' }).click();
      await page.getByText('An identity number is not looked up here', { exact: false }).waitFor();
      expect(page.url()).toMatch(/\/ops\/audit$/);
      await find.locator('input').fill('whoever');
      await page.keyboard.press('Enter');
      await page.getByText('There is no such case').waitFor();
      expect(page.url()).toMatch(/\/ops\/audit$/);
      await page.goto(`${world.url}/ops/audit?case=1000000008`);
      await find.waitFor();
      expect(asked.filter((url) => /\/v1\/.*(1000000008|١٠٠٠٠٠٠٠٠٨|whoever)/.test(url))).toEqual([]);
      await find.locator('input').fill(` ${id.toUpperCase()}`);
      await page.keyboard.press('Enter');
      await page.locator('.verdict-line.good').waitFor();
      expect(page.url()).toContain(`case=${id}`);
      await close();
    },
    MINUTES,
  );

  test(
    'a day of another year says so: when a case was filed, and what became of a retry',
    async () => {
      const old = (await world.renewal('doubt')).id;
      await world.reach(old, 'IN_REVIEW');
      const text = `UPDATE cases SET filed_at = filed_at - interval '400 days' WHERE case_id = $1`;
      await world.api.world.database.from('case').query({ text, values: [old] });
      const caseworker = await world.signedIn('staff-101');
      await caseworker.page.goto(`${world.url}/cases`);
      const filed = (of: string) => caseworker.page.locator(`a[data-case="${of}"] .row-filed`);
      expect(await filed(old).innerText()).toMatch(/^\d+\s\D+\s14\d\d\sAH$/);
      expect(await filed(id).innerText()).toMatch(/^\d+\s\D+$/);
      expect(
        await caseworker.page.evaluate<boolean>(
          `[...document.querySelectorAll('.row-filed')].every((of) => of.scrollWidth <= of.clientWidth)`,
        ),
      ).toBe(true);
      await caseworker.close();

      const { page, close } = await world.signedIn('staff-401');
      const at = '2024-03-05T09:00:00.000Z';
      const actor = { id: 'staff-402', role: 'operator' };
      const retry = {
        id: 'old',
        kind: 'retry',
        actor,
        scope: {},
        perSecond: 1,
        reason: 'Mended.',
        reasonRef: null,
        createdAt: at,
        startedAt: at,
        endedAt: at,
        counts: { moved: 1 },
        acts: [{ what: 'created', actor, at }],
      };
      const item = {
        caseId: id,
        version: 1,
        step: 'print',
        source: 'card-bureau',
        code: 'http-503',
        state: 'moved',
        detail: null,
        askedAt: at,
        endedAt: at,
      };
      await page.route('**/v1/ops/retries/old', (route) => route.fulfill({ json: retry }));
      await page.route('**/v1/ops/retries/old/items', (route) =>
        route.fulfill({ json: { items: [item], next: null } }),
      );
      await page.goto(`${world.url}/ops/retries/old`);
      expect(await page.locator('.results tbody td').last().innerText()).toMatch(/1445\sAH \d+:\d\d/);
      expect(await page.locator('.act time').first().innerText()).toMatch(/1445\sAH \d+:\d\d/);
      await close();
    },
    MINUTES,
  );

  test(
    'the log of a case calls a portal by its name',
    async () => {
      const { page, close } = await world.signedIn('staff-401');
      await page.goto(`${world.url}/ops/cases/${id}`);
      const filed = page.locator('.log li').last();
      await filed.getByText('Applicant Absher Individuals', { exact: false }).waitFor();
      expect(await page.locator('.log').innerText()).not.toContain('absher-individuals');
      await close();
    },
    MINUTES,
  );

  test(
    'Arabic keeps its grammar: a nationality, several rules, and what takes two hours or two days',
    async () => {
      const caseworker = await world.signedIn('staff-101', { language: 'ar' });
      await caseworker.page.goto(`${world.url}/cases/${id}`);
      await caseworker.page.locator('dd', { hasText: /^سعودية · (ذكر|أنثى)$/ }).waitFor();
      await caseworker.page.locator('.decision summary').nth(1).waitFor();
      const rules = await caseworker.page.locator('.decision summary').allInnerTexts();
      expect(rules).toEqual([expect.stringMatching(/^القواعد \([٠-٩]{2}\)$/), 'القاعدة (١)']);
      await caseworker.close();

      const { page, close } = await world.signedIn('staff-601', { language: 'ar' });
      await page.route('**/v1/statistics?*', async (route) => {
        const answer = await route.fetch();
        const found = (await answer.json()) as object;
        const waitsSpent = [
          { what: 'review', text: { ar: 'مراجعة', en: 'Review' }, hours: 2, waits: 3, medianHours: 2 },
        ];
        const timeToCard = { medianHours: 48, p90Hours: 2, buckets: [{ upTo: 2, cases: 1 }] };
        await route.fulfill({ response: answer, json: { ...found, waitsSpent, timeToCard } });
      });
      await page.reload();
      const figure = (label: string) => page.locator('.figures div', { hasText: label }).locator('dd').innerText();
      await page.locator('.figures').waitFor();
      expect([await figure('نصف البطاقات خلال'), await figure('تسع من عشر خلال')]).toEqual(['يومين', 'ساعتين']);
      const shown = await page.locator('main').innerText();
      expect(shown).toContain('نصفها خلال ساعتين');
      expect(shown).toContain('أقل من ساعتين');
      expect(shown).toContain('ساعتان');
      await page.getByRole('radio', { name: 'الوضع' }).waitFor({ state: 'attached' });
      await close();
    },
    MINUTES,
  );
});
