import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { PhotoQuestion, PhotoReply } from './gauge-thread';
import { checkHeader } from './image-header';
import type { PhotoAnswer } from './measure';
import type { PhotoGauge } from './port';

/** Measurements kept; the same bytes always measure the same, so a retry or a second look costs nothing. */
const KEPT = 10_000;

const compiledThread = (): Worker => new Worker(join(__dirname, 'gauge-thread.js'));

interface Waiting {
  readonly resolve: (answer: PhotoAnswer) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Measures in a thread of its own, so that whoever asks keeps its event loop. The thread and its models start with the
 * first photo (or with `warmUp`), and do not keep the program alive. If the thread dies, whoever waited gets an error,
 * a retry is safe, and the next photo starts a new thread.
 * @param startThread where the thread's code is not compiled beside this file, how else to start it
 */
export function createPhotoGauge(
  startThread: () => Worker = compiledThread,
): PhotoGauge & { warmUp(): Promise<void>; close(): Promise<void> } {
  const kept = new Map<string, Promise<PhotoAnswer>>();
  const waiting = new Map<number, Waiting>();
  let thread: Worker | undefined;
  let asked = 0;
  let closed = false;

  function running(): Worker {
    if (closed) throw new Error('the photo gauge is closed');
    if (thread) return thread;
    const started = startThread();
    started.on('message', (reply: PhotoReply) => settle(started, reply));
    started.on('error', (error: Error) => lose(started, error));
    started.on('exit', () => lose(started, new Error('the photo gauge stopped')));
    started.unref();
    thread = started;
    return started;
  }

  function settle(from: Worker, reply: PhotoReply): void {
    const asker = waiting.get(reply.id);
    waiting.delete(reply.id);
    if (waiting.size === 0) from.unref();
    if ('answer' in reply) asker?.resolve(reply.answer);
    else asker?.reject(new Error(`the photo gauge failed: ${reply.failure}`));
  }

  function lose(from: Worker, error: Error): void {
    if (thread !== from) return;
    thread = undefined;
    for (const asker of waiting.values()) asker.reject(error);
    waiting.clear();
  }

  function ask(bytes: Uint8Array): Promise<PhotoAnswer> {
    return new Promise((resolve, reject) => {
      const to = running();
      const copy = new Uint8Array(bytes);
      const question: PhotoQuestion = { id: ++asked, bytes: copy };
      waiting.set(question.id, { resolve, reject });
      to.ref();
      to.postMessage(question, [copy.buffer]);
    });
  }

  return {
    async measure(bytes) {
      // What the header gives away is not worth a trip, and 50 MB are not worth a copy.
      const refusal = checkHeader(bytes);
      if (refusal) return { refusal };
      const key = createHash('sha256').update(bytes).digest('base64');
      const known = kept.get(key);
      kept.delete(key);
      const answer = known ?? ask(bytes);
      kept.set(key, answer);
      if (kept.size > KEPT) kept.delete(kept.keys().next().value ?? key);
      try {
        return await answer;
      } catch (error) {
        if (kept.get(key) === answer) kept.delete(key);
        throw error;
      }
    },

    /** Resolves when the models are loaded and have run once. */
    async warmUp() {
      await ask(new Uint8Array(0));
    },

    async close() {
      closed = true;
      const last = thread;
      if (!last) return;
      lose(last, new Error('the photo gauge is closed'));
      await last.terminate();
    },
  };
}
