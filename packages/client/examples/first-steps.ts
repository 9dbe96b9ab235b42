import { clientCredentials, createTajdidClient, idempotencyKey, type Case } from '@tajdid/client';

export interface Portal {
  readonly apiUrl: string;
  readonly tokenUrl: string;
  readonly clientSecret: string;
  readonly say: (line: string) => void;
}

/** Renews a card, and says in Arabic what happens until it is closed. */
export async function firstSteps(
  { apiUrl, tokenUrl, clientSecret, say }: Portal,
  identityNumber: string,
  photo: Uint8Array<ArrayBuffer>,
): Promise<Case> {
  const client = createTajdidClient({
    baseUrl: apiUrl,
    token: clientCredentials({ tokenUrl, clientId: 'absher-individuals', clientSecret }),
  });
  const { documentRef } = await client.uploadPhoto(identityNumber, photo);
  const filed = await client.fileCase(idempotencyKey('renewal', 'application', 4711), {
    type: 'id-renewal',
    applicant: { identityNumber },
    application: { photo: documentRef, delivery: { method: 'courier' } },
  });
  for await (const event of client.follow(filed.id)) say(event.text.ar);
  return client.getCase(filed.id);
}
