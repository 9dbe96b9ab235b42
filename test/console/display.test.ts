import { describeInBrowser } from './browser';
import { startConsoleWorld, type ConsoleWorld } from './console-world';

const MINUTES = 120_000;

describeInBrowser('what the console looks like and hears', () => {
  let world: ConsoleWorld;
  beforeAll(async () => {
    world = await startConsoleWorld();
  }, MINUTES);
  afterAll(() => world?.stop(), MINUTES);

  test(
    'the day in the calendar that the keys are at is outlined',
    async () => {
      const { page, close } = await world.signedIn('staff-601');
      await page.locator('.day-field button').first().focus();
      await page.keyboard.press('Enter');
      await page.keyboard.press('ArrowLeft');
      await page.locator('.day-cell[data-focus-visible]').waitFor();
      const outline = `getComputedStyle(document.querySelector('.day-cell[data-focus-visible]')).outlineStyle`;
      expect(await page.evaluate<string>(outline)).toBe('solid');
      await close();
    },
    MINUTES,
  );
});
