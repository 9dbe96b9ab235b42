import { readFileSync, writeFileSync } from 'node:fs';

export interface PortalSettings {
  readonly apiUrl: string;
  readonly tokenUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

export interface ApiAnswer {
  readonly status: number;
  readonly etag: string | null;
  readonly body: unknown;
}

const RENEW_BEFORE = 60_000;

/** The public API as any portal uses it: its own token, obtained with its own secret, which never reaches a browser. */
export class PortalApi {
  private token: { readonly text: string; readonly until: number } | undefined;

  constructor(private readonly settings: PortalSettings) {}

  private async bearer(): Promise<string> {
    if (this.token && this.token.until > Date.now() + RENEW_BEFORE) return this.token.text;
    const { tokenUrl, clientId, clientSecret } = this.settings;
    const response = await fetch(tokenUrl, {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret }),
    });
    if (!response.ok) throw new Error(`no token: ${response.status}`);
    const { access_token, expires_in } = (await response.json()) as { access_token: string; expires_in: number };
    this.token = { text: access_token, until: Date.now() + expires_in * 1000 };
    return access_token;
  }

  async fetch(
    path: string,
    init: Omit<RequestInit, 'headers'> & { readonly headers?: Readonly<Record<string, string>> } = {},
  ): Promise<Response> {
    return fetch(new URL(path, this.settings.apiUrl), {
      ...init,
      headers: { ...init.headers, authorization: `Bearer ${await this.bearer()}` },
    });
  }

  async call(
    method: 'GET' | 'POST',
    path: string,
    body?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<ApiAnswer> {
    const response = await this.fetch(path, {
      method,
      headers: { ...(body === undefined ? {} : { 'content-type': 'application/json' }), ...headers },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return { status: response.status, etag: response.headers.get('etag'), body: await response.json() };
  }

  async upload(identityNumber: string, photo: Buffer): Promise<ApiAnswer> {
    const response = await this.fetch('/v1/documents', {
      method: 'POST',
      headers: { 'content-type': photo[0] === 0x89 ? 'image/png' : 'image/jpeg', 'identity-number': identityNumber },
      body: new Uint8Array(photo),
    });
    return { status: response.status, etag: null, body: await response.json() };
  }
}

/** Which cases each person has filed here; a portal keeps that itself. */
export class FiledCases {
  private readonly cases: Record<string, string[]>;

  constructor(private readonly path: string) {
    this.cases = read(path);
  }

  of(person: string): readonly string[] {
    return this.cases[person] ?? [];
  }

  add(person: string, caseId: string): void {
    if (this.of(person).includes(caseId)) return;
    this.cases[person] = [...this.of(person), caseId];
    writeFileSync(this.path, JSON.stringify(this.cases), { mode: 0o600 });
  }
}

function read(path: string): Record<string, string[]> {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Record<string, string[]>;
  } catch {
    return {};
  }
}
