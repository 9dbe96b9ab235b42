import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { z } from 'zod';
import type { CaseView } from '../../api/cases/schemas';
import { samplePortrait, type PortraitSample } from '../../demo/portraits';
import type { IdentityNumber } from '../../domain/identity-number';
import { startSandbox } from '../../sandbox/start';
import { startApiWorld, type ApiWorld } from '../api/api-world';
import { builtConsole } from '../support/engine';
import { freePort } from '../support/free-port';
import { sandboxControl } from '../support/world';
import { until } from '../support/until';
import { launchChromium } from '../../bench/chromium';
import { visitor, type Look } from './browser';

const PORTAL = 'absher-individuals';
/** Test files share one engine, and a key is a case there for ever. */
const run = randomUUID();
let keys = 0;

/** The whole system behind the console as it is built, and browsers to use it with. */
export interface ConsoleWorld {
  readonly api: ApiWorld;
  readonly browser: Browser;
  readonly url: string;
  /** Where portals get their tokens. */
  readonly tokenUrl: string;
  /** Signed in at the identity provider's own page. */
  signedIn(staff: string, look?: Look): Promise<{ page: Page; troubles: string[]; close(): Promise<void> }>;
  /** Signed in with more roles than anybody of the sandbox has. */
  signedInAs(staff: string, roles: readonly string[], look?: Look): Promise<{ page: Page; close(): Promise<void> }>;
  portal(): Promise<string>;
  staff(sub: string, lifetimeSeconds?: number): Promise<string>;
  /** Filed, paid and as far as it gets by itself with this photo. */
  renewal(sample?: PortraitSample, number?: IdentityNumber): Promise<{ id: string; number: IdentityNumber }>;
  view(id: string): Promise<CaseView>;
  reach(id: string, status: string): Promise<CaseView>;
  /** The types of what happened in a case, in order. */
  happened(id: string): Promise<readonly string[]>;
  act(token: string, id: string, action: string, body?: object): Promise<CaseView>;
  upload(number: IdentityNumber, sample: PortraitSample): Promise<string>;
  stop(): Promise<void>;
}

export async function startConsoleWorld(): Promise<ConsoleWorld> {
  await builtConsole();
  const dir = await mkdtemp(join(tmpdir(), 'tajdid-console-'));
  const port = await freePort();
  const api = await startApiWorld({}, { issuer: `http://127.0.0.1:${port}/idp` });
  const provider = await startSandbox({
    port,
    dataDir: dir,
    staffClients: [{ clientId: 'console', redirectUris: [`${api.url}/console/callback`] }],
  });
  const control = sandboxControl(provider.url);
  const browser = await launchChromium();

  const portal = () => control.token({ sub: PORTAL, roles: ['portal'], clientId: PORTAL, channel: PORTAL });
  const staff: ConsoleWorld['staff'] = (sub, lifetimeSeconds = 3600) => control.token({ as: sub, lifetimeSeconds });
  const upload: ConsoleWorld['upload'] = async (number, sample) => {
    const answer = await api.call('POST', '/v1/documents', {
      token: await portal(),
      headers: { 'content-type': 'image/jpeg', 'identity-number': number },
      raw: await samplePortrait(sample),
    });
    return answer.as(z.object({ documentRef: z.string() })).documentRef;
  };
  const view: ConsoleWorld['view'] = async (id) =>
    (await api.call('GET', `/v1/cases/${id}`, { token: await portal() })).view();
  const reach: ConsoleWorld['reach'] = (id, status) =>
    until(
      () => view(id),
      (now) => now.status === status,
    );

  return {
    api,
    browser,
    url: `${api.url}/console`,
    tokenUrl: `${provider.url}/idp/token`,
    async signedIn(sub, look) {
      const { context, page, troubles } = await visitor(browser, look);
      await page.goto(`${api.url}/console/`);
      await page.locator('.sign-in .button.primary').click();
      await page.locator(`button[value="${sub}"]`).click();
      await page.locator('.shell').waitFor();
      return { page, troubles, close: () => context.close() };
    },
    async signedInAs(sub, roles, look) {
      const { context, page } = await visitor(browser, look);
      const token = await control.token({ as: sub, roles: [...roles] });
      const session = {
        token,
        until: Date.now() + 3_600_000,
        staff: { id: sub, name: { ar: sub, en: sub }, roles, office: 'riyadh-1' },
      };
      await context.addInitScript({
        content: `sessionStorage.setItem('tajdid.session', ${JSON.stringify(JSON.stringify(session))})`,
      });
      await page.goto(`${api.url}/console/`);
      await page.locator('.shell').waitFor();
      return { page, close: () => context.close() };
    },
    portal,
    staff,
    async renewal(sample = 'doubt', given) {
      const number = given ?? (await api.person());
      const photo = await upload(number, sample);
      const body = {
        type: 'id-renewal',
        applicant: { identityNumber: number },
        application: { photo, delivery: { method: 'courier' } },
      };
      const answer = await api.call('POST', '/v1/cases', {
        token: await portal(),
        headers: { 'idempotency-key': `console-${run}-${++keys}` },
        body,
      });
      return { id: answer.view().id, number };
    },
    view,
    reach,
    async happened(id) {
      const text = 'SELECT type FROM case_events WHERE case_id = $1 ORDER BY version';
      const rows = await api.world.database.from('case').query<{ type: string }>({ text, values: [id] });
      return rows.map(({ type }) => type);
    },
    async act(token, id, action, body = {}) {
      const { version } = await view(id);
      const answer = await api.call('POST', `/v1/cases/${id}/actions/${action}`, {
        token,
        headers: { 'if-match': `"${version}"` },
        body,
      });
      if (answer.status !== 200) throw new Error(`${action}: ${answer.status} ${answer.text}`);
      return answer.view();
    },
    upload,
    async stop() {
      await browser.close();
      await api.stop();
      await provider.stop();
      await rm(dir, { recursive: true });
    },
  };
}

/** A case's number as lists show it. */
export const shown = (id: string): string => id.slice(id.indexOf('_') + 1, id.indexOf('_') + 9).toUpperCase();
