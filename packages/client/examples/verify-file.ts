import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { answer, idempotencyKey, type BulkLine, type BulkResult, type TajdidClient } from '@tajdid/client';
import { clientFromEnvironment, run } from './settings';

/** Verifies a file of documents: sends it, waits until each line is answered, and reads the answers. Sent again, `name` is the same file. */
export async function verifyFile(
  client: TajdidClient,
  file: string | readonly BulkLine[],
  name: string,
): Promise<BulkResult['lines']> {
  const { id } = await client.verifyFile(idempotencyKey('file', name), file);
  const params = { params: { path: { id } } };
  while ((await answer(client.api.GET('/v1/verifications/bulk/{id}', params))).data.state !== 'done') await pause(500);
  const { data } = await answer(client.api.GET('/v1/verifications/bulk/{id}/result', params));
  // It is CSV only for whoever asks for text/csv.
  return (data as BulkResult).lines;
}

if (require.main === module) {
  void run(async () => {
    const csv = await readFile(process.argv[2] ?? '', 'utf8');
    for (const { line, reference, verdict, refused } of await verifyFile(clientFromEnvironment(), csv, randomUUID()))
      process.stdout.write(`${line} ${reference ?? ''}: ${verdict ?? refused}\n`);
  }, ['<questions.csv>']);
}
