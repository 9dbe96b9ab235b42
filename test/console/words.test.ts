import { describeInBrowser } from './browser';
import { startConsoleWorld, type ConsoleWorld } from './console-world';

const MINUTES = 120_000;

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
});
