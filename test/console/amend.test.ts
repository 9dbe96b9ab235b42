import type { Page } from 'playwright-core';
import { addDays, riyadhDate } from '../../domain/time';
import { familiesIn, supervisor2, type Families, type Somebody } from '../support/families';
import { reportBirth } from '../support/reported-births';
import { describeInBrowser, violations } from './browser';
import { startConsoleWorld, type ConsoleWorld } from './console-world';

const MINUTES = 480_000;

describeInBrowser('the entry of a registered birth', () => {
  let world: ConsoleWorld;
  let families: Families;
  beforeAll(async () => {
    world = await startConsoleWorld();
    families = familiesIn(world.api.world);
  }, MINUTES);
  afterAll(() => world?.stop(), MINUTES);

  const on = addDays(riyadhDate(new Date().toISOString()), -4);

  async function registered(): Promise<{ caseId: string; father: Somebody; mother: Somebody }> {
    const born = await reportBirth(families, on);
    await families.approve(born.caseId);
    await world.reach(born.caseId, 'COMPLETED');
    return born;
  }

  test(
    'is corrected by a supervisor from its page, in either language and by keys alone, and waits for another',
    async () => {
      const { caseId, mother } = await registered();
      const rightFather = await families.somebody({ nameAr: 'فهد بن سعد الدوسري', nameEn: 'Fahad Aldosari' });
      const { page, troubles, close } = await world.signedIn('staff-201');
      await page.goto(`${world.url}/cases/${caseId}`);
      await page.getByRole('button', { name: 'Amend the entry' }).press('Enter');
      const sheet = page.getByRole('dialog');
      await sheet.getByRole('radio', { name: 'A correction: something else is to stand' }).waitFor();
      await sheet.getByRole('button', { name: 'Ask for it' }).press('Enter');
      await sheet.getByText('Choose one').waitFor();
      await sheet.getByRole('radio', { name: 'A correction: something else is to stand' }).press('Space');
      await sheet.getByLabel('Identity number of somebody whom the entry concerns').fill(mother.number);
      await sheet.locator('textarea').fill('The hospital named another man.');
      await sheet.getByRole('button', { name: 'Ask for it' }).press('Enter');
      await sheet.getByText('Nothing would change').waitFor();

      // What was begun is still there after a reload, in the other language too.
      await sheet.getByLabel('Identity number of the father, if it is another').fill('1234');
      await page.reload();
      await sheet.getByRole('button', { name: 'Ask for it' }).press('Enter');
      await sheet.getByRole('alert').waitFor();
      await sheet.getByLabel('Identity number of the father, if it is another').fill(rightFather.number);
      await sheet.getByLabel('Name of the child in English').fill('Saud Alharbi');
      expect(await violations(page)).toEqual([]);
      await page.keyboard.press('Escape');
      await sheet.waitFor({ state: 'hidden' });
      await page.keyboard.press('l');
      await page.getByRole('button', { name: 'تعديل القيد' }).press('Enter');
      await sheet.getByRole('radio', { name: 'تصحيح: يقوم غيره مقامه' }).waitFor();
      expect(await violations(page)).toEqual([]);
      await sheet.getByRole('button', { name: 'طلب التعديل' }).press('Enter');

      await page.locator('.status', { hasText: 'بانتظار التأكيد' }).first().waitFor();
      const amendment = new URL(page.url()).pathname.split('/').at(-1) ?? '';
      expect(amendment).toMatch(/^amd_/);
      expect(await world.happened(amendment)).toContain('AmendmentPrepared');
      for (const changed of ['المولود', 'الأب'])
        await page.locator('.sources tr.differs', { hasText: changed }).first().waitFor();
      expect(troubles.filter((trouble) => !trouble.includes('422'))).toEqual([]);

      // What was corrected is what the sheet begins with from then on.
      await families.act(amendment, supervisor2, 'confirm');
      await page.locator('.status', { hasText: 'مكتمل' }).first().waitFor();
      await page.goto(`${world.url}/cases/${caseId}`);
      await page.getByRole('button', { name: 'تعديل القيد' }).press('Enter');
      await sheet.getByRole('radio', { name: 'تصحيح: يقوم غيره مقامه' }).press('Space');
      expect(await sheet.getByLabel('اسم المولود بالإنجليزية').inputValue()).toBe('Saud Alharbi');
      await close();
    },
    MINUTES,
  );

  test(
    'is amended once, though the answer was lost and the page loaded again',
    async () => {
      const { caseId, mother } = await registered();
      const { page, close } = await world.signedIn('staff-201');
      await page.goto(`${world.url}/cases/${caseId}`);
      await page.getByRole('button', { name: 'Amend the entry' }).click();
      const sheet = page.getByRole('dialog');
      await sheet.locator('label', { hasText: 'A revocation: nothing is to stand' }).click();
      await sheet.getByLabel('Identity number of somebody whom the entry concerns').fill(mother.number);
      await sheet.locator('textarea').fill('There was no such birth.');
      await page.route(
        '**/v1/cases',
        async (route) => {
          await route.fetch();
          await route.abort('connectionreset');
        },
        { times: 1 },
      );
      await sheet.getByRole('button', { name: 'Ask for it' }).click();
      await sheet.getByText('No connection', { exact: false }).waitFor();
      await page.reload();
      await sheet.getByRole('button', { name: 'Ask for it' }).click();
      await page.locator('.status', { hasText: 'Awaiting confirmation' }).first().waitFor();
      await close();
    },
    MINUTES,
  );

  test(
    'leads to the amendment that is open: to one that was changed after its answer was lost, and to that of another',
    async () => {
      const { caseId, mother } = await registered();
      const { page, close } = await world.signedIn('staff-201');
      const ask = async (by: Page, why: string): Promise<void> => {
        await by.goto(`${world.url}/cases/${caseId}`);
        await by.getByRole('button', { name: 'Amend the entry' }).click();
        await by.getByRole('dialog').locator('label', { hasText: 'A revocation: nothing is to stand' }).click();
        await by.getByLabel('Identity number of somebody whom the entry concerns').fill(mother.number);
        await by.getByRole('dialog').locator('textarea').fill(why);
        await by.getByRole('dialog').getByRole('button', { name: 'Ask for it' }).click();
      };
      await page.route(
        '**/v1/cases',
        async (route) => {
          await route.fetch();
          await route.abort('connectionreset');
        },
        { times: 1 },
      );
      await ask(page, 'There was no such birth.');
      const sheet = page.getByRole('dialog');
      await sheet.getByText('No connection', { exact: false }).waitFor();
      await sheet.locator('textarea').fill('There was no such birth, says the hospital.');
      await sheet.getByRole('button', { name: 'Ask for it' }).click();
      await sheet.getByText('An amendment that you asked for is open already', { exact: false }).waitFor();

      const other = await world.signedIn('staff-202');
      await ask(other.page, 'There was no such birth.');
      const refused = other.page.getByRole('dialog');
      await refused.getByText('Another amendment of this entry is open').waitFor();
      await refused.getByRole('link', { name: /^Record amendment/ }).waitFor();
      await other.close();

      await sheet.getByRole('link', { name: /^Record amendment/ }).click();
      await page.locator('.said', { hasText: 'There was no such birth.' }).waitFor();
      await page.locator('.status', { hasText: 'Awaiting confirmation' }).first().waitFor();
      await close();
    },
    MINUTES,
  );

  test(
    'is revoked from there too, once; to a caseworker the sheet is not offered',
    async () => {
      const { caseId, mother } = await registered();
      const { page, close } = await world.signedIn('staff-201');
      const asked = async (): Promise<void> => {
        await page.goto(`${world.url}/cases/${caseId}`);
        await page.getByRole('button', { name: 'Amend the entry' }).click();
        const sheet = page.getByRole('dialog');
        await sheet.locator('label', { hasText: 'A revocation: nothing is to stand' }).click();
        await sheet.getByLabel('Identity number of somebody whom the entry concerns').fill(mother.number);
        await sheet.locator('textarea').fill('There was no such birth.');
        await sheet.getByRole('button', { name: 'Ask for it' }).click();
      };
      await asked();
      await page.locator('.status', { hasText: 'Awaiting confirmation' }).first().waitFor();
      await asked();
      await page.getByRole('dialog').getByText('An amendment that you asked for is open already').waitFor();
      await close();

      const caseworker = await world.signedIn('staff-102');
      await caseworker.page.goto(`${world.url}/cases/${caseId}`);
      await caseworker.page.locator('.kin').first().waitFor();
      expect(await caseworker.page.getByRole('button', { name: 'Amend the entry' }).count()).toBe(0);
      await caseworker.close();
    },
    MINUTES,
  );

  test(
    'is drawn on a phone with those in sight whom it is about',
    async () => {
      const { caseId } = await registered();
      for (const language of ['en', 'ar'] as const) {
        const { page, close } = await world.signedIn('staff-201', { width: 320, language });
        await page.goto(`${world.url}/cases/${caseId}`);
        await page.locator('.kin.named').first().waitFor();
        const offCentre = `(() => {
          const middle = (boxes) => (Math.min(...boxes.map(({ left }) => left)) + Math.max(...boxes.map(({ right }) => right))) / 2;
          const boxOf = (element) => element.getBoundingClientRect();
          return Math.abs(middle([...document.querySelectorAll('.kin.named')].map(boxOf)) - middle([boxOf(document.querySelector('.tree'))]));
        })()`;
        expect(await page.evaluate<number>(offCentre)).toBeLessThan(3);
        await close();
      }
    },
    MINUTES,
  );
});
