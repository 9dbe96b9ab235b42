import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { extname, join } from 'node:path';
import { caseIdFor } from '../../client/case-id';
import { FiledCases, PortalApi, type ApiAnswer, type PortalSettings } from './api';

export interface PortalPerson {
  readonly identityNumber: string;
  readonly name: { readonly ar: string; readonly en: string };
  readonly kind: 'citizen' | 'resident';
  readonly cardExpiresOn: string;
}

export interface PortalParts extends PortalSettings {
  readonly people: () => Promise<readonly PortalPerson[]>;
  readonly casesFile: string;
  /** Where trying out: lets a person pay by hand on the sandbox's page, where the sandbox would pay by itself at once. */
  readonly sandbox?: { readonly url: string; readonly secret: string };
}

const COOKIE = 'portal-session';
const LARGEST = 8 * 1024 * 1024;
const SHOWN = 48;
const PAGE =
  [join(__dirname, 'page'), join(__dirname, '../../../examples/portal/page')].find((path) => existsSync(path)) ??
  join(__dirname, 'page');
const TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.jpg': 'image/jpeg',
};
const POLICY =
  "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob:; connect-src 'self'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'";
const PORTRAITS = join(PAGE, '../../../demo/portraits');

interface Call {
  readonly req: IncomingMessage;
  readonly res: ServerResponse;
  readonly url: URL;
  readonly person: PortalPerson | undefined;
}

async function bodyOf(req: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of req) {
    size += (chunk as Buffer).length;
    if (size > LARGEST) throw new Error('too large');
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks);
}

function send(res: ServerResponse, status: number, body: unknown): void {
  res.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' }).end(JSON.stringify(body));
}

const pass = (res: ServerResponse, { status, body }: ApiAnswer): void => send(res, status, body);

/** The back end of the example portal: holds the token, knows who is signed in, and shows each person only what they filed. */
export function createPortal(parts: PortalParts): Server {
  const api = new PortalApi(parts);
  const filed = new FiledCases(parts.casesFile);
  const sessions = new Map<string, PortalPerson>();

  const personOf = (req: IncomingMessage): PortalPerson | undefined =>
    sessions.get(new RegExp(`${COOKIE}=([\\w-]+)`).exec(req.headers.cookie ?? '')?.[1] ?? '');

  const file = async ({ res, req, url }: Call, person: PortalPerson): Promise<void> => {
    const kept = await api.upload(person.identityNumber, await bodyOf(req));
    if (kept.status !== 201) return pass(res, kept);
    const { documentRef } = kept.body as { documentRef: string };
    // The number of earlier applications makes the key: asking twice files once.
    const key = `portal-${person.identityNumber}-${filed.of(person.identityNumber).length}`;
    const { sandbox } = parts;
    if (sandbox) {
      await fetch(`${sandbox.url}/control/cases/${caseIdFor('id-renewal', parts.clientId, key)}`, {
        method: 'PUT',
        headers: { authorization: `Bearer ${sandbox.secret}`, 'content-type': 'application/json' },
        body: JSON.stringify({ payments: 'manual' }),
      });
    }
    const delivery = url.searchParams.get('pickup')
      ? { method: 'pickup', office: url.searchParams.get('pickup') }
      : { method: 'courier' };
    const answer = await api.call(
      'POST',
      '/v1/cases',
      {
        type: 'id-renewal',
        applicant: { identityNumber: person.identityNumber },
        application: { photo: documentRef, delivery },
      },
      { 'idempotency-key': key },
    );
    if (answer.status === 201) filed.add(person.identityNumber, (answer.body as { id: string }).id);
    pass(res, answer);
  };

  const act = async ({ res, req, url }: Call, person: PortalPerson, caseId: string): Promise<void> => {
    const action = url.searchParams.get('action') ?? '';
    const bytes = await bodyOf(req);
    const kept = bytes.length > 0 ? await api.upload(person.identityNumber, bytes) : undefined;
    if (kept && kept.status !== 201) return pass(res, kept);
    const seen = await api.call('GET', `/v1/cases/${caseId}`);
    const body = kept ? { photo: (kept.body as { documentRef: string }).documentRef } : {};
    pass(
      res,
      await api.call('POST', `/v1/cases/${caseId}/actions/${encodeURIComponent(action)}`, body, {
        'if-match': seen.etag ?? '',
      }),
    );
  };

  const stream = async ({ req, res }: Call, caseId: string): Promise<void> => {
    const abort = new AbortController();
    res.on('close', () => abort.abort());
    const last = req.headers['last-event-id'];
    const heard = await api.fetch(`/v1/cases/${caseId}/stream`, {
      signal: abort.signal,
      headers: typeof last === 'string' ? { 'last-event-id': last } : {},
    });
    res.writeHead(heard.status, { 'content-type': 'text/event-stream; charset=utf-8', 'cache-control': 'no-store' });
    try {
      for await (const chunk of heard.body ?? []) res.write(chunk);
    } catch {
      // The reader left, or the API stopped: the page comes back by itself.
    }
    res.end();
  };

  const page = async ({ res, url }: Call): Promise<void> => {
    const name = url.pathname.slice('/portal/'.length) || 'index.html';
    const sample = /^sample\/(good|doubt|no-face)\.jpg$/.exec(name)?.[1];
    const path = sample ? join(PORTRAITS, `${sample}.jpg`) : join(PAGE, name);
    const type = TYPES[extname(name)];
    const bytes =
      type && /^[\w./-]+$/.test(name) && !name.includes('..') ? await readFile(path).catch(() => undefined) : undefined;
    if (!bytes || !type) return send(res, 404, { code: 'unknown-page' });
    res
      .writeHead(200, {
        'content-type': type,
        'content-security-policy': POLICY,
        'x-content-type-options': 'nosniff',
        'referrer-policy': 'no-referrer',
        'cache-control': 'no-cache',
      })
      .end(bytes);
  };

  const signIn = async ({ res, url }: Call): Promise<void> => {
    const person = (await parts.people())[Number(url.searchParams.get('person'))];
    if (!person) return send(res, 404, { code: 'unknown-person' });
    const id = randomBytes(24).toString('base64url');
    sessions.set(id, person);
    res.setHeader('set-cookie', `${COOKIE}=${id}; Path=/portal/; HttpOnly; SameSite=Strict`);
    send(res, 200, {});
  };

  const me = async ({ res }: Call, person: PortalPerson): Promise<void> => {
    const caseId = filed.of(person.identityNumber).at(-1);
    const found = caseId === undefined ? undefined : await api.call('GET', `/v1/cases/${caseId}`);
    send(res, 200, {
      name: person.name,
      kind: person.kind,
      identityNumber: person.identityNumber,
      cardExpiresOn: person.cardExpiresOn,
      case: found?.status === 200 ? found.body : null,
    });
  };

  const handle = async (call: Call): Promise<void> => {
    const { req, res, url, person } = call;
    const path = url.pathname;
    if (req.method === 'GET' && path === '/portal/api/people') {
      return send(
        res,
        200,
        (await parts.people())
          .slice(0, SHOWN)
          .map(({ name, kind, cardExpiresOn }, index) => ({ index, name, kind, cardExpiresOn })),
      );
    }
    if (!path.startsWith('/portal/api/'))
      return path.startsWith('/portal/') ? page(call) : void res.writeHead(302, { location: '/portal/' }).end();
    // A header of our own cannot come from another site's form.
    if (req.method === 'POST' && req.headers['x-portal'] !== '1') return send(res, 403, { code: 'not-from-this-page' });
    if (req.method === 'POST' && path === '/portal/api/sign-in') return signIn(call);
    if (!person) return send(res, 401, { code: 'signed-out' });
    const caseId = filed.of(person.identityNumber).at(-1);
    if (req.method === 'GET' && path === '/portal/api/me') return me(call, person);
    if (req.method === 'POST' && path === '/portal/api/renew') return file(call, person);
    if (caseId === undefined) return send(res, 404, { code: 'no-case' });
    if (req.method === 'GET' && path === '/portal/api/events') return stream(call, caseId);
    if (req.method === 'POST' && path === '/portal/api/act') return act(call, person, caseId);
    if (req.method === 'POST' && path === '/portal/api/rate')
      return pass(
        res,
        await api.call('POST', `/v1/cases/${caseId}/satisfaction`, { score: Number(url.searchParams.get('score')) }),
      );
    return send(res, 404, { code: 'unknown-address' });
  };

  return createServer((req, res) => {
    handle({ req, res, url: new URL(req.url ?? '/', 'http://portal'), person: personOf(req) }).catch(() => {
      if (res.headersSent) res.destroy();
      else
        send(res, 502, {
          code: 'not-reached',
          titles: {
            ar: 'تعذّر الوصول إلى الخدمة. حاول مرة أخرى.',
            en: 'The service could not be reached. Please try again.',
          },
        });
    });
  });
}
