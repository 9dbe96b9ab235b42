import { join } from 'node:path';
import type { Page } from 'playwright-core';
import type { IdentityNumber } from '../../domain/identity-number';
import { instant } from '../../domain/time';
import { newKeyPair, signHead } from '../../ops/audit';
import { until } from '../support/until';
import { describeInBrowser, otherDigits, violations, type Look } from './browser';
import { type ConsoleWorld, shown, startConsoleWorld } from './console-world';

const MINUTES = 480_000;
const IMAGES = join(__dirname, '../../docs/images');
/** Longer than the steps of a case take. */
const SLOW = { timeout: 120_000 };
/** More requests than the bureau will be asked: it answers 503 until it is said to be well again. */
const OUT_OF_ORDER = { failNext: 100_000 };

const SHOWN = new Set([
  'incidents-ar',
  'incidents-en',
  'incidents-en-dark-phone',
  'retry-ar',
  'retry-en',
  'why-ar',
  'reset-en',
]);
/** `KEEP_SCREENSHOTS=1` renews the pictures in the documentation; otherwise the pages are only looked at. */
const picture = async (page: Page, name: string): Promise<void> => {
  if (process.env.KEEP_SCREENSHOTS && SHOWN.has(name))
    await page.screenshot({ path: join(IMAGES, `console-${name}.png`) });
};

const fits = (page: Page): Promise<boolean> =>
  page.evaluate<boolean>('document.documentElement.scrollWidth <= document.documentElement.clientWidth');

describeInBrowser('operating from the console', () => {
  let world: ConsoleWorld;
  let broken: string[];
  let numbers: IdentityNumber[];
  beforeAll(async () => {
    world = await startConsoleWorld();
    const { control } = world.api.world;
    await control.dials('courier', OUT_OF_ORDER);
    const undelivered = await Promise.all([1, 2].map(() => world.renewal('good')));
    for (const { id } of undelivered) await world.reach(id, 'PRINTED');
    await control.dials('card-bureau', OUT_OF_ORDER);
    const cases = await Promise.all([1, 2, 3, 4].map(() => world.renewal('good')));
    broken = cases.map(({ id }) => id);
    numbers = cases.map(({ number }) => number);
    for (const { id } of [...undelivered, ...cases]) await world.reach(id, 'INCIDENT');
  }, MINUTES);
  afterAll(() => world?.stop(), MINUTES);

  const check = async (page: Page, name: string): Promise<void> => {
    await page.evaluate('document.fonts.ready');
    expect({ name, found: await violations(page) }).toEqual({ name, found: [] });
    expect({ name, fits: await fits(page) }).toEqual({ name, fits: true });
    expect({ name, digits: await otherDigits(page) }).toEqual({ name, digits: [] });
    await picture(page, name);
  };

  const LOOKS: readonly Look[] = [
    { language: 'ar' },
    { language: 'en', scheme: 'dark', width: 390 },
    { language: 'ar', digits: 'latn' },
  ];

  test.each(LOOKS)(
    'nothing serious keeps anybody from using its pages: %j',
    async (look) => {
      const name = (page: string): string =>
        `${page}-${look.language}${look.scheme === 'dark' ? '-dark' : ''}${look.width ? '-phone' : ''}${look.digits ?? ''}`;
      const { page, troubles, close } = await world.signedIn('staff-401', look);
      await page.locator('.incident-group').nth(1).waitFor();
      await check(page, name('incidents'));
      await page.locator('.incident-do .button').first().click();
      await page.locator('.retry-preview tbody tr').nth(3).waitFor();
      await check(page, name('retry-preview'));
      await page.keyboard.press('Escape');
      await page.locator('.remedy .button').first().click();
      await page.locator('.runbook li').first().waitFor();
      await check(page, name('runbook'));
      await page.keyboard.press('Escape');
      await page.locator('.incident-cause').first().click();
      await page.locator('.incident-cases tbody tr').nth(3).waitFor();
      await page.locator('.incident-cases thead input').check();
      await check(page, name('group'));
      await page.locator('.incident-cases tbody a').first().click();
      await page.locator('.why-body').waitFor();
      await check(page, name('why'));
      await page.locator('#repair summary').click();
      await page.locator('#reset summary').click();
      await page.locator('#repair .option').first().click();
      await page.locator('#reset .option').first().click();
      await page.locator('.effect-choice').first().waitFor();
      await check(page, name('mend'));
      for (const [tab, ready] of [
        ['retries', '.empty'],
        ['repairs', '.empty'],
        ['stalls', '.empty'],
        ['versions', '.case-versions tbody tr'],
        ['doctor', '.finding'],
        ['acts', '.empty'],
      ] as const) {
        await page.goto(`${world.url}/ops/${tab}`);
        await page.locator(ready).first().waitFor();
        await check(page, name(tab));
      }
      await page.goto(`${world.url}/ops/audit?case=${broken[0]}`);
      await page.locator('.verdict-line.good').waitFor();
      await check(page, name('audit'));
      await page.goto(`${world.url}/ops/cases/rnw_gone`);
      await page.locator('.empty').waitFor();
      expect(troubles).toEqual([]);
      await close();
    },
    MINUTES,
  );

  test(
    'the section is for operators alone',
    async () => {
      const { page, close } = await world.signedIn('staff-101');
      await page.locator('.tabs').waitFor();
      expect(await page.getByRole('link', { name: 'Operations' }).count()).toBe(0);
      await page.goto(`${world.url}/ops`);
      await page.getByText('This page is not for your role').waitFor();
      await close();
    },
    MINUTES,
  );

  test(
    'a reset is refused until each effect is kept or taken back, and then proves that the ledgers agree',
    async () => {
      const id = broken[0] ?? '';
      const { page, close } = await world.signedIn('staff-401');
      await page.goto(`${world.url}/ops/cases/${id}`);
      const reset = page.locator('#reset');
      await reset.getByText('Reset to a step').click();
      await reset.getByText('Checking eligibility').click();
      await reset.locator('textarea').fill('The photo was judged by a rule that was wrong.');
      await reset.getByRole('button', { name: 'Reset the case' }).click();
      await reset.getByRole('alert').getByText('Not yet: choose for each effect', { exact: false }).waitFor();
      expect((await world.view(id)).status).toBe('INCIDENT');
      await picture(page, 'reset-en');
      for (const effect of await reset.locator('.effect-choice').all()) await effect.getByText('Keep').click();
      await reset.getByRole('button', { name: 'Reset the case' }).click();
      await page.locator('.proof').getByText('The case stands before the step', { exact: false }).waitFor(SLOW);
      await page.locator('.proof').getByText('The ledgers agree').waitFor(SLOW);
      await page.reload();
      await page.locator('.proof').getByText('The ledgers agree').waitFor(SLOW);
      const paid = await world.api.world.control.ledger('payments', id);
      expect(paid.filter(({ type }) => type === 'captured')).toHaveLength(1);
      await close();
    },
    MINUTES,
  );

  test(
    'whoever decides reads at an incident whose fault it is, and no code',
    async () => {
      // The one that was reset meets the same outage again.
      await world.reach(broken[0] ?? '', 'INCIDENT');
      const { page, close } = await world.signedIn('staff-101', { language: 'ar' });
      await page.goto(`${world.url}/cases/${broken[0]}`);
      await page.locator('.wait-incident', { hasText: 'مكتب طباعة البطاقات' }).waitFor();
      expect(await page.locator('.wait-incident').innerText()).not.toMatch(/http-|[a-z]{4,}/);
      expect(await violations(page)).toEqual([]);
      await close();
    },
    MINUTES,
  );

  test(
    'a fact that a decision rested on is repaired by two people',
    async () => {
      const id = broken[1] ?? '';
      const photo = await world.upload(numbers[1]!, 'doubt');
      const first = await world.signedIn('staff-401');
      await first.page.goto(`${world.url}/ops/cases/${id}`);
      const repair = first.page.locator('#repair');
      await repair.getByText('Repair a fact').click();
      await repair.getByText('The reference of the photo').click();
      await repair.locator('input[name=value]').fill(photo);
      await repair.locator('textarea').fill('The applicant uploaded twice.');
      // Meanwhile a colleague writes a note: the page says what changed before it is done.
      await world.act(await world.staff('staff-201'), id, 'note', { reason: 'Seen by the office.' });
      await repair.getByRole('button', { name: 'Propose' }).click();
      await repair.getByRole('alert').getByText('The case changed while you were looking').waitFor();
      await repair.getByRole('alert').getByText('A note was added', { exact: false }).waitFor();
      await repair.getByRole('button', { name: 'Seen, do it all the same' }).click();
      await repair.getByText('Waits for a second person').waitFor();
      await repair.getByText('somebody else has to agree', { exact: false }).waitFor();
      expect(await repair.getByRole('button', { name: 'Agree' }).count()).toBe(0);

      const second = await world.signedIn('staff-402');
      await second.page.goto(`${world.url}/ops/repairs`);
      await second.page.getByText(shown(id)).waitFor();
      await second.page.getByRole('button', { name: 'Agree' }).click();
      const dialog = second.page.getByRole('dialog');
      await dialog.getByRole('button', { name: 'Agree' }).click();
      await dialog.getByText('At least three letters').waitFor();
      await dialog.locator('textarea').fill('I have seen both uploads.');
      await check(second.page, 'agree-en');
      await dialog.getByRole('button', { name: 'Agree' }).click();
      await second.page.getByText('No repair waits for a second person').waitFor();
      // The one who proposed sees it happen.
      await repair.getByText(photo).waitFor();
      await first.page.locator('.log').getByText('FactRepaired', { exact: true }).waitFor();
      await first.close();
      await second.close();
    },
    MINUTES,
  );

  test(
    'an incident is shown by its cause, previewed, retried, and proven to have moved',
    async () => {
      const { control } = world.api.world;
      const { page, close } = await world.signedIn('staff-401');
      // The bureau is out of order still, so the one that was reset comes back, and the page hears of it.
      const group = page.locator('.incident-group', { hasText: 'Card bureau answers 503: 4 cases since' });
      await group.waitFor(SLOW);
      await check(page, 'incidents-en');
      // For one of them the bureau stays out of reach.
      await control.script(broken[3] ?? '', { down: ['card-bureau'] });
      await control.dials('card-bureau', {});
      await control.dials('courier', {});

      await group.getByRole('button', { name: 'Retry 4 cases' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByText('4 cases would be retried').waitFor();
      expect(await dialog.locator('tbody tr').count()).toBe(4);
      await dialog.locator('input').fill('0.5');
      await dialog.getByText('Takes 8s at least', { exact: false }).waitFor();
      await dialog.getByRole('button', { name: 'Start the retry' }).click();
      await dialog.getByText('At least three letters').waitFor();
      await dialog.locator('textarea').fill('The bureau is back.');
      await page.context().setOffline(true);
      await dialog.getByRole('button', { name: 'Start the retry' }).click();
      await dialog.getByRole('alert').getByText('cannot start it twice', { exact: false }).waitFor();
      expect(await dialog.locator('textarea').inputValue()).toBe('The bureau is back.');
      await page.context().setOffline(false);
      await dialog.getByRole('button', { name: 'Start the retry' }).click();

      const steer = async (how: string, why: string): Promise<void> => {
        await page.getByRole('button', { name: how, exact: true }).click();
        await dialog.locator('textarea').fill(why);
        await dialog.getByRole('button', { name: how, exact: true }).click();
        await dialog.waitFor({ state: 'detached' });
      };
      await steer('Stop', 'Too many at once.');
      await page.getByText('Stopped').first().waitFor();
      expect(page.url()).toContain('/ops/retries/op_');
      await page.reload();
      await page.getByText('The bureau is back.').waitFor();
      await check(page, 'retry-stopped-en');
      await steer('Go on', 'The bureau says so.');
      await page.locator('.result.moved').nth(2).waitFor(SLOW);
      // What fails again has its own tries first, with pauses that grow.
      await page.getByText('1 case did not move: still among the incidents.').waitFor(SLOW);
      expect(await page.locator('.result.failed-again').count()).toBe(1);
      expect(await page.getByRole('progressbar').getAttribute('aria-valuenow')).toBe('4');
      await check(page, 'retry-en');
      const arabic = await world.signedIn('staff-402', { language: 'ar' });
      await arabic.page.goto(page.url());
      await arabic.page.locator('.result.moved').nth(2).waitFor();
      await check(arabic.page, 'retry-ar');
      await arabic.page.goto(`${world.url}/ops/retries`);
      await arabic.page.locator('.retries .row').waitFor();
      await check(arabic.page, 'retries-list-ar');
      await arabic.close();
      // The one whose photo was repaired is past the step that failed, and its photo is judged anew.
      await world.reach(broken[1] ?? '', 'IN_REVIEW');
      for (const id of [broken[0], broken[2]]) await world.reach(id ?? '', 'COMPLETED');

      // What is still stuck is retried by itself, from its own page.
      await control.script(broken[3] ?? '', {});
      await page.goto(`${world.url}/ops/cases/${broken[3]}`);
      await page.getByRole('button', { name: 'Retry this case' }).click();
      await dialog.locator('textarea').fill('Its own fault is mended.');
      await dialog.getByRole('button', { name: 'Start the retry' }).click();
      await page.getByText('Every case has moved past its step.').waitFor(SLOW);
      await world.reach(broken[3] ?? '', 'COMPLETED');
      await close();
    },
    MINUTES,
  );

  test(
    'a silent wait is found by looking now, and who runs what is counted',
    async () => {
      const { id } = await world.renewal('doubt');
      await world.reach(id, 'IN_REVIEW');
      await world.api.world.client.workflow.getHandle(id).terminate('lost');
      const { page, close } = await world.signedIn('staff-401');
      await page.locator('.operator').waitFor();
      await page.keyboard.press('4');
      await page.getByRole('button', { name: 'Look now' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.locator('textarea').fill('The engine was restored.');
      await dialog.locator('input[name="silent-for"]').fill('soon');
      await dialog.getByRole('button', { name: 'Look now' }).click();
      expect(await dialog.locator('input[name="silent-for"]').getAttribute('aria-invalid')).toBe('true');
      await dialog.locator('input[name="silent-for"]').fill('٩٠');
      await dialog.getByRole('button', { name: 'Look now' }).click();
      await page.getByText('Open, but no workflow runs').waitFor(SLOW);
      await page.getByText(shown(id)).waitFor();
      await check(page, 'stalls-found-en');
      await page.keyboard.press('1');
      await page.locator('.silent').getByText('Open, but no workflow runs: 1 case since', { exact: false }).waitFor();
      await check(page, 'incidents-silent-en');
      await page.keyboard.press('5');
      await page.locator('.case-versions').getByText(shown(id)).waitFor();
      await page
        .getByRole('button', { name: /renewal/i })
        .first()
        .click();
      await page.locator('.case-versions').getByText(shown(id)).waitFor();
      expect(page.url()).toContain('type=id-renewal');

      const { runId } = (await world.api.world.engine.view(id))!;
      await page.keyboard.press('4');
      await page.getByText(shown(id)).click();
      await page.getByRole('button', { name: 'Begin again from its log' }).click();
      await dialog.locator('textarea').fill('It does not fit the code.');
      await check(page, 'restart-en');
      await dialog.getByRole('button', { name: 'Begin again from its log' }).click();
      await page.getByText('It goes on from its log.').waitFor(SLOW);
      expect((await world.api.world.engine.view(id))?.runId).not.toBe(runId);
      await close();
    },
    MINUTES,
  );

  test(
    'the whole log is audited and held against a signed head, a version is promoted and ramped, and who did it is on record',
    async () => {
      const { world: system, deps } = world.api;
      const version = (buildId: string) => ({ deploymentName: deps.ops.deployment, buildId });
      const workers = await Promise.all(['v-one', 'v-two'].map((each) => system.startWorker(version(each))));
      const { page, close } = await world.signedIn('staff-401', { language: 'ar' });
      try {
        await page.locator('.operator').waitFor();
        await page.keyboard.press('6');
        await page.getByRole('button', { name: 'تدقيق السجل كله' }).click();
        await page.getByText('كل السلاسل سليمة').waitFor(SLOW);
        const { privateKey, publicKey } = newKeyPair();
        const head = await signHead(deps.ops.audit, privateKey, instant(Date.now()), () => undefined);
        const file = (name: string, text: string) => ({
          name,
          mimeType: 'application/octet-stream',
          buffer: Buffer.from(text),
        });
        const checked = async (said: string): Promise<void> => {
          await page.getByRole('button', { name: 'تحقق', exact: true }).last().click();
          await page.getByText(said, { exact: false }).waitFor(SLOW);
        };
        await checked('اختر الملفين.');
        await page.locator('#head-file').setInputFiles(file('head.json', JSON.stringify(head)));
        await page.locator('#key-file').setInputFiles(file('head.key', privateKey));
        await checked('هذا الملف ليس مفتاحًا عامًا');
        await page.locator('#key-file').setInputFiles(file('head.pub', newKeyPair().publicKey));
        await checked('لم تُوقَّع البصمة بهذا المفتاح');
        await page.locator('#key-file').setInputFiles(file('head.pub', publicKey));
        await checked('كل ما قبل البصمة كما كان عند توقيعها');
        await check(page, 'audit-whole-ar');

        await page.keyboard.press('5');
        const row = (buildId: string) => page.locator('tr', { has: page.locator('th bdi', { hasText: buildId }) });
        await until(
          async () => {
            await page.getByRole('button', { name: 'اقرأ من جديد' }).click();
            return row('v-two').count();
          },
          (count) => count > 0,
        );
        const dialog = page.getByRole('dialog');
        const inDialog = async (button: string, why: string): Promise<void> => {
          await dialog.locator('textarea').fill(why);
          await dialog.getByRole('button', { name: button }).click();
          await dialog.waitFor({ state: 'detached', ...SLOW });
        };
        await row('v-one').getByRole('button', { name: 'اعتماده حاليًا' }).click();
        await dialog.getByRole('button', { name: 'اعتماده حاليًا' }).click();
        await dialog.getByText('ثلاثة أحرف على الأقل', { exact: false }).waitFor();
        await inDialog('اعتماده حاليًا', 'أول إصدار');
        await row('v-one').getByText('حالي', { exact: true }).waitFor();
        await row('v-two').getByRole('button', { name: 'تدرّج' }).click();
        await dialog.locator('input[name=percent]').fill('١٥٠');
        expect(await dialog.locator('input[name=percent]').getAttribute('aria-invalid')).toBe('true');
        await dialog.locator('input[name=percent]').fill('١٠');
        await check(page, 'ramp-ar');
        await inDialog('تدرّج', 'عُشر الحالات أولًا');
        await page.getByText('تدرّج: تبدأ', { exact: false }).waitFor();
        await check(page, 'versions-ramping-ar');
        await row('v-two').getByRole('button', { name: 'التراجع عن التدرّج' }).click();
        await inDialog('التراجع عن التدرّج', 'صار أبطأ');
        await page.getByText('تدرّج: تبدأ', { exact: false }).waitFor({ state: 'detached' });

        await page.keyboard.press('7');
        await page.locator('.finding.wrong', { hasText: 'مراقبة الصمت' }).waitFor();
        await page.keyboard.press('8');
        const acts = page.locator('.acts tbody tr');
        await acts.filter({ hasText: 'اعتمد إصدارًا' }).getByText('أول إصدار').waitFor();
        expect(await acts.filter({ hasText: 'درّج إصدارًا' }).count()).toBe(2);
        await check(page, 'acts-ar');
      } finally {
        await close();
        await Promise.all(workers.map((worker) => worker.stop()));
      }
    },
    MINUTES,
  );
});
