import { webAddress } from './address';
import { tokenProblemFrom } from './problem';

/** A bearer token, asked for before each request. */
export type TokenSource = () => Promise<string>;

export interface ClientCredentials {
  /** The token endpoint of the identity provider. */
  readonly tokenUrl: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/** Milliseconds before its end at which a token is replaced. */
const EARLY = 30_000;

/** OAuth client credentials: one token for all requests, renewed before it ends; requests at once share the renewal. */
export function clientCredentials({ tokenUrl, clientId, clientSecret }: ClientCredentials): TokenSource {
  const url = webAddress('tokenUrl', tokenUrl);
  let kept: { readonly token: string; readonly until: number } | undefined;
  let asking: Promise<string> | undefined;

  const ask = async (): Promise<string> => {
    const response = await fetch(url, {
      method: 'POST',
      body: new URLSearchParams({ grant_type: 'client_credentials', client_id: clientId, client_secret: clientSecret }),
    });
    if (!response.ok) throw tokenProblemFrom(response);
    const { access_token: token, expires_in: seconds = 60 } = (await response.json()) as {
      access_token: string;
      expires_in?: number;
    };
    kept = { token, until: Date.now() + seconds * 1000 - EARLY };
    return token;
  };

  return () => {
    if (kept && kept.until > Date.now()) return Promise.resolve(kept.token);
    asking ??= ask().finally(() => {
      asking = undefined;
    });
    return asking;
  };
}
