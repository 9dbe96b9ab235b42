import type { RequestListener } from 'node:http';
import { join } from 'node:path';
import { CardBook } from './card-bureau/book';
import { cardBureauRoutes } from './card-bureau/routes';
import { controlRoutes } from './control/routes';
import { Desk } from './core/desk';
import type { Dials, PartyName } from './core/dials';
import { type Book, type Entry, Party } from './core/party';
import { Router, sendJson } from './core/router';
import { Scripts } from './core/scripts';
import { ParcelBook } from './courier/book';
import { courierRoutes } from './courier/routes';
import { COMMAND_LINE, type StaffClient } from './identity-provider/authorization';
import { signingKeys } from './identity-provider/keys';
import { identityProviderRoutes } from './identity-provider/routes';
import { TokenMint } from './identity-provider/tokens';
import { MessageBook } from './messages/book';
import { messageRoutes } from './messages/routes';
import { NoticeBook } from './notices/book';
import { noticeRoutes } from './notices/routes';
import { PaymentBook } from './payments/book';
import { paymentRoutes } from './payments/routes';
import type { SandboxSecrets } from './secrets';

export interface SandboxSettings {
  readonly dataDir: string;
  /** Base URL of who is told by webhook; null keeps the webhooks until there is one. */
  readonly webhookTarget: string | null;
  readonly secrets: SandboxSecrets;
  /** Fixes what chance does with the dials. */
  readonly seed: number;
  /** `aud` of access tokens. */
  readonly audience: string;
  readonly staffClients: readonly StaffClient[];
  readonly dials: Partial<Record<PartyName, Dials>>;
}

export interface Sandbox {
  readonly listener: RequestListener;
  close(): void;
}

/** The whole world outside, as one listener: a path prefix for each party, `/idp` and `/control`. */
export async function buildSandbox(settings: SandboxSettings, publicUrl: () => string): Promise<Sandbox> {
  const { dataDir, secrets, seed } = settings;
  let webhookTarget = settings.webhookTarget;
  const router = new Router();
  const scripts = new Scripts(dataDir);
  for (const [name, dials] of Object.entries(settings.dials) as [PartyName, Dials][]) scripts.setDials(name, dials);
  const keys = await signingKeys(join(dataDir, 'identity-provider'));
  const mint = new TokenMint(keys, () => `${publicUrl()}/idp`, settings.audience);

  const parties = new Map<string, Party>();
  const open = <E extends Entry>(name: PartyName, book: Book<E>): { party: Party<E>; desk: Desk<E> } => {
    const webhookSecret = secrets.webhookSecrets[name];
    const party = new Party({ name, dataDir, seed, webhookSecret, scripts, book, webhookTarget: () => webhookTarget });
    parties.set(name, party);
    return { party, desk: new Desk(router, party, scripts, secrets.apiKeys[name], seed) };
  };

  const paymentBook = new PaymentBook();
  const payments = open('payments', paymentBook);
  paymentRoutes(router, payments.desk, payments.party, paymentBook, publicUrl);
  const cardBook = new CardBook();
  cardBureauRoutes(open('card-bureau', cardBook).desk, cardBook);
  const parcelBook = new ParcelBook();
  courierRoutes(open('courier', parcelBook).desk, parcelBook);
  const messageBook = new MessageBook();
  messageRoutes(open('messages', messageBook).desk, messageBook);
  const noticeBook = new NoticeBook();
  noticeRoutes(open('notices', noticeBook).desk, noticeBook);

  const clientSecrets = new Map(Object.entries({ ...secrets.portalSecrets, ...secrets.bodySecrets }));
  identityProviderRoutes(router, { keys, mint, clientSecrets, staffClients: [COMMAND_LINE, ...settings.staffClients] });
  controlRoutes(router, {
    parties,
    scripts,
    mint,
    secret: secrets.control,
    retarget: (url) => {
      webhookTarget = url;
      for (const party of parties.values()) party.wakeWebhooks();
    },
  });
  router.on('GET', '/livez', ({ res }) => sendJson(res, 200, { status: 'up' }));

  return {
    listener: router.listener,
    close: () => {
      for (const party of parties.values()) party.close();
      scripts.close();
    },
  };
}
