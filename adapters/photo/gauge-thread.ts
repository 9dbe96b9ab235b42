import { parentPort } from 'node:worker_threads';
import sharp from 'sharp';
import { loadModels } from './faces';
import { measurePhoto, type PhotoAnswer } from './measure';

export interface PhotoQuestion {
  readonly id: number;
  readonly bytes: Uint8Array;
}

export type PhotoReply = { readonly id: number } & ({ readonly answer: PhotoAnswer } | { readonly failure: string });

sharp.cache(false);
sharp.concurrency(1);

/** One after another: a second photo in memory would not make the first one faster. */
let last: Promise<unknown> = loadModels();

parentPort?.on('message', (question: PhotoQuestion) => {
  last = last.then(() => reply(question));
});

async function reply({ id, bytes }: PhotoQuestion): Promise<void> {
  let message: PhotoReply;
  try {
    message = { id, answer: await measurePhoto(bytes) };
  } catch (error) {
    message = { id, failure: error instanceof Error ? error.message : 'unknown' };
  }
  parentPort?.postMessage(message);
}
