import type { Page } from 'playwright-core';
import { describeInBrowser, violations } from './browser';
import { startConsoleWorld, type ConsoleWorld } from './console-world';

const MINUTES = 240_000;

describeInBrowser('the sheet of a decision', () => {
  let world: ConsoleWorld;
  beforeAll(async () => {
    world = await startConsoleWorld();
  }, MINUTES);
  afterAll(() => world?.stop(), MINUTES);

  const claimed = async (page: Page): Promise<string> => {
    const { id } = await world.renewal('doubt');
    await world.reach(id, 'IN_REVIEW');
    await page.goto(`${world.url}/cases/${id}`);
    await page.getByRole('button', { name: /^Claim/ }).click();
    await page.locator('.claim.mine').waitFor();
    return id;
  };

  test(
    'keeps what was typed whichever way it is closed, until it is cleared',
    async () => {
      const { page, close } = await world.signedIn('staff-101');
      await claimed(page);
      const dialog = page.getByRole('dialog');
      const open = async (): Promise<void> => {
        await page.getByRole('button', { name: /^Return to the applicant/ }).click();
        await dialog.locator('textarea').waitFor();
      };
      await open();
      expect(await dialog.getByRole('button', { name: 'Clear' }).count()).toBe(0);
      await dialog.getByText('The photo', { exact: true }).click();
      await dialog.locator('textarea').fill('The background is grey.');
      for (const leave of ['Escape', 'Close', 'Cancel']) {
        if (leave === 'Escape') await page.keyboard.press(leave);
        else await dialog.getByRole('button', { name: leave }).click();
        await dialog.waitFor({ state: 'detached' });
        await open();
        expect(await dialog.locator('textarea').inputValue()).toBe('The background is grey.');
        expect(await dialog.getByRole('checkbox', { name: 'The photo' }).isChecked()).toBe(true);
      }
      await dialog.getByRole('button', { name: 'Clear' }).press('Enter');
      await dialog.getByRole('button', { name: 'Clear' }).waitFor({ state: 'detached' });
      expect(await dialog.locator('textarea').inputValue()).toBe('');
      expect(await dialog.getByRole('checkbox', { name: 'The photo' }).isChecked()).toBe(false);
      // The button that was pressed is gone, and the keys are still heard.
      await dialog.locator(':focus').waitFor();
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
      await open();
      expect(await dialog.locator('textarea').inputValue()).toBe('');
      await close();
    },
    MINUTES,
  );

  test(
    'says at the field what is missing, and leads there',
    async () => {
      const { page, close } = await world.signedIn('staff-101');
      await claimed(page);
      await page.getByRole('button', { name: /^Recommend rejection/ }).click();
      const dialog = page.getByRole('dialog');
      await dialog.locator('textarea').waitFor();
      await page.keyboard.press('Control+Enter');
      await dialog.getByRole('radiogroup').getByText('Choose one', { exact: true }).waitFor();
      await dialog.locator('[role=radiogroup] :focus').waitFor();
      expect(await violations(page)).toEqual([]);
      await page.keyboard.press('Space');
      await dialog.getByText('Choose one', { exact: true }).waitFor({ state: 'detached' });
      await page.keyboard.press('Control+Enter');
      await dialog.locator('.field-error', { hasText: 'At least three letters' }).waitFor();
      await dialog.locator('textarea:focus').waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: /^Return to the applicant/ }).click();
      await dialog.getByRole('button', { name: 'Return to the applicant' }).click();
      await dialog.getByText('Choose at least one', { exact: true }).waitFor();
      await dialog.locator('[role=group] :focus').waitFor();
      await close();
    },
    MINUTES,
  );

  test(
    'says how much still fits, before what is too long is cut off',
    async () => {
      const { page, close } = await world.signedIn('staff-101');
      await claimed(page);
      await page.getByRole('button', { name: /^Escalate/ }).click();
      const dialog = page.getByRole('dialog');
      await dialog.locator('textarea').fill('x'.repeat(1_700));
      expect(await dialog.locator('.room').count()).toBe(0);
      await dialog.locator('textarea').fill('x'.repeat(1_900));
      await dialog.locator('.room', { hasText: 'Characters left: 100' }).waitFor();
      await dialog.locator('textarea').fill('x'.repeat(2_000));
      await dialog.locator('.room', { hasText: 'No more than 2,000 characters fit' }).waitFor();
      expect(await violations(page)).toEqual([]);
      await close();
    },
    MINUTES,
  );

  test(
    'is done without a word of a lost connection, though the case closes at once',
    async () => {
      const { page, close } = await world.signedIn('staff-101');
      await claimed(page);
      await page.evaluate(`{
        window.said = [];
        new MutationObserver(() => {
          const text = document.querySelector('.case-title .live')?.textContent ?? '';
          if (text !== window.said.at(-1)) window.said.push(text);
        }).observe(document.body, { subtree: true, childList: true, characterData: true });
      }`);
      await page.keyboard.press('1');
      await page.getByRole('dialog').locator('.preview').waitFor();
      await page.keyboard.press('Control+Enter');
      await page.locator('.status', { hasText: 'Completed' }).first().waitFor();
      expect(await page.evaluate<string[]>('window.said')).not.toContain('Not connected. Trying again…');
      await close();
    },
    MINUTES,
  );

  test(
    'stands over evidence that keeps within its panel on a laptop',
    async () => {
      const { page, close } = await world.signedIn('staff-101', { width: 1280 });
      await claimed(page);
      await page.locator('.measures').waitFor();
      for (const width of [1125, 1200, 1280, 1366, 1440]) {
        await page.setViewportSize({ width, height: 800 });
        const ends = await page.evaluate<[number, number]>(`[
          document.querySelector('.measures').getBoundingClientRect().right,
          document.querySelector('.measures').closest('.panel').getBoundingClientRect().right,
        ]`);
        expect(ends[0]).toBeLessThan(ends[1]);
      }
      await close();
    },
    MINUTES,
  );

  test(
    'of many cases has its buttons in sight, however many there are',
    async () => {
      const { page, close } = await world.signedIn('staff-202');
      for (let n = 0; n < 4; n++) await world.reach((await world.renewal('doubt')).id, 'IN_REVIEW');
      await page.setViewportSize({ width: 1280, height: 480 });
      await page.goto(`${world.url}/team?list=all`);
      await page.locator('thead input[type=checkbox]').check();
      await page.getByRole('region', { name: 'With the selected' }).getByRole('button', { name: 'Reassign' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.locator('tbody tr').nth(3).waitFor();
      const foot = await dialog.getByText('Say whom to give them to.').boundingBox();
      expect((foot?.y ?? 999) + (foot?.height ?? 0)).toBeLessThan(480);
      await close();
    },
    MINUTES,
  );
});
