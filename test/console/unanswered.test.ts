import type { Page } from 'playwright-core';
import { MINUTE } from '../../domain/time';
import { until } from '../support/until';
import { describeInBrowser } from './browser';
import { type ConsoleWorld, shown, startConsoleWorld } from './console-world';

const MINUTES = 480_000;

describeInBrowser('what was sent to a case and not answered', () => {
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
  const inHand = async (page: Page): Promise<string> => {
    const id = await inReview();
    await page.goto(`${world.url}/cases/${id}`);
    await page.getByRole('button', { name: /^Claim/ }).click();
    await page.locator('.claim.mine').waitFor();
    return id;
  };
  const count = async (id: string, type: string): Promise<number> =>
    (await world.happened(id)).filter((each) => each === type).length;
  /** The next one is done, and its answer lost. */
  const loseAnswer = async (page: Page, action: string): Promise<void> => {
    await page.route(
      `**/actions/${action}`,
      async (route) => {
        await route.fetch();
        await route.abort('connectionreset');
      },
      { times: 1 },
    );
  };

  test(
    'is told as done by the next try, though nobody may do it any more, after a reload too',
    async () => {
      const { page, close } = await world.signedIn('staff-101');
      const id = await inHand(page);
      await page.getByRole('button', { name: 'Approve' }).click();
      const dialog = page.getByRole('dialog');
      await loseAnswer(page, 'approve');
      await dialog.getByRole('button', { name: 'Approve', exact: true }).click();
      await dialog.getByText('No connection', { exact: false }).waitFor();
      await page.locator('.status', { hasText: 'Completed' }).first().waitFor();
      expect(await dialog.getByText('Not possible any more', { exact: false }).count()).toBe(0);
      await page.reload();
      await dialog.getByText('It is not known whether this was done', { exact: false }).waitFor();
      await dialog.getByRole('button', { name: 'Try again' }).click();
      await page.locator('.toast', { hasText: 'Approve' }).waitFor();
      await dialog.waitFor({ state: 'detached' });
      expect(await count(id, 'CaseApproved')).toBe(1);
      await close();
    },
    MINUTES,
  );

  test(
    'is done once to each of many cases, to what it had been done and to what not, after a reload too',
    async () => {
      const [done, undone] = await Promise.all([inReview(), inReview()]);
      const { page, close } = await world.signedIn('staff-202');
      await page.goto(`${world.url}/team?list=all`);
      for (const id of [done, undone]) await page.getByRole('checkbox', { name: shown(id) }).check();
      await page.getByRole('region', { name: 'With the selected' }).getByRole('button', { name: 'Approve' }).click();
      const dialog = page.getByRole('dialog');
      const approvals = '**/v1/cases/*/actions/approve';
      await page.route(approvals, async (route) => {
        if (route.request().url().includes(done)) await route.fetch();
        await route.fulfill({ status: 502 });
      });
      await dialog.getByRole('button', { name: 'Do it for 2 cases' }).click();
      await dialog.getByText('Not known whether it was done: No connection').nth(1).waitFor();
      await world.reach(done, 'COMPLETED');
      // What was claimed for this alone was given back.
      await until(
        () => world.happened(undone),
        (events) => events.at(-1) === 'ClaimReleased',
      );
      await page.reload();
      await page.unroute(approvals);
      await dialog.getByRole('button', { name: 'Go on with 2 cases' }).click();
      await dialog.getByText('Done', { exact: true }).nth(1).waitFor();
      for (const id of [done, undone]) {
        await world.reach(id, 'COMPLETED');
        expect((await world.happened(id)).filter((type) => type === 'CaseApproved')).toHaveLength(1);
      }
      await close();
    },
    MINUTES,
  );

  test(
    'is done once, though the lease was renewed while it was being written; what was not done is done as the case is then',
    async () => {
      const { page, close } = await world.signedIn('staff-101');
      const id = await inHand(page);
      const dialog = page.getByRole('dialog');
      await page.getByRole('button', { name: 'Show every step' }).click();
      const renewed = async (): Promise<void> => {
        const shown = page.locator('.timeline li', { hasText: 'The claim was renewed' });
        const before = await shown.count();
        await world.act(await world.staff('staff-101'), id, 'claim');
        await shown.nth(before).waitFor();
      };
      const note = async (text: string): Promise<void> => {
        await page.getByRole('button', { name: 'Add a note' }).click();
        await dialog.locator('textarea').fill(text);
        await renewed();
      };
      const send = (): Promise<void> => dialog.getByRole('button', { name: 'Add a note' }).click();
      await note('The register has a newer photo.');
      await loseAnswer(page, 'note');
      await send();
      await page.locator('.notes .said').first().waitFor();
      await dialog.getByRole('button', { name: 'Try again' }).click();
      await dialog.waitFor({ state: 'detached' });
      expect(await count(id, 'NoteAdded')).toBe(1);

      await note('He called twice.');
      await page.route('**/actions/note', (route) => route.abort('connectionreset'), { times: 1 });
      await send();
      await dialog.getByRole('button', { name: 'Try again' }).waitFor();
      await renewed();
      await dialog.getByRole('button', { name: 'Try again' }).click();
      await dialog.waitFor({ state: 'detached' });
      expect(await count(id, 'NoteAdded')).toBe(2);
      await close();
    },
    MINUTES,
  );

  test(
    'is not waited for longer than half a minute',
    async () => {
      const { page, close } = await world.signedIn('staff-101');
      const id = await inHand(page);
      await page.clock.install();
      await page.getByRole('button', { name: 'Add a note' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.locator('textarea').fill('The register has a newer photo.');
      await page.route('**/actions/note', () => undefined, { times: 1 });
      await dialog.getByRole('button', { name: 'Add a note' }).click();
      await dialog.getByRole('button', { name: 'Working…' }).waitFor();
      await page.clock.fastForward(MINUTE / 2 + 1_000);
      await dialog.getByText('No connection', { exact: false }).waitFor();
      await dialog.getByRole('button', { name: 'Try again' }).click();
      await until(
        () => count(id, 'NoteAdded'),
        (notes) => notes === 1,
      );
      await close();
    },
    MINUTES,
  );
});
