import { createHash, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { z } from 'zod';
import { askedWrongly, Ended, EXIT } from './output';

/** Where staff prove who they are. */
export interface Provider {
  readonly issuer: string;
  readonly audience: string;
}

export interface SignedIn {
  readonly token: string;
  /** Milliseconds since 1970; the token is no good from then on. */
  readonly until: number;
}

const ANSWER_WITHIN = 10_000;
/** A person has this long to sign in in the browser. */
const PERSON_WITHIN = 300_000;

const Discovery = z.object({ authorization_endpoint: z.url(), token_endpoint: z.url() });
const Tokens = z.object({ access_token: z.string(), expires_in: z.number().default(300) });
type Endpoints = z.infer<typeof Discovery>;

const fresh = (): string => randomBytes(32).toString('base64url');

/** An authorisation code with PKCE (RFC 7636), to be answered on a loopback address (RFC 8252). */
interface CodeRequest {
  readonly redirectUri: string;
  readonly state: string;
  readonly verifier: string;
  readonly params: URLSearchParams;
}

function codeRequest({ audience }: Provider, clientId: string, redirectUri: string): CodeRequest {
  const [state, verifier] = [fresh(), fresh()];
  const params = new URLSearchParams({
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    scope: 'openid profile',
    audience,
    state,
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
  });
  return { redirectUri, state, verifier, params };
}

/** Where staff sign in and get tokens. Ends the command when nobody answers there. */
export async function endpointsOf({ issuer }: Provider): Promise<Endpoints> {
  try {
    const url = `${issuer.replace(/\/$/, '')}/.well-known/openid-configuration`;
    const response = await fetch(url, { signal: AbortSignal.timeout(ANSWER_WITHIN) });
    return Discovery.parse(await response.json());
  } catch {
    throw new Ended(EXIT.unreachable, {
      en: `The identity provider at ${issuer} does not answer as one does.`,
      ar: `موفّر الهوية في ${issuer} لا يجيب كما ينبغي.`,
    });
  }
}

/** Takes what came back to the loopback address; answers the token for it. */
async function redeem(
  { token_endpoint }: Endpoints,
  clientId: string,
  { redirectUri, state, verifier }: CodeRequest,
  back: URLSearchParams,
): Promise<SignedIn> {
  const code = back.get('code');
  if (back.get('state') !== state || code === null) {
    const error = back.get('error');
    throw askedWrongly(
      `Nobody was signed in (${error ?? 'another answer than the one asked for'}).`,
      `لم يسجّل أحد الدخول (${error ?? 'جاء جواب غير المطلوب'}).`,
    );
  }
  const response = await fetch(token_endpoint, {
    method: 'POST',
    body: new URLSearchParams({
      grant_type: 'authorization_code',
      client_id: clientId,
      redirect_uri: redirectUri,
      code,
      code_verifier: verifier,
    }),
    signal: AbortSignal.timeout(ANSWER_WITHIN),
  });
  const tokens = Tokens.safeParse(await response.json().catch(() => null));
  if (!response.ok || !tokens.success)
    throw askedWrongly(
      `The identity provider gave no token (${response.status}).`,
      `لم يعطِ موفّر الهوية رمزًا (${response.status}).`,
    );
  return { token: tokens.data.access_token, until: Date.now() + tokens.data.expires_in * 1_000 };
}

/** @param show tells the person which page to open */
export async function signInByBrowser(
  provider: Provider,
  clientId: string,
  show: (url: string) => void,
): Promise<SignedIn> {
  const endpoints = await endpointsOf(provider);
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const port = (server.address() as AddressInfo).port;
    const request = codeRequest(provider, clientId, `http://127.0.0.1:${port}/callback`);
    const back = new Promise<URLSearchParams>((resolve, reject) => {
      server.on('request', (asked, answer) => {
        const { pathname, searchParams } = new URL(asked.url ?? '/', request.redirectUri);
        if (pathname !== '/callback') return void answer.writeHead(404).end();
        answer.writeHead(200, { 'content-type': 'text/plain; charset=utf-8', connection: 'close' });
        answer.end('يمكنك إغلاق هذه الصفحة. · You can close this page.\n', () => resolve(searchParams));
      });
      const late = askedWrongly('Nobody signed in within five minutes.', 'لم يسجّل أحد الدخول خلال خمس دقائق.');
      setTimeout(() => reject(late), PERSON_WITHIN).unref();
    });
    show(`${endpoints.authorization_endpoint}?${request.params.toString()}`);
    return await redeem(endpoints, clientId, request, await back);
  } finally {
    server.close();
    server.closeAllConnections();
  }
}

/** For development: the sandbox's identity provider lets everybody in by name. A real one does not, and that is the answer then. */
export async function signInByName(provider: Provider, clientId: string, name: string): Promise<SignedIn> {
  const endpoints = await endpointsOf(provider);
  const request = codeRequest(provider, clientId, 'http://127.0.0.1:9/callback');
  const answer = await fetch(endpoints.authorization_endpoint, {
    method: 'POST',
    body: new URLSearchParams([...request.params, ['sub', name]]),
    redirect: 'manual',
    signal: AbortSignal.timeout(ANSWER_WITHIN),
  });
  const to = answer.headers.get('location') ?? '';
  if (!to.startsWith(`${request.redirectUri}?`))
    throw askedWrongly(
      `${provider.issuer} lets nobody in by name alone: use \`tajdid login\`.`,
      `لا يُدخل ${provider.issuer} أحدًا بالاسم وحده: استعمل \`tajdid login\`.`,
    );
  const back = new URL(to).searchParams;
  if (back.get('error') === 'access_denied')
    throw askedWrongly(
      `The sandbox knows nobody called ${name}: its operators are staff-401 and staff-402.`,
      `لا تعرف البيئة التجريبية أحدًا باسم ${name}: مشغّلاها staff-401 و staff-402.`,
    );
  return redeem(endpoints, clientId, request, back);
}
