import type { Client } from '@temporalio/client';
import { caseIdFor } from '../client/case-id';
import type { LocalDate } from '../domain/time';
import { fastForward } from '../engine/temporal/fast-forward';
import type { System } from '../system/start';
import { Caller, type CaseView } from './portal';

const PORTAL = 'absher-individuals';
const PATIENCE = 120_000;
const LOOK_AGAIN = 120;

/** What a hospital or a court writes about an event. */
export interface NoticeSent {
  readonly reference: string;
  readonly kind: 'birth' | 'marriage' | 'divorce' | 'death' | 'family-link';
  readonly on: LocalDate;
  /** Identity numbers. */
  readonly people: readonly string[];
}

/** Whom and what a scene can turn to. */
export interface Stage {
  readonly portal: Caller;
  staff(sub: string): Promise<Caller>;
  /** The ids of cases follow from client and key: the demo knows them before it files. */
  caseId(type: string, key: string): string;
  script(caseId: string, script: object): Promise<void>;
  step(party: 'payments' | 'card-bureau' | 'courier', step: string, caseId: string): Promise<void>;
  notice(notice: NoticeSent): Promise<void>;
  /** Moves one case ahead of the clock. */
  skip(caseId: string, ms: number): Promise<void>;
  /** Waits until the case is as asked; throws, saying what it is instead, when that takes too long or cannot be any more. */
  until(caseId: string, what: string, is: (view: CaseView) => boolean, seenBy?: Caller): Promise<CaseView>;
  close(): void;
}

export const closed = (view: CaseView): boolean => view.waitingFor === null;
export const reached =
  (status: string) =>
  (view: CaseView): boolean =>
    view.status === status;
export const waiting =
  (what: string) =>
  (view: CaseView): boolean =>
    view.waitingFor?.what === what;

export async function openStage(system: System, client: Client): Promise<Stage> {
  const { apiUrl, sandboxUrl, sandboxSecrets } = system;
  const sandbox = async (
    method: string,
    path: string,
    key: string,
    body: object,
    headers: Record<string, string> = {},
  ): Promise<Record<string, string>> => {
    const response = await fetch(`${sandboxUrl}${path}`, {
      method,
      headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`the sandbox answered ${response.status} to ${path}: ${await response.text()}`);
    return (await response.json()) as Record<string, string>;
  };
  const control = (method: string, path: string, body: object): Promise<Record<string, string>> =>
    sandbox(method, `/control${path}`, sandboxSecrets.control, body);

  const callers = new Map<string, Promise<Caller>>();
  const staff = (sub: string): Promise<Caller> => {
    const known =
      callers.get(sub) ??
      control('POST', '/token', { as: sub }).then(({ access_token }) => new Caller(apiUrl, access_token ?? ''));
    callers.set(sub, known);
    return known;
  };
  const answer = await fetch(`${sandboxUrl}/idp/token`, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'client_credentials',
      client_id: PORTAL,
      client_secret: sandboxSecrets.portalSecrets[PORTAL],
    }),
  });
  const { access_token } = (await answer.json()) as { access_token: string };
  const portal = new Caller(apiUrl, access_token);
  return {
    portal,
    staff,
    caseId: (type, key) => caseIdFor(type, PORTAL, key),
    script: async (caseId, script) => void (await control('PUT', `/cases/${caseId}`, script)),
    step: async (party, step, caseId) => void (await control('POST', `/steps/${party}/${step}`, { caseId })),
    notice: async (notice) =>
      void (await sandbox('POST', '/notices/notices', sandboxSecrets.apiKeys.notices, notice, {
        'idempotency-key': notice.reference,
      })),
    skip: (caseId, ms) => fastForward(client, caseId, ms),
    async until(caseId, what, is, seenBy = portal) {
      const deadline = Date.now() + PATIENCE;
      for (;;) {
        const { status, body: view } = await seenBy.call<CaseView>('GET', `/v1/cases/${caseId}`);
        const known = status === 200;
        if (known && is(view)) return view;
        const now = known ? `${view.status}, waiting for ${view.waitingFor?.what ?? 'nothing'}` : `answered ${status}`;
        // A case that another one starts is there a moment after it was started.
        if ((known && closed(view)) || (!known && status !== 404) || Date.now() > deadline)
          throw new Error(`${caseId} waits in vain for ${what}: it is ${now}`);
        await new Promise((wake) => setTimeout(wake, LOOK_AGAIN));
      }
    },
    close() {
      portal.close();
      for (const caller of callers.values()) void caller.then((known) => known.close());
    },
  };
}
