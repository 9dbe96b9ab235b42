import { readFile, writeFile } from 'node:fs/promises';
import { SingleBar } from 'cli-progress';
import type { Command } from 'commander';
import { auditCase } from '../../adapters/case-log/audit';
import { instant } from '../../domain/time';
import { auditAll, checkHead, newKeyPair, SignedHead, signHead } from '../../ops/audit';
import { Ended, EXIT, printJson, table, type Output } from '../output';
import type { Context } from '../context';
import { noCase } from '../unknown';

/** Counts up; how much there is, nobody knows before. */
function counter(output: Output, what: string): { tell: (n: number) => void; stop: () => void } {
  if (!output.live) return { tell: () => undefined, stop: () => undefined };
  const bar = new SingleBar({ format: `${what}: {value}` });
  bar.start(0, 0);
  return { tell: (n) => bar.update(n), stop: () => bar.stop() };
}

export function auditCommands(program: Command, context: Context): void {
  const { output, desk, json } = context;
  const audit = program.command('audit').description('prove that the log is what was appended');

  audit
    .command('verify')
    .description('walk the hash chain of every case, and hold the log against a signed head')
    .option('--case <id>', 'only this case')
    .option('--head <file>', 'a head that was exported before')
    .option('--public-key <file>', 'who signs heads')
    .action(({ case: id, head, publicKey }: { case?: string; head?: string; publicKey?: string }) =>
      desk(async (at) => {
        const { database } = at;
        if ((head === undefined) !== (publicKey === undefined))
          throw new Ended(EXIT.usage, '--head and --public-key go together.');
        const events = counter(output, 'events');
        const walked =
          id === undefined
            ? await auditAll(database, (progress) => events.tell(progress.events))
            : await auditCase(database, id).then((one) => ({
                cases: 1,
                events: one.events,
                broken: one.broken ? [{ caseId: id, ...one.broken }] : [],
              }));
        if (walked.events === 0 && id !== undefined) throw await noCase(at, id);
        const verdict =
          head === undefined || publicKey === undefined
            ? undefined
            : await checkHead(
                database,
                SignedHead.parse(JSON.parse(await readFile(head, 'utf8'))),
                await readFile(publicKey, 'utf8'),
                events.tell,
              );
        events.stop();
        if (json()) printJson(output, { ...walked, ...(verdict ? { head: verdict } : {}) });
        else {
          output.out(
            `${walked.cases} cases, ${walked.events} events: ${walked.broken.length === 0 ? 'every chain is whole' : `${walked.broken.length} broken`}`,
          );
          if (walked.broken.length > 0)
            for (const line of table(
              ['case', 'version', 'what'],
              walked.broken.map(({ caseId, version, what }) => [caseId, version, what]),
            ))
              output.out(line);
          if (verdict) output.out(`Against the signed head: ${verdict}.`);
        }
        if (walked.broken.length > 0 || (verdict && verdict !== 'whole')) throw new Ended(EXIT.found);
      }),
    );

  audit
    .command('head')
    .description('export the head of the whole log, signed; keep it where nobody of this database can write')
    .requiredOption('--key <file>', 'the private key (PEM, Ed25519)')
    .requiredOption('--out <file>', 'where to')
    .action(({ key, out }: { key: string; out: string }) =>
      desk(async ({ database }) => {
        const events = counter(output, 'events');
        const head = await signHead(database, await readFile(key, 'utf8'), instant(Date.now()), events.tell);
        events.stop();
        await writeFile(out, `${JSON.stringify(head, null, 2)}\n`);
        output.out(`${head.events} events up to place ${head.seq}, signed into ${out}`);
      }),
    );

  audit
    .command('keys')
    .description('make a pair of keys for signing heads')
    .requiredOption('--out <name>', 'written to <name>.key and <name>.pub')
    .action(async ({ out }: { out: string }) => {
      const { privateKey, publicKey } = newKeyPair();
      await writeFile(`${out}.key`, privateKey, { mode: 0o600, flag: 'wx' });
      await writeFile(`${out}.pub`, publicKey, { flag: 'wx' });
      output.out(`${out}.key signs, ${out}.pub verifies`);
    });
}
