import { describeInBrowser } from './browser';
import { startConsoleWorld, type ConsoleWorld } from './console-world';

const MINUTES = 120_000;

describeInBrowser('the sheets of an operator', () => {
  let world: ConsoleWorld;
  beforeAll(async () => {
    world = await startConsoleWorld();
    // More requests than the bureau will be asked.
    await world.api.world.control.dials('card-bureau', { failNext: 100_000 });
    const { id } = await world.renewal('good');
    await world.reach(id, 'INCIDENT');
  }, MINUTES);
  afterAll(() => world?.stop(), MINUTES);

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
});
