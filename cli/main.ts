#!/usr/bin/env node
import type { Output } from './output';
import { run } from './program';

/** Mismatches are told in our own words; the runtime's stack traces would only cover them. */
async function quietRuntime(): Promise<void> {
  const { DefaultLogger, Runtime } = await import('@temporalio/worker');
  Runtime.install({ logger: new DefaultLogger('ERROR', () => undefined) });
}

const output: Output = {
  out: (line) => void process.stdout.write(`${line}\n`),
  err: (line) => void process.stderr.write(`${line}\n`),
  live: process.stderr.isTTY,
  beforeReplay: quietRuntime,
};

/** Who reads along may have had enough, as `head` has: what is being done is done all the same. */
for (const stream of [process.stdout, process.stderr])
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });

void run(process.argv.slice(2), output, process.env).then((code) => {
  process.exitCode = code;
});
