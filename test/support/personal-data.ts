import type { Applicant } from './renewal-world';

const base64Texts = (json: string): string =>
  [...json.matchAll(/"data": ?"([^"]*)"/g)].map(([, data]) => Buffer.from(data ?? '', 'base64').toString()).join('\n');

/** What of a person stands in a history, as protobuf JSON: readable, or within its payloads. */
export function personalDataIn(json: string, { number, nameAr, nameEn, phone }: Applicant): string[] {
  const texts = `${json}\n${base64Texts(json)}`;
  const secrets = [
    number,
    nameAr,
    nameEn,
    ...nameAr.split(' ').slice(0, 1),
    ...nameEn.split(' ').slice(0, 1),
    phone,
    phone.slice(1),
    'Palm Lane',
    'Al Olaya',
    '1990-05-17',
  ];
  return secrets.filter((secret) => texts.includes(secret));
}

/** Whether the payloads can be read at all: without this, finding nothing would say nothing. */
export const standsIn = (json: string, text: string): boolean => base64Texts(json).includes(text);
