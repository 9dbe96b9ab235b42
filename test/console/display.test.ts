import type { Page } from 'playwright-core';
import { until } from '../support/until';
import { describeInBrowser } from './browser';
import { startConsoleWorld, type ConsoleWorld } from './console-world';

const MINUTES = 480_000;

/** Contrast of the border of what `selector` finds against the ground inside and outside of it: the lesser of both. */
const borderContrast = (page: Page, selector: string): Promise<number> =>
  page.evaluate<number>(`(() => {
    const at = document.querySelector(${JSON.stringify(selector)});
    const light = (colour) => {
      const [r, g, b] = colour.match(/[\\d.]+/g).map(Number).map((of) => of / 255)
        .map((of) => (of <= 0.04045 ? of / 12.92 : ((of + 0.055) / 1.055) ** 2.4));
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const ground = (of) => {
      const { backgroundColor } = getComputedStyle(of);
      return /, 0\\)|transparent/.test(backgroundColor) ? ground(of.parentElement) : backgroundColor;
    };
    const border = light(getComputedStyle(at).borderTopColor);
    const against = [ground(at), ground(at.parentElement)].map(light);
    return Math.min(...against.map((of) => (Math.max(of, border) + 0.05) / (Math.min(of, border) + 0.05)));
  })()`);

describeInBrowser('what the console looks like and hears', () => {
  let world: ConsoleWorld;
  beforeAll(async () => {
    world = await startConsoleWorld();
  }, MINUTES);
  afterAll(() => world?.stop(), MINUTES);

  const inReview = async (): Promise<string> => {
    const { id } = await world.renewal('doubt');
    await world.reach(id, 'IN_REVIEW');
    return id;
  };

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

  test(
    'keys of a single letter can be switched off, and the others go on',
    async () => {
      await inReview();
      const { page, close } = await world.signedIn('staff-101');
      await page.locator('a[data-case]').first().waitFor();
      const letters = async (choice: 'On' | 'Off'): Promise<void> => {
        await page.getByRole('button', { name: 'Display' }).click();
        await page.getByRole('radiogroup', { name: 'Letter keys' }).getByText(choice, { exact: true }).click();
        await page.keyboard.press('Escape');
        await page.getByRole('dialog').waitFor({ state: 'detached' });
      };
      await letters('Off');
      const before = page.url();
      for (const key of ['l', '1', '?', 'c', 'j']) await page.keyboard.press(key);
      expect(await page.locator('html').getAttribute('lang')).toBe('en');
      expect(await page.getByRole('dialog').count()).toBe(0);
      expect(await page.locator('.page kbd').count()).toBe(0);
      await page.keyboard.press('ArrowDown');
      expect(await page.evaluate('document.activeElement.dataset.case')).toBeTruthy();
      expect(page.url()).toBe(before);
      await page.getByRole('button', { name: 'Keyboard' }).click();
      const help = page.getByRole('dialog');
      await help.getByText('The keys of a single letter or digit are off', { exact: false }).waitFor();
      expect(await help.locator('kbd').allInnerTexts()).toEqual(['↓', '↑', 'Enter', 'Ctrl Enter', 'Ctrl Shift Enter']);
      await page.keyboard.press('Escape');
      await page.reload();
      await page.locator('a[data-case]').first().waitFor();
      await page.keyboard.press('l');
      expect(await page.locator('html').getAttribute('lang')).toBe('en');
      await letters('On');
      await page.keyboard.press('c');
      await page.locator('.claim.mine').waitFor();
      await close();
    },
    MINUTES,
  );

  test.each(['light', 'dark'] as const)(
    'boxes, choices and fields stand out from their ground three to one: %s',
    async (scheme) => {
      const id = await inReview();
      const { page, close } = await world.signedIn('staff-101', { scheme });
      await page.goto(`${world.url}/cases`);
      await page.locator('a[data-case]').first().waitFor();
      expect(await borderContrast(page, '.find input')).toBeGreaterThanOrEqual(3);
      expect(await borderContrast(page, '.filters select')).toBeGreaterThanOrEqual(3);
      await page.goto(`${world.url}/cases/${id}`);
      await page.getByRole('button', { name: /^Claim/ }).click();
      await page.getByRole('button', { name: 'Return to the applicant' }).click();
      await page.locator('.option').first().waitFor();
      expect(await borderContrast(page, '.option > i')).toBeGreaterThanOrEqual(3);
      expect(await borderContrast(page, '.field textarea')).toBeGreaterThanOrEqual(3);
      await close();
      const analyst = await world.signedIn('staff-601', { scheme });
      await analyst.page.locator('.day-box').first().waitFor();
      expect(await borderContrast(analyst.page, '.day-box')).toBeGreaterThanOrEqual(3);
      await analyst.close();
    },
    MINUTES,
  );

  test(
    'the chart goes dark with the device',
    async () => {
      await inReview();
      const { page, close } = await world.signedIn('staff-601');
      await page.locator('.chart canvas').waitFor();
      const drawn = (): Promise<boolean> =>
        page.evaluate<boolean>(`(() => {
          const wanted = getComputedStyle(document.querySelector('.legend i')).backgroundColor.match(/\\d+/g).map(Number);
          const canvas = document.querySelector('.chart canvas');
          const { data } = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height);
          for (let n = 0; n < data.length; n += 4)
            if (data[n] === wanted[0] && data[n + 1] === wanted[1] && data[n + 2] === wanted[2] && data[n + 3] === 255) return true;
          return false;
        })()`);
      expect(await until(drawn, Boolean)).toBe(true);
      await page.emulateMedia({ colorScheme: 'dark' });
      expect(await until(drawn, Boolean)).toBe(true);
      await close();
    },
    MINUTES,
  );

  test(
    'on a phone every action of a case is in sight, and nothing lies behind them at its end',
    async () => {
      const id = await inReview();
      const { page, close } = await world.signedIn('staff-201', { width: 390 });
      await page.goto(`${world.url}/cases/${id}`);
      await page.getByRole('button', { name: /^Claim/ }).click();
      await page.locator('.claim.mine').waitFor();
      const buttons = page.locator('.actions-row > *');
      expect(await buttons.count()).toBeGreaterThan(3);
      const boxes = await Promise.all((await buttons.all()).map((each) => each.boundingBox()));
      for (const box of boxes) {
        expect(box?.x).toBeGreaterThanOrEqual(0);
        expect((box?.x ?? 0) + (box?.width ?? 0)).toBeLessThanOrEqual(390);
        expect((box?.y ?? 0) + (box?.height ?? 0)).toBeLessThanOrEqual(860);
      }
      await page.evaluate('scrollTo(0, document.body.scrollHeight)');
      const last = await page.locator('.case-side > .panel').last().boundingBox();
      const bar = await page.locator('.actions').boundingBox();
      expect((last?.y ?? 0) + (last?.height ?? 0)).toBeLessThanOrEqual(bar?.y ?? 0);
      await page.getByRole('button', { name: 'Approve', exact: true }).click();
      await page.locator('.dialog-foot').getByText('Approve and take the next').waitFor();
      const modal = `document.querySelector('.modal')`;
      expect(await page.evaluate<boolean>(`${modal}.scrollWidth <= ${modal}.clientWidth`)).toBe(true);
      await close();
    },
    MINUTES,
  );

  test(
    'a case is approved and the next one taken by keys alone, each in one sheet',
    async () => {
      await Promise.all([inReview(), inReview()]);
      const { page, close } = await world.signedIn('staff-101');
      await page.locator('a[data-case]').first().waitFor();
      await page.keyboard.press('c');
      await page.locator('.claim.mine').waitFor();
      const first = page.url();
      const actions = page.locator('.actions-row button');
      expect(await actions.locator('kbd').allInnerTexts()).toEqual(['1', '2', '3', '4']);
      // What reads the page out says the action, and no key.
      await page.getByRole('button', { name: 'Approve', exact: true }).waitFor();
      await page.keyboard.press('2');
      await page.getByRole('dialog', { name: (await actions.nth(1).innerText()).replace(/\s*2$/, '') }).waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });
      await page.keyboard.press('1');
      await page.getByRole('dialog').getByText('Approve and take the next').waitFor();
      await page.keyboard.press('Control+Shift+Enter');
      await page.waitForURL((url) => String(url) !== first && url.pathname.includes('/cases/'));
      await page.locator('.claim.mine').waitFor();
      await world.reach(first.slice(first.lastIndexOf('/') + 1), 'COMPLETED');
      await page.keyboard.press('?');
      await page.getByRole('dialog').getByText('On a case: what can be done').waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('dialog').waitFor({ state: 'detached' });

      // Where nothing leads on, the same keys only send; and this one is approved without the next.
      const second = page.url();
      await page.keyboard.press('n');
      await page.getByRole('dialog').locator('textarea').fill('Seen by keys.');
      await page.keyboard.press('Control+Shift+Enter');
      await page.locator('.notes .said', { hasText: 'Seen by keys.' }).waitFor();
      expect(page.url()).toBe(second);
      await page.keyboard.press('1');
      await page.getByRole('dialog').getByRole('button', { name: 'Approve', exact: true }).waitFor();
      await page.keyboard.press('Control+Enter');
      await world.reach(second.slice(second.lastIndexOf('/') + 1), 'COMPLETED');
      expect(page.url()).toBe(second);
      await close();
    },
    MINUTES,
  );

  test(
    'many cases at once are sent by the same keys as one',
    async () => {
      const id = await inReview();
      const { page, close } = await world.signedIn('staff-202');
      await page.goto(`${world.url}/team?list=all`);
      const bar = page.getByRole('region', { name: 'With the selected' });
      const dialog = page.getByRole('dialog');
      await page
        .locator('.pick tbody tr', { has: page.locator(`a[data-case="${id}"]`) })
        .getByRole('checkbox')
        .check();
      await bar.getByRole('button', { name: 'Approve' }).press('Enter');
      await dialog.getByRole('button', { name: 'Do it for 1 case' }).and(page.locator(':enabled')).waitFor();
      await page.keyboard.press('Control+Enter');
      await dialog.getByText('Done', { exact: true }).waitFor();
      await page.keyboard.press('Escape');
      await dialog.waitFor({ state: 'detached' });
      await close();
    },
    MINUTES,
  );

  test(
    'what is chosen in one tab holds in all, and none writes over what another has chosen',
    async () => {
      const { page, close } = await world.signedIn('staff-101');
      const other = await page.context().newPage();
      await other.goto(`${world.url}/`);
      const scheme = (chosen: string): Promise<void> =>
        other.evaluate(`{
          const kept = JSON.parse(localStorage['tajdid.preferences']);
          localStorage['tajdid.preferences'] = JSON.stringify({ ...kept, scheme: '${chosen}' });
        }`);
      await scheme('dark');
      await page.locator('html[data-scheme=dark]').waitFor();
      await page.keyboard.press('l');
      await page.locator('html[lang=ar][data-scheme=dark]').waitFor();
      await other.locator('html[lang=ar][data-scheme=dark]').waitFor();
      expect(JSON.parse(await page.evaluate<string>(`localStorage['tajdid.preferences']`))).toMatchObject({
        language: 'ar',
        digits: 'arab',
        scheme: 'dark',
      });
      await close();
    },
    MINUTES,
  );
});
