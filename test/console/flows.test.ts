import { DAY, MINUTE } from '../../domain/time';
import { fastForward } from '../support/time-skipping';
import { until } from '../support/until';
import { describeInBrowser, violations } from './browser';
import { startConsoleWorld, type ConsoleWorld } from './console-world';

const MINUTES = 480_000;

describeInBrowser('working on cases in the console', () => {
  let world: ConsoleWorld;
  beforeAll(async () => {
    world = await startConsoleWorld();
  }, MINUTES);
  afterAll(() => world?.stop(), MINUTES);

  const caseShown = (id: string): string => id.slice(id.indexOf('_') + 1, id.indexOf('_') + 9).toUpperCase();

  test(
    'a case is claimed by one key, returned with what is to be done again, and approved when it comes back',
    async () => {
      const { id, number } = await world.renewal('doubt');
      await world.reach(id, 'IN_REVIEW');
      const { page, troubles, close } = await world.signedIn('staff-101');
      await page.getByText(caseShown(id)).waitFor();
      await page.keyboard.press('c');
      await page.locator('.claim.mine').waitFor();
      expect(page.url()).toContain(id);
      expect(await page.locator('.photo img').first().getAttribute('src')).toMatch(/^blob:/);
      await page.locator('.verdict.doubt').waitFor();

      await page.getByRole('button', { name: 'Return to the applicant' }).click();
      await page.getByRole('dialog').getByText('The photo', { exact: true }).click();
      await page.getByRole('dialog').locator('textarea').fill('The background is grey.');
      await page.getByRole('dialog').locator('.preview q', { hasText: 'needs something from you' }).waitFor();
      await page.getByRole('dialog').getByRole('button', { name: 'Return to the applicant' }).click();
      await page.locator('.status', { hasText: 'Returned to the applicant' }).first().waitFor();
      await page.locator('.said', { hasText: 'The background is grey.' }).first().waitFor();

      await world.act(await world.portal(), id, 'resubmit', { photo: await world.upload(number, 'doubt') });
      await world.reach(id, 'IN_REVIEW');
      // The page hears of it by itself.
      await page.getByRole('button', { name: /^Claim/ }).click();
      await page.locator('.claim.mine').waitFor();
      await page.getByRole('button', { name: 'Approve' }).click();
      const promised = await page.getByRole('dialog').locator('.preview q').allInnerTexts();
      await page.getByRole('dialog').getByRole('button', { name: 'Approve', exact: true }).click();
      await page.locator('.status', { hasText: 'Completed' }).first().waitFor();
      // What was promised is what was sent.
      const sent = (await world.api.world.control.ledger('messages', id)).map(({ textEn }) => textEn);
      expect(promised).toEqual(sent.slice(-1));
      // The same key leads on from a case that is done.
      await page.keyboard.press('c');
      await page.locator('.toast', { hasText: 'There is no unclaimed case left.' }).waitFor();
      expect(troubles).toEqual([]);
      await close();
    },
    MINUTES,
  );

  test(
    'who recommended a rejection cannot carry it out; another supervisor can',
    async () => {
      const { id } = await world.renewal('doubt');
      await world.reach(id, 'IN_REVIEW');
      const first = await world.signedInAs('staff-201', ['caseworker', 'supervisor']);
      await first.page.goto(`${world.url}/cases/${id}`);
      await first.page.getByRole('button', { name: /^Claim/ }).click();
      await first.page.getByRole('button', { name: 'Recommend rejection' }).click();
      await first.page.getByRole('dialog').getByText('The identity is doubtful').click();
      await first.page.getByRole('dialog').locator('textarea').fill('It is another face than before.');
      await first.page.getByRole('dialog').getByRole('button', { name: 'Recommend rejection' }).click();
      await first.page.locator('.decision.recommended').waitFor();
      await first.page.getByRole('button', { name: /^Claim/ }).click();
      await first.page.locator('.claim.mine').waitFor();
      await first.page
        .locator('.not-now li', { hasText: 'You handled this case: somebody else has to decide it.' })
        .waitFor();
      expect(await first.page.getByRole('button', { name: 'Reject', exact: true }).count()).toBe(0);
      await first.page.getByRole('button', { name: 'Release' }).click();
      await first.page.getByText('Nobody has it in hand').waitFor();

      const second = await world.signedIn('staff-202');
      await second.page.goto(`${world.url}/cases/${id}`);
      await second.page.locator('.said', { hasText: 'It is another face than before.' }).first().waitFor();
      await second.page.getByRole('button', { name: /^Claim/ }).click();
      await second.page.getByRole('button', { name: 'Reject', exact: true }).click();
      await second.page.getByRole('dialog').getByText('The identity is doubtful').click();
      await second.page.getByRole('dialog').locator('textarea').fill('Confirmed against the register.');
      await second.page.getByRole('dialog').getByRole('button', { name: 'Reject', exact: true }).click();
      await second.page.locator('.status', { hasText: 'Rejected' }).first().waitFor();
      // The other one sees it without doing anything.
      await first.page.locator('.status', { hasText: 'Rejected' }).first().waitFor();
      await first.close();
      await second.close();
    },
    MINUTES,
  );

  test(
    'of two who claim the same case one wins, and the other sees who',
    async () => {
      const { id } = await world.renewal('doubt');
      await world.reach(id, 'IN_REVIEW');
      const both = await Promise.all([world.signedIn('staff-101'), world.signedIn('staff-102')]);
      await Promise.all(both.map(({ page }) => page.goto(`${world.url}/cases/${id}`)));
      const claims = both.map(({ page }) => page.getByRole('button', { name: /^Claim/ }));
      await Promise.all(claims.map((claim) => claim.waitFor()));
      // Not a click, which waits until nothing moves: the button of the other one may be gone by then.
      await Promise.all(
        claims.map((claim) => claim.dispatchEvent('click', {}, { timeout: 5_000 }).catch(() => undefined)),
      );
      await Promise.all(both.map(({ page }) => page.locator('.claim.mine, .claim.other').waitFor()));
      const mine = await Promise.all(both.map(({ page }) => page.locator('.claim.mine').count()));
      expect(mine.toSorted((a, b) => a - b)).toEqual([0, 1]);
      await both[0]?.page.getByText('Fahad Aldosari is looking at this case').waitFor();
      await both[1]?.page.getByText('Noura Alqahtani is looking at this case').waitFor();
      const [winner, loser] = mine[0] === 1 ? [both[0], both[1]] : [both[1], both[0]];
      await loser?.page
        .locator('.claim.other', { hasText: mine[0] === 1 ? 'Noura Alqahtani' : 'Fahad Aldosari' })
        .waitFor();
      // Leaving gives it back, and the one who waits sees that at once.
      await winner?.page.getByRole('link', { name: 'Queue', exact: true }).click();
      await loser?.page.getByRole('button', { name: /^Claim/ }).waitFor();
      for (const { close } of both) await close();
    },
    MINUTES,
  );

  test(
    'a claim is taken again after a reload, renewed while somebody is at it, and free at its end',
    async () => {
      const { id } = await world.renewal('doubt');
      await world.reach(id, 'IN_REVIEW');
      const { page, close } = await world.signedIn('staff-101');
      await page.goto(`${world.url}/cases/${id}`);
      await page.getByRole('button', { name: /^Claim/ }).click();
      await page.locator('.claim.mine', { hasText: /Yours for (30|29)m/ }).waitFor();

      await page.reload();
      await until(
        () => world.happened(id),
        (events) => events.join().includes('CaseClaimed,ClaimReleased,CaseClaimed'),
      );
      await page.locator('.claim.mine').waitFor();

      // Ten minutes away from the desk are nobody's work; a hand on the mouse is.
      await page.clock.install();
      await page.goto(`${world.url}/cases/${id}`);
      // Given back by the page that was left and taken again by this one, however late the first of them arrives.
      await until(
        () => world.happened(id),
        (events) => events.join().includes('CaseClaimed,ClaimReleased,CaseClaimed,ClaimReleased,CaseClaimed'),
      );
      await page.locator('.claim.mine').waitFor();
      const before = (await world.happened(id)).length;
      await page.clock.fastForward('12:00');
      await page.locator('.claim.mine', { hasText: /Yours for 1[78]m/ }).waitFor();
      expect(await world.happened(id)).toHaveLength(before);
      await page.mouse.move(200, 200);
      await page.mouse.move(240, 240);
      await page.clock.fastForward('00:31');
      await until(
        () => world.happened(id),
        (events) => events.at(-1) === 'ClaimRenewed',
      );

      await fastForward(world.api.world.client, id, 31 * MINUTE);
      await page.getByText('Nobody has it in hand').waitFor();
      expect((await world.happened(id)).at(-1)).toBe('ClaimLapsed');
      await close();
    },
    MINUTES,
  );

  test(
    'a case that changed meanwhile shows what changed and asks again; what was typed stays',
    async () => {
      const { id } = await world.renewal('doubt');
      await world.reach(id, 'IN_REVIEW');
      const { page, close } = await world.signedIn('staff-101');
      await page.goto(`${world.url}/cases/${id}`);
      await page.getByRole('button', { name: /^Claim/ }).click();
      await page.locator('.claim.mine').waitFor();
      await page.getByRole('button', { name: 'Escalate to a supervisor' }).click();
      await page.getByRole('dialog').locator('textarea').fill('I am not sure about this one.');
      const supervisor = await world.staff('staff-202');
      await world.act(supervisor, id, 'hold', { reason: 'Waiting for a letter.' });
      // What cannot be done any more says so before it is tried.
      await page.getByRole('alert').getByText('Not possible any more: The case is on hold', { exact: false }).waitFor();
      const submit = page.getByRole('dialog').getByRole('button', { name: 'Escalate to a supervisor' });
      expect(await submit.isDisabled()).toBe(true);
      await world.act(supervisor, id, 'resume', { reason: 'The letter came.' });
      await page.getByRole('alert').waitFor({ state: 'detached' });
      await world.act(await world.staff('staff-102'), id, 'note', { reason: 'I have seen this applicant before.' });
      await page.getByRole('dialog').getByRole('button', { name: 'Escalate to a supervisor' }).click();
      await page.getByRole('alert').getByText('The case changed while you were looking').waitFor();
      await page.getByRole('alert').getByText('A note was added', { exact: false }).waitFor();
      expect(await page.getByRole('dialog').locator('textarea').inputValue()).toBe('I am not sure about this one.');
      expect(await violations(page)).toEqual([]);
      await page.getByRole('button', { name: 'Seen, do it all the same' }).click();
      await page.locator('.said', { hasText: 'I am not sure about this one.' }).first().waitFor();
      await close();
    },
    MINUTES,
  );

  test(
    'without a connection nothing typed is lost, and it goes on when it is back',
    async () => {
      const { id } = await world.renewal('doubt');
      await world.reach(id, 'IN_REVIEW');
      const { page, close } = await world.signedIn('staff-101');
      await page.goto(`${world.url}/cases/${id}`);
      await page.getByRole('button', { name: 'Add a note' }).click();
      await page.getByRole('dialog').locator('textarea').fill('The register has a newer photo.');
      await page.context().setOffline(true);
      await page.getByRole('dialog').getByRole('button', { name: 'Add a note' }).click();
      await page.getByRole('alert').getByText('Your text is kept', { exact: false }).waitFor();
      expect(await page.getByRole('dialog').locator('textarea').inputValue()).toBe('The register has a newer photo.');
      await page.context().setOffline(false);
      await page.getByRole('button', { name: 'Try again' }).click();
      await page.locator('.notes .said', { hasText: 'The register has a newer photo.' }).waitFor();
      await close();
    },
    MINUTES,
  );

  test(
    'a form is kept whole through a click beside it, a reload and signing in again, and nobody else finds it',
    async () => {
      const { id } = await world.renewal('doubt');
      await world.reach(id, 'IN_REVIEW');
      const { page, close } = await world.signedIn('staff-101');
      await page.goto(`${world.url}/cases/${id}`);
      await page.getByRole('button', { name: /^Claim/ }).click();
      await page.locator('.claim.mine').waitFor();
      const dialog = page.getByRole('dialog');
      const kept = async (): Promise<[boolean, string]> => [
        await dialog.getByRole('checkbox', { name: 'The photo' }).isChecked(),
        await dialog.locator('textarea').inputValue(),
      ];
      const filled = [true, 'The background is grey.'];
      await page.getByRole('button', { name: 'Return to the applicant' }).click();
      await dialog.getByText('The photo', { exact: true }).click();
      await dialog.locator('textarea').fill('The background is grey.');
      await page.mouse.click(5, 5);
      await dialog.waitFor({ state: 'detached' });
      await page.getByRole('button', { name: 'Return to the applicant' }).click();
      await dialog.locator('textarea').waitFor();
      expect(await kept()).toEqual(filled);

      await page.reload();
      await dialog.locator('textarea').waitFor();
      expect(await kept()).toEqual(filled);

      // A token that is not taken any more, and cannot be renewed.
      await page.evaluate(
        `sessionStorage.setItem('tajdid.session', JSON.stringify({ ...JSON.parse(sessionStorage.getItem('tajdid.session')), token: 'ended', refresh: 'ended' }))`,
      );
      await page.reload();
      await page.locator('.sign-in .button.primary').click();
      await page.locator('button[value="staff-101"]').click();
      await dialog.locator('textarea').waitFor();
      expect(await kept()).toEqual(filled);
      await page.keyboard.press('Escape');

      const drafts = 'Object.keys(sessionStorage).filter((name) => name.includes("draft"))';
      expect(await page.evaluate<string[]>(drafts)).not.toEqual([]);
      const ended = page.waitForResponse((response) => response.url().includes('/idp/logout'));
      await page.getByRole('button', { name: 'Sign out' }).click();
      // The provider's session ends too, and it leads back; who it was stands in no address.
      const answer = await ended;
      expect([answer.status(), new URL(answer.url()).search]).toEqual([303, '']);
      await page.waitForURL(`${world.url}/`);
      await page.locator('.sign-in').waitFor();
      expect(await page.evaluate<string[]>(drafts)).toEqual([]);
      // What was in hand was given back while there still was a token.
      await until(
        () => world.happened(id),
        (events) => events.at(-1) === 'ClaimReleased',
      );
      await close();
    },
    MINUTES,
  );

  test(
    'a claim outlives another tab and a look at something else, and is given back at the queue',
    async () => {
      const { id } = await world.renewal('doubt');
      await world.reach(id, 'IN_REVIEW');
      const { page, close } = await world.signedIn('staff-201');
      await page.goto(`${world.url}/cases/${id}`);
      await page.getByRole('button', { name: /^Claim/ }).click();
      await page.locator('.claim.mine').waitFor();

      const second = await page.context().newPage();
      await second.goto(`${world.url}/cases/${id}`);
      await second.locator('.sign-in .button.primary').click();
      await second.locator('button[value="staff-201"]').click();
      await second.locator('.claim.mine').waitFor();
      await second.goto('about:blank');
      await second.close();
      await page.getByRole('link', { name: 'Statistics' }).click();
      await page.getByRole('heading', { name: 'Statistics' }).waitFor();
      // Meanwhile the case moves on: what the page saw of it is stale.
      const note = { reason: 'Seen.' };
      await world.act(await world.staff('staff-101'), id, 'note', note);
      await page.getByRole('link', { name: 'Work queue' }).click();
      const since = await until(
        () => world.happened(id),
        (events) => events.at(-1) === 'ClaimReleased',
      );
      expect(since.slice(since.lastIndexOf('CaseClaimed'))).toEqual(['CaseClaimed', 'NoteAdded', 'ClaimReleased']);
      await close();
    },
    MINUTES,
  );

  test(
    'a supervisor gives cases to a colleague by name, and each says what became of it',
    async () => {
      const cases = await Promise.all([world.renewal('doubt'), world.renewal('doubt')]);
      for (const { id } of cases) await world.reach(id, 'IN_REVIEW');
      const [free, held] = cases.map(({ id }) => id) as [string, string];
      await world.act(await world.staff('staff-201'), held, 'hold', { reason: 'Waiting for a letter.' });
      await world.api.call('GET', '/v1/work-queue', { token: await world.staff('staff-102') });
      const { page, close } = await world.signedIn('staff-202');
      await page.goto(`${world.url}/team?list=all`);
      for (const id of [free, held]) await page.getByRole('checkbox', { name: caseShown(id) }).check();
      await page.getByRole('region', { name: 'With the selected' }).getByRole('button', { name: 'Reassign' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByText('Not possible: The case is on hold', { exact: false }).waitFor();
      await dialog.locator('input[name=to]').fill('staff-102');
      await dialog.getByText('Fahad Aldosari').waitFor();
      await dialog.locator('textarea').fill('He knows the applicant’s file.');
      await dialog.getByRole('button', { name: 'Do it for 1 case' }).click();
      await dialog.getByText('Done', { exact: true }).waitFor();
      await dialog.getByRole('button', { name: 'Close' }).last().click();
      await page.locator('.load th', { hasText: 'Fahad Aldosari' }).waitFor();
      await page.goto(`${world.url}/cases/${free}`);
      await page.locator('.claim.other', { hasText: 'Fahad Aldosari' }).waitFor();
      await page.locator('.timeline', { hasText: 'to Fahad Aldosari' }).waitFor();
      // Whoever was given it keeps it, also after a first look.
      const fahad = await world.signedIn('staff-102');
      await fahad.page.goto(`${world.url}/cases/${free}`);
      await fahad.page.locator('.claim.mine').waitFor();
      await fahad.page.getByRole('link', { name: 'Queue', exact: true }).click();
      await fahad.page.locator('.rows li').first().waitFor();
      await fahad.close();
      await world.act(await world.staff('staff-101'), free, 'note', { reason: 'He has it now.' });
      expect(await world.happened(free)).not.toContain('ClaimReleased');
      // Held is not late.
      await page.goto(`${world.url}/team?list=overdue`);
      await page.locator('.list .empty').waitFor();
      await fastForward(world.api.world.client, free, 12 * DAY);
      await page.getByRole('checkbox', { name: caseShown(free) }).waitFor();
      expect(await page.getByRole('checkbox', { name: caseShown(held) }).count()).toBe(0);
      await close();
    },
    MINUTES,
  );

  test(
    'a supervisor sees what would happen to each of the chosen cases, and what did',
    async () => {
      const cases = await Promise.all([world.renewal('doubt'), world.renewal('doubt')]);
      const recommender = await world.staff('staff-201');
      for (const { id } of cases) await world.reach(id, 'IN_REVIEW');
      const [held] = cases;
      await world.act(recommender, held?.id ?? '', 'hold', { reason: 'Waiting for a letter.' });
      const { page, close } = await world.signedIn('staff-202');
      await page.goto(`${world.url}/team?list=all`);
      for (const { id } of cases.slice(1)) await page.getByRole('checkbox', { name: caseShown(id) }).check();
      await page.goto(`${world.url}/team?list=holds`);
      await page.getByRole('checkbox', { name: caseShown(held?.id ?? '') }).check();
      await page.getByRole('region', { name: 'With the selected' }).getByRole('button', { name: 'Approve' }).click();
      await page.getByRole('dialog').getByText('Not possible', { exact: false }).waitFor();
      await page.getByRole('dialog').getByRole('button', { name: 'Cancel' }).click();
      await page.getByRole('region', { name: 'With the selected' }).getByRole('button', { name: 'Resume' }).click();
      await page.getByRole('dialog').locator('textarea').fill('The letter came.');
      await page.getByRole('dialog').getByRole('button', { name: 'Do it for 1 case' }).click();
      await page.getByRole('dialog').getByText('Done', { exact: true }).waitFor();
      await page.getByRole('dialog').getByRole('button', { name: 'Close' }).last().click();
      await world.reach(held?.id ?? '', 'IN_REVIEW');
      await page.goto(`${world.url}/team?list=all`);
      for (const { id } of cases) await page.getByRole('checkbox', { name: caseShown(id) }).check();
      await page.getByRole('region', { name: 'With the selected' }).getByRole('button', { name: 'Approve' }).click();
      await page.getByRole('dialog').getByText('is claimed for you first', { exact: false }).first().waitFor();
      await page.getByRole('dialog').getByRole('button', { name: 'Do it for 2 cases' }).click();
      await page.getByRole('dialog').getByText('Done', { exact: true }).nth(1).waitFor();
      for (const { id } of cases) await world.reach(id, 'COMPLETED');
      await close();
    },
    MINUTES,
  );
});
