import { until } from '../support/until';
import { describeInBrowser, violations } from './browser';
import { type ConsoleWorld, shown, startConsoleWorld } from './console-world';

const MINUTES = 480_000;

describeInBrowser('the lists of the console', () => {
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
    'a case appears in the queue by itself, and the numbers follow, of one type as of all',
    async () => {
      await inReview();
      const { page, close } = await world.signedIn('staff-101');
      const unclaimed = page.locator('.tab', { hasText: 'Unclaimed' }).locator('b');
      await page.locator('.live', { hasText: 'Live' }).waitFor();
      const before = Number(await unclaimed.innerText());
      const id = await inReview();
      await page.locator(`a[data-case="${id}"]`).waitFor();
      await page.locator(`a[data-case="${id}"]`, { hasText: 'Background not white' }).waitFor();
      await page.locator('.tab', { hasText: `Unclaimed${before + 1}` }).waitFor();
      await page.getByRole('combobox', { name: 'Type' }).selectOption('family-registration');
      await page.getByText('Nothing is waiting here').waitFor();
      await unclaimed.waitFor({ state: 'detached' });
      await page.getByRole('combobox', { name: 'Type' }).selectOption('id-renewal');
      await page.locator(`a[data-case="${id}"]`).waitFor();
      await page.locator('.tab', { hasText: `Unclaimed${before + 1}` }).waitFor();
      await close();
    },
    MINUTES,
  );

  test(
    'the four lists show what they say, by a press and by a key, on an Arabic board too',
    async () => {
      const ids = await Promise.all([inReview(), inReview(), inReview()]);
      const [mine, theirs, late] = ids;
      const member = await world.signedIn('staff-301');
      await member.page.getByRole('combobox', { name: 'Office' }).selectOption('dammam-1');
      await member.page.waitForURL('**/?office=dammam-1');
      await member.close();
      await world.act(await world.staff('staff-101'), mine ?? '', 'claim');
      await world.act(await world.staff('staff-102'), theirs ?? '', 'claim');
      await world.api.world.database
        .from('case')
        .query({ text: 'UPDATE cases SET overdue = true WHERE case_id = $1', values: [late] });
      const { page, close } = await world.signedIn('staff-101');
      await page.locator(`a[data-case="${late}"]`).waitFor();
      const tab = (name: string) => page.locator('.tab[aria-current]', { hasText: name });
      const shows = async (name: string, has: readonly (string | undefined)[]): Promise<void> => {
        await tab(name).waitFor();
        for (const id of ids) {
          const row = page.locator(`a[data-case="${id}"]`);
          await row.waitFor({ state: has.includes(id) ? 'attached' : 'detached' });
        }
      };
      await shows('Office', ids);
      await page.keyboard.press('1');
      await shows('Mine', [mine]);
      // As an Arabic board says it: other signs on the same keys.
      await page.locator('body').dispatchEvent('keydown', { key: '٣', code: 'Digit3', bubbles: true });
      await shows('Unclaimed', [late]);
      await page.locator('.tab', { hasText: 'Overdue1' }).click();
      await shows('Overdue', [late]);
      expect(page.url()).toContain('view=overdue');
      await page.locator('.tab.alarming').waitFor();
      await page.keyboard.press('2');
      await shows('Office', ids);
      await page.keyboard.press('1');
      await page.locator('body').dispatchEvent('keydown', { key: 'ؤ', code: 'KeyC', bubbles: true });
      await page.locator('.claim.mine').waitFor();
      expect(page.url()).toContain('/cases/');
      expect(await page.evaluate<string>('document.activeElement?.id ?? ""')).toBe('content');
      await close();
    },
    MINUTES,
  );

  test(
    'of a list that changes all the time what is new is seen meanwhile, though each reading is slow, and it is not read at each change',
    async () => {
      const changing = await inReview();
      const { page, close } = await world.signedIn('staff-101');
      await page.locator(`a[data-case="${changing}"]`).waitFor();
      let readings = 0;
      let changes = 0;
      let over = false;
      await page.route('**/v1/work-queue?view=office*', async (route) => {
        readings += 1;
        const begun = changes;
        await new Promise((answered) => setTimeout(answered, 1_500));
        // Slow beside the changes too, however slow those are.
        await until(() => Promise.resolve(over || changes > begun + 2), Boolean);
        await route.continue();
      });
      const supervisor = await world.staff('staff-201');
      const changingOn = (async (): Promise<void> => {
        while (!over) {
          await world.act(supervisor, changing, 'note', { reason: `Note ${++changes}` });
        }
      })();
      const id = await inReview();
      await page.locator(`a[data-case="${id}"]`).waitFor();
      over = true;
      await changingOn;
      expect(readings).toBeGreaterThan(0);
      expect(readings).toBeLessThan(changes);
      await close();
    },
    MINUTES,
  );

  test(
    'two who claim the next case at once get one each',
    async () => {
      await Promise.all([inReview(), inReview()]);
      const both = await Promise.all([world.signedIn('staff-101'), world.signedIn('staff-102')]);
      await Promise.all(both.map(({ page }) => page.locator('a[data-case]').nth(1).waitFor()));
      await Promise.all(both.map(({ page }) => page.keyboard.press('c')));
      await Promise.all(both.map(({ page }) => page.locator('.claim.mine').waitFor()));
      const [one, other] = both.map(({ page }) => page.url());
      expect(one).not.toBe(other);
      for (const { close } of both) await close();
    },
    MINUTES,
  );

  test(
    'who cannot be given a case is told why, and not that a colleague was faster',
    async () => {
      const { page, close } = await world.signedIn('staff-105');
      await page.getByText('Nothing is waiting here').waitFor();
      await page.keyboard.press('c');
      await page.getByText('There is no unclaimed case left.').waitFor();
      const id = await inReview();
      // As the list of another moment said it: the case refuses whoever belongs to another office.
      await page.route('**/v1/work-queue?view=claimable*', async (route) => {
        const { version } = await world.view(id);
        await route.fulfill({ json: { items: [{ id, version }], next: null } });
      });
      // An engine that has much to do may say that instead: then again.
      await until(
        async () => {
          await page.keyboard.press('c');
          return page.locator('.toast').allInnerTexts();
        },
        (toasts) => toasts.some((text) => /office/i.test(text)),
      );
      expect((await page.locator('.toast').allInnerTexts()).join()).not.toMatch(/faster/);
      await close();
    },
    MINUTES,
  );

  test(
    'a supervisor finds what needs other eyes, what was escalated and what is held in lists of their own',
    async () => {
      const [recommended, escalated, held] = await Promise.all([inReview(), inReview(), inReview()]);
      const noura = await world.staff('staff-101');
      await world.act(noura, recommended, 'claim');
      await world.act(noura, recommended, 'recommend-rejection', {
        rule: 'identity-doubtful',
        reason: 'It is another face.',
      });
      await world.act(noura, escalated, 'claim');
      await world.act(noura, escalated, 'escalate', { reason: 'I am not sure.' });
      await world.act(await world.staff('staff-201'), held, 'hold', { reason: 'Waiting for a letter.' });
      const { page, close } = await world.signedIn('staff-202');
      await page.getByRole('link', { name: 'Team' }).click();
      await page.locator('.pick a[data-case]').first().waitFor();
      await page.keyboard.press('j');
      expect([recommended, escalated]).toContain(
        await page.evaluate<string>('document.activeElement?.dataset.case ?? ""'),
      );
      const list = async (name: string, count: number): Promise<string[]> => {
        await page.locator('.tab', { hasText: `${name}${count}` }).click();
        await page.locator('.tab[aria-current]', { hasText: name }).waitFor();
        await until(
          () => page.locator('.pick a[data-case]').count(),
          (rows) => rows === count,
        );
        return page.evaluate<string[]>(
          `[...document.querySelectorAll('.pick a[data-case]')].map((row) => row.dataset.case)`,
        );
      };
      expect((await list('Awaiting a supervisor', 2)).toSorted()).toEqual([recommended, escalated].toSorted());
      expect(await list('Second pair of eyes', 1)).toEqual([recommended]);
      await page.locator('.pick', { hasText: 'Rejection recommended' }).waitFor();
      expect(await list('Escalated', 1)).toEqual([escalated]);
      await page.locator('.pick', { hasText: 'Escalated by a colleague' }).waitFor();
      expect(await list('On hold', 1)).toEqual([held]);
      await close();
    },
    MINUTES,
  );

  test(
    'bulk work says what it lacks, shows whom it is about and what they get, and can be stopped',
    async () => {
      const ids = await Promise.all([inReview(), inReview(), inReview()]);
      const { page, close } = await world.signedIn('staff-202');
      await page.goto(`${world.url}/team?list=all`);
      for (const id of ids) await page.getByRole('checkbox', { name: shown(id) }).check();
      const bar = page.getByRole('region', { name: 'With the selected' });
      await bar.getByRole('button', { name: 'Reassign' }).click();
      const dialog = page.getByRole('dialog');
      const run = dialog.getByRole('button', { name: 'Do it for 3 cases' });
      await dialog.getByText('Say whom to give them to.').waitFor();
      // A name has more words than one.
      await dialog.locator('input[name=to]').pressSequentially('Fahad A ١');
      expect(await dialog.locator('input[name=to]').inputValue()).toBe('Fahad A 1');
      await dialog.locator('input[name=to]').fill('staff-102');
      await dialog.locator('textarea').fill('ab');
      await dialog.getByText('A reason of at least three letters is needed.').waitFor();
      expect(await run.isDisabled()).toBe(true);
      // What was chosen and asked for outlives a reload, as what was typed does.
      await page.reload();
      await run.waitFor();
      expect(await dialog.locator('input[name=to]').inputValue()).toBe('staff-102');
      expect(await dialog.locator('textarea').inputValue()).toBe('ab');
      await dialog.getByRole('button', { name: 'Cancel' }).click();

      await bar.getByRole('button', { name: 'Approve' }).click();
      await run.waitFor();
      await dialog.locator('.bulk-message', { hasText: /card/i }).nth(2).waitFor();
      expect(await dialog.locator('tbody td:nth-child(2)').allInnerTexts()).toEqual(
        expect.not.arrayContaining(['']) as string[],
      );
      // The second one changes before it is its turn; the third is not reached before the stop.
      const order = await dialog.locator('tbody .number').allInnerTexts();
      const [, second, third] = order.map((number) => ids.find((id) => shown(id) === number) ?? '');
      await world.act(await world.staff('staff-102'), second ?? '', 'claim');
      await world.act(await world.staff('staff-102'), second ?? '', 'note', { reason: 'I know this one.' });
      let held: (() => void) | undefined;
      const reached = new Promise<void>((resolve) => {
        void page.route(`**/v1/cases/${second}/actions/**`, (route) => {
          held = () => void route.continue();
          resolve();
        });
      });
      await run.click();
      await reached;
      await page.keyboard.press('Escape');
      await dialog.getByRole('button', { name: 'Stop' }).click();
      held?.();
      await dialog.getByText('Not tried: stopped before it').waitFor();
      await dialog
        .locator('tr', { hasText: shown(second ?? '') })
        .locator('.changed', { hasText: 'A note was added' })
        .waitFor();
      expect(await world.happened(third ?? '')).not.toContain('CaseClaimed');
      await dialog.getByText('Done', { exact: true }).waitFor();
      expect(await violations(page)).toEqual([]);
      // What was left over is gone on with, over a lost connection too.
      const goOn = dialog.getByRole('button', { name: 'Go on with 1 case' });
      await page.context().setOffline(true);
      await goOn.click();
      await dialog.getByText('Not done: No connection').waitFor();
      await page.context().setOffline(false);
      await goOn.click();
      await dialog.getByText('Done', { exact: true }).nth(1).waitFor();
      expect(await goOn.count()).toBe(0);
      await close();
    },
    MINUTES,
  );

  test(
    'a tick in a list takes none of its keys away',
    async () => {
      await Promise.all([inReview(), inReview()]);
      const { page, close } = await world.signedIn('staff-202');
      await page.goto(`${world.url}/team?list=all`);
      const links = page.locator('a[data-case]');
      await links.nth(1).waitFor();
      await page.locator('.pick tbody input').first().check();
      await page.keyboard.press('j');
      const at = () => page.evaluate<string | null>('document.activeElement?.getAttribute("href") ?? null');
      expect(await at()).toBe(await links.nth(1).getAttribute('href'));
      await page.locator('.pick tbody input').first().focus();
      await page.keyboard.press('Enter');
      await page.locator('.case-title').waitFor();
      await close();
    },
    MINUTES,
  );

  test(
    'a case is found by the number that is shown of it, however it is typed',
    async () => {
      const id = await inReview();
      const { page, close } = await world.signedIn('staff-101');
      await page.getByRole('link', { name: 'All cases' }).click();
      const search = page.getByRole('textbox', { name: 'Case number' });
      const arabic = shown(id)
        .toLowerCase()
        .replace(/\d/g, (digit) => '٠١٢٣٤٥٦٧٨٩'[Number(digit)] ?? digit);
      await search.fill(` ${arabic.slice(0, 4)} ${arabic.slice(4)}\u200f`);
      await search.press('Enter');
      await page.locator('.case-title', { hasText: shown(id) }).waitFor();
      await page.goBack();
      await page.locator('a[data-case]').waitFor();
      expect(page.url()).toContain(`number=${shown(id)}`);
      await search.fill('1234567890');
      await search.press('Enter');
      await page.getByText('An identity number is not looked up here', { exact: false }).waitFor();
      expect(page.url()).not.toContain('1234567890');
      await search.fill('zzzzzzzz');
      await search.press('Enter');
      await page.getByText('No case has a number that begins with ZZZZZZZZ').waitFor();
      await close();
    },
    MINUTES,
  );

  test(
    'whoever leaves a case is back at its row, in the view and with the filters as they were',
    async () => {
      await Promise.all([inReview(), inReview()]);
      const { page, close } = await world.signedIn('staff-101');
      await page.goto(`${world.url}/?view=unclaimed&type=id-renewal`);
      const second = page.locator('a[data-case]').nth(1);
      await second.waitFor();
      const at = await second.getAttribute('href');
      await second.click();
      await page.locator('.case-title').waitFor();
      await until(
        () => page.evaluate<string>('document.activeElement?.id ?? ""'),
        (focused) => focused === 'content',
      );
      await page.keyboard.press('g');
      await second.waitFor();
      expect(page.url()).toContain('/?view=unclaimed&type=id-renewal');
      await until(
        () => page.evaluate<string | null>('document.activeElement?.getAttribute("href") ?? null'),
        (focused) => focused === at,
      );
      // One step there, one step back: the browser's own way back leads to the case.
      await page.goBack();
      await page.locator('.case-title').waitFor();
      await close();
    },
    MINUTES,
  );

  test(
    'a part of the console that cannot be read says so, and is read when it can be',
    async () => {
      const { page, close } = await world.signedIn('staff-101');
      await page.route('**/assets/find-*.js', (route) => route.abort());
      await page.reload();
      await page.getByRole('link', { name: 'All cases' }).click();
      await page.getByRole('alert').getByText('No connection').waitFor();
      await page.getByRole('link', { name: 'Work queue' }).waitFor();
      await page.unroute('**/assets/find-*.js');
      await page.getByRole('button', { name: 'Try again' }).click();
      await page.getByRole('heading', { name: 'All cases' }).waitFor();
      await close();
    },
    MINUTES,
  );

  test(
    'a part that a new version has replaced brings the new version',
    async () => {
      const { page, close } = await world.signedIn('staff-101');
      await page.route('**/assets/find-*.js', (route) => route.fulfill({ status: 404 }));
      await page.reload();
      await page.locator('.shell').waitFor();
      // The page as it is served after the deployment names other scripts.
      for (const path of ['**/console/', '**/console/cases'])
        await page.route(path, (route) => route.fulfill({ contentType: 'text/html', body: '<p>new version</p>' }));
      await page.getByRole('link', { name: 'All cases' }).click();
      await page.getByText('new version').waitFor();
      await close();
    },
    MINUTES,
  );

  test(
    'a list that was opened without a connection is read as soon as there is one',
    async () => {
      const id = await inReview();
      const { page, close } = await world.signedIn('staff-101');
      // What belongs to the role is here before it is asked for.
      await until(
        () => page.evaluate<string[]>("performance.getEntriesByType('resource').map(({ name }) => name)"),
        (names) => names.some((name) => /\/assets\/find-.*\.js$/.test(name)),
      );
      await page.context().setOffline(true);
      await page.getByRole('link', { name: 'All cases' }).click();
      await page.locator('.empty[role=alert]', { hasText: 'No connection' }).waitFor();
      await page.context().setOffline(false);
      await page.locator(`a[data-case="${id}"]`).waitFor();
      await page.context().setOffline(true);
      await page.getByRole('combobox', { name: 'Order' }).selectOption('oldest');
      await page.locator('.empty[role=alert]').waitFor();
      await page.context().setOffline(false);
      await page.locator(`a[data-case="${id}"]`).waitFor();
      await close();
    },
    MINUTES,
  );
});
