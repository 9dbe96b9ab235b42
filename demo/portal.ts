import { request as httpRequest, Agent } from 'node:http';

/** What the demo reads of a case's view. */
export interface CaseView {
  readonly id: string;
  readonly status: string;
  readonly version: number;
  readonly waitingFor: { readonly what: string; readonly who: string; readonly until: string } | null;
  readonly quote?: { readonly total: { readonly halalas: number } } | null;
  readonly refusedBy?: readonly { readonly rule: string }[];
}

export interface Answer<T> {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: T;
}

interface Sent {
  readonly headers?: Record<string, string>;
  readonly json?: unknown;
  readonly bytes?: Buffer;
}

/** Somebody with a token, before the API: a portal's back end, a caseworker, an operator. */
export class Caller {
  private readonly agent = new Agent({ keepAlive: true, maxSockets: 32 });

  constructor(
    private readonly apiUrl: string,
    private readonly token: string,
  ) {}

  async call<T>(method: 'GET' | 'POST', path: string, sent: Sent = {}): Promise<Answer<T>> {
    const { body, ...answer } = await this.bytes(method, path, sent);
    const isJson = String(answer.headers['content-type']).includes('json');
    return { ...answer, body: (isJson ? JSON.parse(body.toString()) : body.toString()) as T };
  }

  /** Whatever is answered, as it is. */
  async bytes(method: 'GET' | 'POST', path: string, sent: Sent = {}): Promise<Answer<Buffer>> {
    for (;;) {
      const answer = await this.send(method, path, sent);
      if (answer !== 'closed-while-idle') return answer;
    }
  }

  /** The server may close a connection that has long been idle just as it is used again: then it has read nothing of the request. */
  private send(
    method: string,
    path: string,
    { headers = {}, json, bytes }: Sent,
  ): Promise<Answer<Buffer> | 'closed-while-idle'> {
    const body = bytes ?? (json === undefined ? undefined : Buffer.from(JSON.stringify(json)));
    return new Promise((resolve, reject) => {
      const request = httpRequest(
        new URL(path, this.apiUrl),
        {
          method,
          agent: this.agent,
          headers: {
            authorization: `Bearer ${this.token}`,
            ...(json === undefined ? {} : { 'content-type': 'application/json' }),
            ...(body ? { 'content-length': body.length } : {}),
            ...headers,
          },
        },
        (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('error', reject);
          response.on('end', () => {
            resolve({
              status: response.statusCode ?? 0,
              headers: response.headers,
              body: Buffer.concat(chunks),
            });
          });
        },
      );
      request.on('error', (error: NodeJS.ErrnoException) => {
        if (request.reusedSocket && error.code === 'ECONNRESET') resolve('closed-while-idle');
        else reject(error);
      });
      request.end(body);
    });
  }

  async expect<T>(status: number, method: 'GET' | 'POST', path: string, sent?: Sent): Promise<T> {
    const answer = await this.call<T>(method, path, sent);
    if (answer.status !== status)
      throw new Error(`${method} ${path}: ${answer.status} instead of ${status}: ${JSON.stringify(answer.body)}`);
    return answer.body;
  }

  upload(identityNumber: string, photo: Buffer): Promise<string> {
    return this.expect<{ documentRef: string }>(201, 'POST', '/v1/documents', {
      bytes: photo,
      headers: { 'content-type': 'image/jpeg', 'identity-number': identityNumber },
    }).then(({ documentRef }) => documentRef);
  }

  file(key: string, type: string, identityNumber: string, application: object): Promise<CaseView> {
    return this.expect(201, 'POST', '/v1/cases', {
      headers: { 'idempotency-key': key },
      json: { type, applicant: { identityNumber }, application },
    });
  }

  view(caseId: string): Promise<CaseView> {
    return this.expect(200, 'GET', `/v1/cases/${caseId}`);
  }

  /** Acts on the case as it is now. */
  async act(caseId: string, action: string, input: object = {}, expected = 200): Promise<CaseView> {
    const { version } = await this.view(caseId);
    return this.expect(expected, 'POST', `/v1/cases/${caseId}/actions/${action}`, {
      headers: { 'if-match': `"${version}"` },
      json: input,
    });
  }

  close(): void {
    this.agent.destroy();
  }
}
