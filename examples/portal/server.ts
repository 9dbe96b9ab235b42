import { randomBytes, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { TajdidProblem } from '../../packages/client/src';
import { FiledCases, PortalApi, type Delivery, type Filing, type PortalSettings, type RenewalCost } from './api';
import { sendPage } from './pages';

/** Somebody who can sign in: what an identity provider for citizens would say. The rest is the register's. */
export interface PortalPerson {
  readonly identityNumber: string;
  readonly name: { readonly ar: string; readonly en: string };
}

export interface PortalParts extends PortalSettings {
  readonly people: () => Promise<readonly PortalPerson[]>;
  readonly casesFile: string;
  /** What is told of an application's key before it is filed; only for trying out. */
  readonly beforeFiling?: (key: string) => Promise<void>;
}

const COOKIE = 'portal-session';
const LARGEST = 8 * 1024 * 1024;
const SHOWN = 48;

interface Call {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
  readonly url: URL;
  readonly person: PortalPerson | undefined;
}

class TooLarge extends Error {}

/** What is too large is heard to its end all the same: who is still sending hears no answer. */
async function bodyOf(req: IncomingMessage): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req) {
    size += (chunk as Buffer).length;
    if (size <= LARGEST) chunks.push(chunk as Buffer);
  }
  if (size > LARGEST) throw new TooLarge();
  return new Uint8Array(Buffer.concat(chunks));
}

function send(res: ServerResponse, status: number, body: unknown): void {
  res.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' }).end(JSON.stringify(body));
}

const NOT_REACHED = {
  code: 'not-reached',
  titles: {
    ar: 'تعذّر الوصول إلى الخدمة. حاول مرة أخرى.',
    en: 'The service could not be reached. Please try again.',
  },
};

const PHOTO_TOO_LARGE = {
  code: 'photo-too-large',
  titles: { ar: 'حجم الصورة أكبر من 8 ميجابايت.', en: 'The picture is larger than 8 MB.' },
};

/** Answers that are about the filing itself: after them it is settled that there is no case of it. */
const SETTLED: ReadonlySet<number> = new Set([400, 409, 422]);

/** The ways that a card comes, as the form names them. */
const DELIVERIES: ReadonlyMap<string, Delivery> = new Map([
  ['courier', { method: 'courier' }],
  ['riyadh-1', { method: 'pickup', office: 'riyadh-1' }],
]);

/** As the form says it; undefined where it does not ask. */
const deliveryIn = ({ searchParams }: URL): Delivery | undefined => DELIVERIES.get(searchParams.get('delivery') ?? '');

/** The back end of the example portal: holds the token, knows who is signed in, and shows each person only what they filed. */
export function createPortal(parts: PortalParts): Server {
  const api = new PortalApi(parts);
  const { client } = api;
  const filed = new FiledCases(parts.casesFile);
  const sessions = new Map<string, PortalPerson>();

  const personOf = (req: IncomingMessage): PortalPerson | undefined =>
    sessions.get(new RegExp(`${COOKIE}=([\\w-]+)`).exec(req.headers.cookie ?? '')?.[1] ?? '');

  /** One whose answer never came may be a case already: it is sent again as it was, whatever the form says now. */
  const filingOf = async ({ req, url }: Call, { identityNumber }: PortalPerson): Promise<Filing> => {
    const photo = await bodyOf(req);
    const open = filed.unanswered(identityNumber);
    if (open) return open;
    const { documentRef } = await client.uploadPhoto(identityNumber, photo);
    return filed.begin(identityNumber, {
      key: randomUUID(),
      application: { photo: documentRef, delivery: deliveryIn(url) ?? { method: 'courier' } },
    });
  };

  const file = async (call: Call, person: PortalPerson): Promise<void> => {
    const { identityNumber } = person;
    const { key, application } = await filingOf(call, person);
    await parts.beforeFiling?.(key);
    try {
      const opened = await client.fileCase(key, { type: 'id-renewal', applicant: { identityNumber }, application });
      filed.add(identityNumber, opened.id);
      send(call.res, 201, opened);
    } catch (error) {
      if (error instanceof TajdidProblem && SETTLED.has(error.status)) filed.drop(identityNumber);
      throw error;
    }
  };

  const act = async ({ res, req, url }: Call, person: PortalPerson, caseId: string): Promise<void> => {
    const bytes = await bodyOf(req);
    const delivery = deliveryIn(url);
    const photo = bytes.length > 0 ? (await client.uploadPhoto(person.identityNumber, bytes)).documentRef : undefined;
    const seen = await client.getCase(caseId);
    send(
      res,
      200,
      await client.act(seen, url.searchParams.get('action') ?? '', {
        ...(photo === undefined ? {} : { photo }),
        ...(delivery === undefined ? {} : { delivery }),
      }),
    );
  };

  /** What happens to the case, passed on as it comes; the page comes back by itself after a break. */
  const stream = async ({ req, res }: Call, caseId: string): Promise<void> => {
    const abort = new AbortController();
    res.on('close', () => abort.abort());
    const last = Number(req.headers['last-event-id'] ?? 0);
    res.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store' });
    res.flushHeaders();
    try {
      for await (const event of client.follow(caseId, {
        signal: abort.signal,
        after: Number.isInteger(last) ? last : 0,
      }))
        res.write(`id: ${event.version}\nevent: case-event\ndata: ${JSON.stringify(event)}\n\n`);
      res.write('event: closed\ndata: {}\n\n');
    } catch {
      // The reader left, or the API stopped for longer than a follower waits.
    }
    res.end();
  };

  const signIn = async ({ res, url }: Call): Promise<void> => {
    const person = (await parts.people())[Number(url.searchParams.get('person'))];
    if (!person) return send(res, 404, { code: 'unknown-person' });
    const id = randomBytes(24).toString('base64url');
    sessions.set(id, person);
    res.setHeader('set-cookie', `${COOKIE}=${id}; Path=/portal/; HttpOnly; SameSite=Strict`);
    send(res, 200, {});
  };

  const caseOf = async ({ identityNumber }: PortalPerson) => {
    const caseId = filed.of(identityNumber).at(-1);
    if (caseId === undefined) return null;
    return { ...(await client.getCase(caseId)), rated: filed.isRated(caseId) };
  };

  const me = async ({ res }: Call, person: PortalPerson): Promise<void> => {
    const { identity, cards } = await api.record(person.identityNumber);
    const card = cards.find(({ status }) => status.code === 'valid' || status.code === 'expired') ?? cards[0];
    send(res, 200, {
      name: { ar: identity.nameAr, en: identity.nameEn },
      identityNumber: person.identityNumber,
      card: card ? { serial: card.serial, expiresOn: card.expiresOn, type: card.type.text } : null,
      case: await caseOf(person),
    });
  };

  /** Each way has its own price, and its own rules against it. */
  const costs = async ({ identityNumber }: PortalPerson): Promise<Record<string, RenewalCost>> => {
    const asked = [...DELIVERIES].map(
      async ([name, delivery]) => [name, await api.cost(identityNumber, delivery)] as const,
    );
    return Object.fromEntries(await Promise.all(asked));
  };

  const rate = async ({ res, url }: Call, caseId: string): Promise<void> => {
    await api.rate(caseId, Number(url.searchParams.get('score')));
    filed.rated(caseId);
    send(res, 200, {});
  };

  const handle = async (call: Call): Promise<void> => {
    const { req, res, url, person } = call;
    const path = url.pathname;
    if (req.method === 'GET' && path === '/portal/api/people')
      return send(
        res,
        200,
        (await parts.people()).slice(0, SHOWN).map(({ name }, index) => ({ index, name })),
      );
    if (!path.startsWith('/portal/api/')) {
      if (!path.startsWith('/portal/')) return void res.writeHead(302, { location: '/portal/' }).end();
      if (!(await sendPage(res, path.slice('/portal/'.length) || 'index.html')))
        send(res, 404, { code: 'unknown-page' });
      return;
    }
    // A header of our own cannot come from another site's form.
    if (req.method === 'POST' && req.headers['x-portal'] !== '1') return send(res, 403, { code: 'not-from-this-page' });
    if (req.method === 'POST' && path === '/portal/api/sign-in') return signIn(call);
    if (!person) return send(res, 401, { code: 'signed-out' });
    const caseId = filed.of(person.identityNumber).at(-1);
    if (req.method === 'GET' && path === '/portal/api/me') return me(call, person);
    if (req.method === 'GET' && path === '/portal/api/cost') return send(res, 200, await costs(person));
    if (req.method === 'GET' && path === '/portal/api/case') return send(res, 200, await caseOf(person));
    if (req.method === 'POST' && path === '/portal/api/renew') return file(call, person);
    if (caseId === undefined) return send(res, 404, { code: 'no-case' });
    if (req.method === 'GET' && path === '/portal/api/events') return stream(call, caseId);
    if (req.method === 'POST' && path === '/portal/api/act') return act(call, person, caseId);
    if (req.method === 'POST' && path === '/portal/api/rate') return rate(call, caseId);
    return send(res, 404, { code: 'unknown-address' });
  };

  return createServer((req, res) => {
    handle({ req, res, url: new URL(req.url ?? '/', 'http://portal'), person: personOf(req) }).catch(
      (error: unknown) => {
        if (res.headersSent) res.destroy();
        else if (error instanceof TooLarge) send(res, 413, PHOTO_TOO_LARGE);
        else if (error instanceof TajdidProblem && error.problem) send(res, error.status, error.problem);
        else send(res, 502, NOT_REACHED);
      },
    );
  });
}
