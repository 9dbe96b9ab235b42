import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Caller } from './portal';

const FORMS = { 'card-front.png': 'front', 'card-back.png': 'back', 'card.pdf': 'pdf' } as const;

/** Keeps the card of a case as staff get it from the API; answers the paths. */
export async function keepCard(directory: string, staff: Caller, caseId: string): Promise<string[]> {
  await mkdir(directory, { recursive: true });
  return Promise.all(
    Object.entries(FORMS).map(async ([name, form]) => {
      const { status, body } = await staff.bytes('GET', `/v1/cases/${caseId}/card?form=${form}`);
      if (status !== 200) throw new Error(`the card of ${caseId} was not drawn: ${status} ${body.toString()}`);
      const path = join(directory, name);
      await writeFile(path, body);
      return path;
    }),
  );
}
