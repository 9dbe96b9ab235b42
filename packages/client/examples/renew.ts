import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { idempotencyKey, TajdidProblem, type Case, type TajdidClient } from '@tajdid/client';
import { clientFromEnvironment, run } from './settings';

export interface Renewal {
  readonly identityNumber: string;
  readonly photo: Uint8Array<ArrayBuffer>;
  /** The application's own number on your side, never a person's: sending it again is safe. */
  readonly application: string;
  readonly say?: (line: string) => void;
}

/** Renews a card: uploads the photo, files the case, tells of each event, and answers the case once it is closed. */
export async function renew(
  client: TajdidClient,
  { identityNumber, photo, application, say = () => undefined }: Renewal,
): Promise<Case> {
  const { documentRef } = await client.uploadPhoto(identityNumber, photo);
  const filed = await client.fileCase(idempotencyKey('renewal', application), {
    type: 'id-renewal',
    applicant: { identityNumber },
    application: { photo: documentRef, delivery: { method: 'courier' } },
  });
  for (const { text } of filed.refusedBy ?? []) say(`refused: ${text.en}`);
  if (filed.payment?.payUrl) say(`to be paid at ${filed.payment.payUrl}`);
  for await (const { at, text } of client.follow(filed.id)) say(`${at} ${text.en}`);
  return client.getCase(filed.id);
}

async function main(): Promise<void> {
  const [identityNumber = '', photo = ''] = process.argv.slice(2);
  const say = (line: string): void => void process.stdout.write(`${line}\n`);
  try {
    const closed = await renew(clientFromEnvironment(), {
      identityNumber,
      photo: new Uint8Array(await readFile(photo)),
      application: randomUUID(),
      say,
    });
    say(`${closed.id} is ${closed.status}`);
  } catch (error) {
    if (!(error instanceof TajdidProblem) || !error.problem) throw error;
    const { titles, errors = [] } = error.problem;
    say(`${titles.en} · ${titles.ar}`);
    for (const { path, message } of errors) say(`  ${path}: ${message.en}`);
    process.exitCode = 1;
  }
}

if (require.main === module) void run(main, ['<identity number>', '<photo.jpg>']);
