import { addDays, riyadhDate } from '../../domain/time';
import { familiesIn, type Families, type Somebody } from '../support/families';
import { until } from '../support/until';
import { describeInBrowser, violations } from './browser';
import { startConsoleWorld, type ConsoleWorld } from './console-world';

const MINUTES = 120_000;

describeInBrowser('family cases in the console', () => {
  let world: ConsoleWorld;
  let families: Families;
  beforeAll(async () => {
    world = await startConsoleWorld();
    families = familiesIn(world.api.world);
  }, MINUTES);
  afterAll(() => world?.stop(), MINUTES);

  const on = addDays(riyadhDate(new Date().toISOString()), -4);

  async function birth(father: Somebody, mother: Somebody, nameAr: string): Promise<string> {
    const notice = await families.notice({ kind: 'birth', on, people: [father, mother] });
    const child = { nameAr, nameEn: 'Saud Khalid Alharbi', sex: 'M', birthPlaceAr: 'الرياض', birthPlaceEn: 'Riyadh' };
    return families.report(father, { event: 'birth', on, father: father.number, mother: mother.number, notice, child });
  }

  const reached = (id: string, status: string) =>
    until(
      () => world.view(id),
      (view) => view.status === status,
    );

  test(
    'a supervisor compares a report with what could be the same birth, sees the family, and decides',
    async () => {
      const [father, mother] = [
        await families.somebody(),
        await families.somebody({
          sex: 'F',
          birthDate: '1988-08-08',
          nameAr: 'نورة بنت سعد القحطاني',
          nameEn: 'Noura Saad Alqahtani',
        }),
      ];
      await families.ties(families.married(father, mother));
      const first = await birth(father, mother, 'سعود بن خالد الحربي');
      await families.approve(first);
      await reached(first, 'COMPLETED');
      const twin = await birth(father, mother, 'تركي بن خالد الحربي');
      await reached(twin, 'DUPLICATE_REVIEW');

      const { page, troubles, close } = await world.signedIn('staff-201');
      await page.goto(`${world.url}/cases/${twin}`);
      await page.locator('.compare').waitFor();
      await page.locator('.compare mark', { hasText: 'سعود بن خالد الحربي' }).waitFor();
      expect(await page.locator('.compare td.same').count()).toBe(4);
      expect(await page.locator('.kin').count()).toBe(3);
      expect(await page.locator('.tie.spouse').count()).toBe(1);
      expect(await violations(page)).toEqual([]);
      if (process.env.KEEP_SCREENSHOTS)
        await page.screenshot({ path: 'docs/images/console-duplicates-en.png', fullPage: true });
      await page.keyboard.press('l');
      await page.locator('h2', { hasText: 'قد تكون الواقعة نفسها' }).waitFor();
      if (process.env.KEEP_SCREENSHOTS)
        await page.screenshot({ path: 'docs/images/console-duplicates-ar.png', fullPage: true });
      await page.keyboard.press('l');

      await page.getByRole('button', { name: 'It is the same event' }).click();
      await page.getByRole('dialog').getByRole('radio').waitFor();
      await page.keyboard.press('Escape');
      await page.getByRole('button', { name: 'It is another event' }).click();
      await page.getByRole('dialog').locator('.preview', { hasText: 'In review' }).waitFor();
      await page.getByRole('dialog').locator('textarea').fill('Twins, says the hospital.');
      await page.getByRole('dialog').getByRole('button', { name: 'It is another event' }).click();
      await page.locator('.status', { hasText: 'In review' }).first().waitFor();
      await page.locator('.said', { hasText: 'Twins, says the hospital.' }).first().waitFor();
      expect(troubles).toEqual([]);
      await close();
    },
    MINUTES,
  );
});
