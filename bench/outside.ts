import { createServer } from 'node:http';
import { httpCardBureau } from '../adapters/card-bureau/http';
import { httpCourier } from '../adapters/courier/http';
import { httpMessages } from '../adapters/messages/http';
import { httpPayments } from '../adapters/payments/http';
import { sar } from '../domain/money';
import type { OutsideMessage } from '../domain/outside-messages';
import { DEVELOPMENT_SECRETS } from '../sandbox/secrets';

const PHOTO = Buffer.alloc(30_000, 7);

/** The calls of a renewal to the world outside, as each rival makes them: through the very adapters that Tajdid uses. */
export interface OutsideCalls {
  requestPayment(caseId: string): Promise<string>;
  orderCard(caseId: string): Promise<string>;
  bookCourier(caseId: string): Promise<string>;
  sendMessage(caseId: string): Promise<string>;
}

export function outsideCalls(sandbox: string): OutsideCalls {
  const http = (party: keyof typeof DEVELOPMENT_SECRETS.apiKeys) => ({
    baseUrl: `${sandbox}/${party}`,
    apiKey: DEVELOPMENT_SECRETS.apiKeys[party],
  });
  const payments = httpPayments(http('payments'));
  const bureau = httpCardBureau(http('card-bureau'));
  const courier = httpCourier(http('courier'));
  const messages = httpMessages(http('messages'));
  const serial = (caseId: string): string => `S${caseId.slice(-9)}`;
  return {
    requestPayment: async (caseId) =>
      (await payments.request({ key: `${caseId}/payment`, caseId, amount: sar(25), purpose: 'id-renewal' })).paymentId,
    orderCard: async (caseId) =>
      (
        await bureau.order({
          key: `${caseId}/print`,
          caseId,
          serial: serial(caseId),
          card: {
            documentType: 'national-id',
            serial: serial(caseId),
            identityNumber: '1000000008',
            nameAr: 'اسم',
            nameEn: 'Name',
            sex: 'F',
            birthDate: '1990-01-01',
            birthPlaceAr: 'الرياض',
            birthPlaceEn: 'Riyadh',
            nationality: 'SAU',
            issuedOn: '2026-01-01',
            expiresOn: '2036-01-01',
            photo: PHOTO,
          },
        })
      ).orderId,
    bookCourier: async (caseId) =>
      (await courier.book({ key: `${caseId}/parcel`, caseId, serial: serial(caseId), to: { office: 'riyadh-1' } }))
        .parcelId,
    sendMessage: async (caseId) =>
      (
        await messages.send({
          key: `${caseId}/message`,
          caseId,
          to: '+966500000000',
          textAr: 'في الطريق',
          textEn: 'On its way',
        })
      ).messageId,
  };
}

/** Takes the outside's webhooks, their signatures unread, and tells of each; what cannot be told now comes again. */
export async function receiveMessages(
  port: number,
  tell: (message: OutsideMessage) => Promise<unknown>,
  more?: (path: string) => Promise<string> | undefined,
): Promise<void> {
  const server = createServer((request, response) => {
    const chunks: Buffer[] = [];
    request.on('data', (chunk: Buffer) => chunks.push(chunk));
    request.on('end', () => {
      const asked = more?.(request.url ?? '');
      if (asked) {
        asked.then(
          (answer) => response.writeHead(200).end(answer),
          (error: unknown) => response.writeHead(500).end(String(error)),
        );
        return;
      }
      const { type, data } = JSON.parse(Buffer.concat(chunks).toString()) as { type: string; data: object };
      tell({ id: request.headers['webhook-id'], type, ...data } as OutsideMessage).then(
        () => response.writeHead(204).end(),
        () => response.writeHead(503).end(),
      );
    });
  });
  server.requestTimeout = 0;
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
}

/** The same, told as the name of what happened: a card that waits at an office or was collected counts as delivered. */
export const receiveOutside = (
  port: number,
  tell: (caseId: string, what: string) => Promise<void>,
  more?: (path: string) => Promise<string> | undefined,
): Promise<void> =>
  receiveMessages(
    port,
    ({ caseId, type }) =>
      tell(caseId, type === 'parcel.ready-for-pickup' || type === 'parcel.collected' ? 'parcel.delivered' : type),
    more,
  );
