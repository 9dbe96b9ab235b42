import { addDays, riyadhDate } from '../../domain/time';
import { familiesIn, type Families, type Somebody } from '../support/families';
import { until } from '../support/until';
import { describeInBrowser, otherDigits, violations } from './browser';
import { startConsoleWorld, type ConsoleWorld } from './console-world';

const MINUTES = 480_000;

const WIFE = {
  sex: 'F',
  birthDate: '1988-08-08',
  nameAr: 'نورة بنت سعد القحطاني',
  nameEn: 'Noura Saad Alqahtani',
} as const;
const CHILD = {
  nameAr: 'سعود بن خالد الحربي',
  nameEn: 'Saud Khalid Alharbi',
  sex: 'M',
  birthPlaceAr: 'الرياض',
  birthPlaceEn: 'Riyadh',
} as const;

describeInBrowser('family cases in the console', () => {
  let world: ConsoleWorld;
  let families: Families;
  beforeAll(async () => {
    world = await startConsoleWorld();
    families = familiesIn(world.api.world);
  }, MINUTES);
  afterAll(() => world?.stop(), MINUTES);

  const on = addDays(riyadhDate(new Date().toISOString()), -4);

  async function birth(father: Somebody, mother: Somebody, nameAr: string, reporter = father): Promise<string> {
    const notice = await families.notice({ kind: 'birth', on, people: [father, mother] });
    const child = { ...CHILD, nameAr };
    return families.report(reporter, {
      event: 'birth',
      on,
      father: father.number,
      mother: mother.number,
      notice,
      child,
    });
  }

  const reached = (id: string, status: string) =>
    until(
      () => world.view(id),
      (view) => view.status === status,
    );

  test(
    'a supervisor compares a report with what could be the same birth, sees the family, and decides',
    async () => {
      const [father, mother] = [await families.somebody(), await families.somebody(WIFE)];
      await families.ties(families.married(father, mother));
      const first = await birth(father, mother, 'سعود بن خالد الحربي');
      await families.approve(first);
      await reached(first, 'COMPLETED');
      const twin = await birth(father, mother, 'تركي بن خالد الحربي');
      await reached(twin, 'DUPLICATE_REVIEW');

      const { page, troubles, close } = await world.signedIn('staff-201');
      await page.goto(`${world.url}/cases/${twin}`);
      await page.locator('.compare:not(.sources)').waitFor();
      await page.locator('.compare mark', { hasText: 'سعود بن خالد الحربي' }).waitFor();
      expect(await page.locator('.compare td.same').count()).toBe(5);
      expect(await page.locator('.kin').count()).toBe(4);
      expect(await page.locator('.tie.spouse').count()).toBe(1);
      expect(await violations(page)).toEqual([]);
      if (process.env.KEEP_SCREENSHOTS)
        await page.screenshot({ path: 'docs/images/console-duplicates-en.png', fullPage: true });
      await page.keyboard.press('l');
      await page.locator('h2', { hasText: 'قد تكون الواقعة نفسها' }).waitFor();
      if (process.env.KEEP_SCREENSHOTS)
        await page.screenshot({ path: 'docs/images/console-duplicates-ar.png', fullPage: true });
      expect(await otherDigits(page)).toEqual([]);
      await page.keyboard.press('l');
      expect(await otherDigits(page)).toEqual([]);

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

  const couple = async (): Promise<[Somebody, Somebody]> => {
    const both: [Somebody, Somebody] = [await families.somebody(), await families.somebody(WIFE)];
    await families.ties(families.married(...both));
    return both;
  };
  const file = async (type: string, applicant: Somebody, application: object, token: string): Promise<string> => {
    const answer = await world.api.call('POST', '/v1/cases', {
      token,
      headers: { 'idempotency-key': world.api.key(`${type}-${applicant.person}`) },
      body: { type, applicant: { identityNumber: applicant.number }, application },
    });
    return answer.view().id;
  };
  const asStaff = async (sub: string, id: string, action: string, body: object = {}): Promise<unknown> =>
    world.act(await world.staff(sub), id, action, body);

  test(
    'whoever decides a birth sees the child, the notice and where they differ, in both languages',
    async () => {
      const [father, mother] = await couple();
      const aunt = await families.somebody({ ...WIFE, nameEn: 'Hessa Fahad Alharbi' });
      const notice = await families.notice({ kind: 'birth', on: addDays(on, -1), people: [father, aunt] });
      const parents = { father: father.number, mother: mother.number };
      const id = await families.report(father, { event: 'birth', on, ...parents, notice, child: CHILD });
      await reached(id, 'IN_REVIEW');
      const { page, troubles, close } = await world.signedIn('staff-101');
      let looks = 0;
      page.on('request', (request) => (looks += request.url().endsWith('/evidence') ? 1 : 0));
      await page.goto(`${world.url}/cases/${id}`);
      const row = (name: string) => page.locator('.sources tr', { has: page.getByRole('rowheader', { name }) });
      await row("Child's name in English").getByText('Saud Khalid Alharbi').waitFor();
      await row("Child's sex").getByText('Male').waitFor();
      await row('Place of birth').getByText('Riyadh').waitFor();
      expect(await row('Mother').locator('mark').innerText()).toContain('Does not name them');
      expect(await row('Date of the event').locator('mark').count()).toBe(1);
      expect(await row('Father').locator('mark').count()).toBe(0);
      await page.getByText(notice).waitFor();
      // The child stands in the family, though no register knows it yet.
      await page.locator('.kin.reported', { hasText: 'Saud' }).waitFor();
      await page.locator('.wait-why', { hasText: 'The notice names other people' }).waitFor();
      await page.locator('div.person').waitFor();
      // Each look at somebody's data is on record: opening the case is one.
      expect(looks).toBe(1);
      await page.keyboard.press('l');
      await page.locator('.kin.reported', { hasText: 'الحربي' }).waitFor();
      expect(await page.locator('main').innerText()).not.toMatch(/notice-of|SAU|†/);
      expect(await violations(page)).toEqual([]);

      // Without its source the notice is not told of as missing.
      await world.api.world.control.dials('notices', { errorRate: 1 });
      await page.reload();
      await page.locator('.source-note').waitFor();
      await world.api.world.control.dials('notices', {});
      await page.locator('.source-note button').click();
      await page.locator('.source-note').waitFor({ state: 'detached' });
      expect(troubles).toEqual([]);
      await close();
    },
    MINUTES,
  );

  test(
    'what was read of a case stays while the case changes and is read again',
    async () => {
      const [father, mother] = await couple();
      const id = await birth(father, mother, 'سعود بن خالد الحربي');
      await reached(id, 'IN_REVIEW');
      const { page, close } = await world.signedIn('staff-101');
      await page.goto(`${world.url}/cases/${id}`);
      await page.locator('.tree').waitFor();
      let letGo: (() => void) | undefined;
      await page.route('**/family', async (route) => {
        await new Promise<void>((resolve) => (letGo = resolve));
        await route.continue();
      });
      const asked = page.waitForRequest('**/family');
      await asStaff('staff-102', id, 'note', { reason: 'The hospital was called.' });
      await asked;
      await page.locator('.said', { hasText: 'The hospital was called.' }).waitFor();
      expect(await page.locator('.tree').count()).toBe(1);
      expect(await page.locator('.sources').count()).toBe(1);
      letGo?.();
      await close();
    },
    MINUTES,
  );

  test(
    'whoever may not see the evidence of a family case is told so, and of no failure',
    async () => {
      const [father, mother] = await couple();
      const id = await birth(father, mother, 'سعود بن خالد الحربي');
      await reached(id, 'IN_REVIEW');
      for (const sub of ['staff-401', 'staff-103']) {
        const { page, close } = await world.signedIn(sub);
        const answered = page.waitForResponse('**/family');
        await page.goto(`${world.url}/cases/${id}`);
        expect((await answered).status()).toBe(403);
        const kin = page.locator('.panel', { has: page.getByRole('heading', { name: 'Family', exact: true }) });
        await kin.locator('p.muted').waitFor();
        expect(await page.locator('.case-main [role=alert]').count()).toBe(0);
        await close();
      }
    },
    MINUTES,
  );

  test(
    'a report that is the same event is closed by choosing which',
    async () => {
      const [father, mother] = await couple();
      const first = await birth(father, mother, 'سعود بن خالد الحربي');
      await families.approve(first);
      await reached(first, 'COMPLETED');
      const again = await birth(father, mother, 'سعود بن خالد الحربي', mother);
      await reached(again, 'DUPLICATE_REVIEW');
      const { page, close } = await world.signedIn('staff-201');
      await page.goto(`${world.url}/cases/${again}`);
      await page.locator('.kin.candidate').waitFor();
      await page.getByRole('button', { name: 'It is the same event' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByText('Saud Khalid Alharbi · In the register').click();
      await dialog.locator('textarea').fill('Both parents reported it.');
      await dialog.getByRole('button', { name: 'It is the same event' }).click();
      await page.locator('.status', { hasText: 'Closed, linked to the same event' }).first().waitFor();
      // A closed case is as readable as an open one.
      expect(await violations(page)).toEqual([]);
      await close();
    },
    MINUTES,
  );

  test(
    'an appeal is read with its grounds and the decision, and allowed for what was contested',
    async () => {
      const [father, mother] = await couple();
      const id = await birth(father, mother, 'سعود بن خالد الحربي');
      const why = { rule: 'event-not-proved', reason: 'The hospital could not confirm it.' };
      await asStaff('staff-101', id, 'claim');
      await asStaff('staff-101', id, 'recommend-rejection', why);
      await asStaff('staff-201', id, 'claim');
      await asStaff('staff-201', id, 'reject', why);
      await reached(id, 'REJECTED');
      const grounds = 'The hospital has confirmed the birth since.';
      const appeal = await file('appeal', father, { case: id, grounds }, await world.portal());

      const took = await world.signedIn('staff-201');
      await took.page.goto(`${world.url}/cases/${appeal}`);
      await took.page.locator('.not-now', { hasText: 'You took part in the appealed case' }).waitFor();
      await took.close();

      const { page, close } = await world.signedIn('staff-202');
      await page.goto(`${world.url}/cases/${appeal}`);
      await page.locator('.said', { hasText: grounds }).waitFor();
      await page.locator('.decision .said', { hasText: why.reason }).first().waitFor();
      await page.getByRole('button', { name: /^Claim/ }).click();
      // The appealed case belongs to it: a look at it gives nothing back.
      await page.locator('.claim.mine').waitFor();
      await page.getByRole('link', { name: /^Family registration/ }).click();
      await page.locator('.status', { hasText: 'Rejected' }).first().waitFor();
      await page.goBack();
      await page.locator('.claim.mine').waitFor();
      expect(await world.happened(appeal)).not.toContain('ClaimReleased');
      await page.getByRole('button', { name: 'Allow the appeal' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('checkbox', { name: 'The event is not proved' }).waitFor();
      await dialog.getByText('the case is decided anew on the register as it is').waitFor();
      await dialog.getByText('The event is not proved').click();
      await dialog.locator('textarea').fill('The hospital was asked again.');
      await dialog.getByRole('button', { name: 'Allow the appeal', exact: true }).click();
      await page.locator('.status', { hasText: 'The appeal was allowed' }).first().waitFor();
      await close();
    },
    MINUTES,
  );

  test(
    'an amendment shows what stands beside what is to stand, and another supervisor confirms it',
    async () => {
      const [father, mother] = await couple();
      const id = await birth(father, mother, 'سعود بن خالد الحربي');
      await families.approve(id);
      await reached(id, 'COMPLETED');
      const application = {
        case: id,
        what: 'correction',
        on: addDays(on, -1),
        why: 'The hospital wrote the wrong day.',
      };
      const amendment = await file('record-amendment', mother, application, await world.staff('staff-201'));
      const { page, close } = await world.signedIn('staff-202');
      await page.goto(`${world.url}/cases/${amendment}`);
      await page.locator('.said', { hasText: application.why }).waitFor();
      await page.locator('.sources tr.differs', { hasText: 'Date of the event' }).waitFor();
      expect(await page.locator('.sources mark').count()).toBe(1);
      await page.getByRole('button', { name: 'Confirm' }).click();
      await page.getByRole('dialog').locator('textarea').fill('Checked with the hospital.');
      await page.getByRole('dialog').getByRole('button', { name: 'Confirm' }).click();
      await page.locator('.status', { hasText: 'Completed' }).first().waitFor();
      await close();
    },
    MINUTES,
  );

  test(
    'a consent that is withdrawn leads to the committee, whose votes are cast here; who is kin is told so',
    async () => {
      const [father, mother] = [await families.somebody(), await families.somebody(WIFE)];
      const brother = await families.somebody();
      const grandfather = await families.somebody({ birthDate: '1950-01-01' });
      await families.ties(
        families.parentOf(grandfather, father, 'father'),
        families.parentOf(grandfather, brother, 'father'),
      );
      const id = await birth(father, mother, 'سعود بن خالد الحربي');
      await reached(id, 'AWAITING_CONSENT');
      const portal = await world.portal();
      await world.act(portal, id, 'consent', { person: mother.number });
      await reached(id, 'IN_REVIEW');
      const { page, close } = await world.signedIn('staff-301');
      await page.goto(`${world.url}/cases/${id}`);
      await page.locator('.pairs', { hasText: 'given' }).waitFor();
      await world.act(portal, id, 'withdraw-consent', { person: mother.number });
      await page.locator('.pairs', { hasText: 'withdrawn' }).waitFor();

      const kin = await world.signedIn('staff-304');
      await kin.page.goto(`${world.url}/cases/${id}`);
      await kin.page.getByRole('button', { name: 'Vote' }).click();
      const refused = kin.page.getByRole('dialog');
      await refused.getByText('Reject', { exact: true }).click();
      await refused.getByText('The event is not proved').click();
      await refused.locator('textarea').fill('Parenthood is contested.');
      // What the register learns after the page was read, the case knows when it decides; from then on the page says it first.
      await families.staff('staff-304', brother.person);
      await refused.getByRole('button', { name: 'Vote' }).click();
      await refused.getByRole('alert').getByText('related', { exact: false }).first().waitFor();
      await kin.page.keyboard.press('Escape');
      await refused.waitFor({ state: 'detached' });
      await kin.page.reload();
      const told = kin.page.locator('.not-now li', { hasText: 'You are related to somebody whom this case concerns' });
      await told.locator('s', { hasText: 'Vote' }).waitFor();
      expect(await kin.page.getByRole('button', { name: 'Vote' }).count()).toBe(0);
      expect(await violations(kin.page)).toEqual([]);
      await kin.close();

      await world.act(await world.staff('staff-302'), id, 'vote', {
        vote: 'reject',
        rule: 'event-not-proved',
        reason: 'Parenthood is contested.',
      });
      await page.locator('.pairs', { hasText: 'Vote' }).waitFor();
      await page.getByRole('button', { name: 'Vote' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByText('Reject', { exact: true }).waitFor();
      // The rule is that of a vote against, and nobody is given one that they did not choose.
      expect(await dialog.getByText('Which rule?').count()).toBe(0);
      await dialog.getByText('Reject', { exact: true }).click();
      await dialog.locator('textarea').fill('I agree.');
      await dialog.getByRole('button', { name: 'Vote' }).click();
      await dialog.getByText('Choose one', { exact: true }).waitFor();
      await dialog.getByText('The event is not proved').click();
      await dialog.getByRole('button', { name: 'Vote' }).click();
      await page.locator('.status', { hasText: 'Rejected' }).first().waitFor();
      await close();
    },
    MINUTES,
  );

  test(
    'a caseworker who is kin sees why the claim is not for them, in both languages, until they are not',
    async () => {
      const [father, mother] = await couple();
      const official = await families.somebody();
      const grandfather = await families.somebody({ birthDate: '1950-01-01' });
      await families.ties(
        families.parentOf(grandfather, father, 'father'),
        families.parentOf(grandfather, official, 'father'),
      );
      await families.staff('staff-102', official.person);
      const id = await birth(father, mother, 'سعود بن خالد الحربي');
      await reached(id, 'IN_REVIEW');
      const { page, close } = await world.signedIn('staff-102');
      await page.goto(`${world.url}/cases/${id}`);
      const told = page.locator('.not-now li', { hasText: 'You are related to somebody whom this case concerns' });
      for (const title of ['Claim', 'Approve', 'Recommend rejection'])
        await told.locator('s', { hasText: title }).waitFor();
      expect(await page.getByRole('button', { name: /^(Claim|Approve)/ }).count()).toBe(0);
      expect(await violations(page)).toEqual([]);
      await page.keyboard.press('l');
      await page.locator('.not-now li', { hasText: 'تربطك قرابة بأحد أطراف الحالة' }).waitFor();
      await page.keyboard.press('l');

      await families.staff('staff-102', (await families.somebody()).person);
      await page.reload();
      await page.getByRole('button', { name: /^Claim/ }).waitFor();
      await close();
    },
    MINUTES,
  );

  test(
    'operators repair with their own tools, and a supervisor sees what a repair changes before agreeing to it',
    async () => {
      const [father, mother] = await couple();
      const id = await birth(father, mother, 'سعود بن خالد الحربي');
      await reached(id, 'IN_REVIEW');
      const operator = await world.signedIn('staff-401');
      await operator.page.goto(`${world.url}/cases/${id}`);
      await operator.page.getByRole('link', { name: 'Repair, reset or retry' }).waitFor();
      expect(await operator.page.getByRole('button', { name: /^(Repair a fact|Reset to a step)$/ }).count()).toBe(0);
      await operator.close();

      const value = addDays(on, -1);
      await asStaff('staff-401', id, 'repair', { field: 'event-date', value, reason: 'The hospital wrote again.' });
      const { page, close } = await world.signedIn('staff-201');
      await page.goto(`${world.url}/cases/${id}`);
      await page.locator('.panel .proposal mark', { hasText: value }).waitFor();
      await page.getByRole('button', { name: 'Agree to the repair' }).click();
      const dialog = page.getByRole('dialog');
      await dialog.locator('.proposal', { hasText: on }).locator('mark', { hasText: value }).waitFor();
      await dialog.locator('textarea').fill('It says so on the paper.');
      await dialog.getByRole('button', { name: 'Agree to the repair' }).click();
      await page.locator('.proposal').first().waitFor({ state: 'detached' });
      await until(
        () => world.happened(id),
        (events) => events.at(-1) === 'FactRepaired',
      );
      await close();
    },
    MINUTES,
  );
});
