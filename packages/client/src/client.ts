import createFetchClient, { type Client } from 'openapi-fetch';
import type { components, paths } from './api';
import { webAddress } from './address';
import { followCase, type Case, type CaseEvent, type Follow } from './follow';
import { answer } from './problem';
import type { TokenSource } from './token';

type Schemas = components['schemas'];
export type Filing = Schemas['FileCase'];
export type VerificationQuestion = Schemas['VerificationQuestion'];
export type VerificationAnswer = Schemas['VerificationAnswer'];
export type BulkLine = Schemas['BulkLine'];
export type BulkVerification = Schemas['BulkVerification'];
export type BulkResult = Schemas['BulkResult'];
export type DocumentKept = Schemas['DocumentKept'];

export interface ClientSettings {
  /** Where the API is, such as `http://127.0.0.1:8080`. */
  readonly baseUrl: string;
  readonly token: TokenSource;
  /** The language of problems' titles; English by default. */
  readonly language?: 'ar' | 'en';
  readonly fetch?: typeof fetch;
}

export interface TajdidClient {
  /** Everything in the API's document, typed: paths, parameters, bodies and answers. */
  readonly api: Client<paths>;
  /** Keeps a portrait for a person and measures it; answers the reference that an application names. */
  uploadPhoto(identityNumber: string, photo: Uint8Array<ArrayBuffer>): Promise<DocumentKept>;
  /**
   * Files a case. `key` is the application's own name on your side: the same key and filing again are the same case, so that a
   * request whose answer was lost is simply sent again.
   */
  fileCase(key: string, filing: Filing): Promise<Case>;
  getCase(id: string): Promise<Case>;
  /** Acts on the case as you saw it: `stale-version` is thrown when it has moved since. */
  act(seen: Pick<Case, 'id' | 'version'>, action: string, input?: object): Promise<Case>;
  /** Every event of a case in order until it is closed. */
  follow(id: string, how?: Follow): AsyncGenerator<CaseEvent>;
  /** The case once it is closed. */
  closed(id: string, how?: Follow): Promise<Case>;
  verify(question: VerificationQuestion): Promise<VerificationAnswer>;
  /**
   * Takes in a file of questions, as lines or as the text of a CSV with a header; how far it has come and the result are read from its
   * `links`. The same key and file again are the same file.
   */
  verifyFile(key: string, file: string | readonly BulkLine[]): Promise<BulkVerification>;
}

/** Keys are printable ASCII, 128 at most; anything else is refused here rather than after a request. */
export function idempotencyKey(...parts: readonly (string | number)[]): string {
  const key = parts.join('-');
  if (!/^[\x20-\x7e]{1,128}$/.test(key))
    throw new RangeError('an idempotency key is 1 to 128 printable ASCII characters');
  return key;
}

/** The client of one portal. It keeps nothing but its token. */
export function createTajdidClient({
  baseUrl,
  token,
  language = 'en',
  fetch: fetchWith,
}: ClientSettings): TajdidClient {
  const api = createFetchClient<paths>({
    baseUrl: webAddress('baseUrl', baseUrl).replace(/\/$/, ''),
    ...(fetchWith ? { fetch: fetchWith } : {}),
  });
  api.use({
    async onRequest({ request }) {
      request.headers.set('authorization', `Bearer ${await token()}`);
      request.headers.set('accept-language', language);
      return request;
    },
  });
  const getCase = async (id: string): Promise<Case> =>
    (await answer(api.GET('/v1/cases/{id}', { params: { path: { id } } }))).data;

  return {
    api,
    async uploadPhoto(identityNumber, photo) {
      const call = api.POST('/v1/documents', {
        params: { header: { 'Identity-Number': identityNumber } },
        headers: { 'content-type': photo[0] === 0x89 ? 'image/png' : 'image/jpeg' },
        body: '',
        bodySerializer: () => photo,
      });
      return (await answer(call)).data;
    },
    async fileCase(key, filing) {
      return (
        await answer(
          api.POST('/v1/cases', { params: { header: { 'Idempotency-Key': idempotencyKey(key) } }, body: filing }),
        )
      ).data;
    },
    getCase,
    async act({ id, version }, action, input = {}) {
      // Each action has a path of its own in the document; which there are depends on the case, so that the name comes from its view.
      const path = `/v1/cases/{id}/actions/${action}` as '/v1/cases/{id}/actions/cancel';
      const call = api.POST(path, {
        params: { path: { id }, header: { 'If-Match': `"${version}"` } },
        body: input as never,
      });
      return (await answer(call)).data;
    },
    follow: (id, how) => followCase(api, id, how),
    async closed(id, how) {
      const events = followCase(api, id, how);
      while (!(await events.next()).done);
      return getCase(id);
    },
    async verify(question) {
      return (await answer(api.POST('/v1/verifications', { body: question }))).data;
    },
    async verifyFile(key, file) {
      const params = { header: { 'Idempotency-Key': idempotencyKey(key) } };
      const sent =
        typeof file === 'string'
          ? { headers: { 'content-type': 'text/csv' }, body: file, bodySerializer: () => file }
          : { body: { lines: [...file] } };
      return (await answer(api.POST('/v1/verifications/bulk', { params, ...sent }))).data;
    },
  };
}
