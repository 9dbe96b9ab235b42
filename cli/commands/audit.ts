import { createPrivateKey } from 'node:crypto';
import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { SingleBar } from 'cli-progress';
import type { Command } from 'commander';
import { instant } from '../../domain/time';
import { auditAll, checkHead, isHeadKey, newKeyPair, SignedHead, signHead, type HeadVerdict } from '../../ops/audit';
import { Ended, EXIT, printJson, several } from '../output';
import { wrongWaits } from '../../ops/waits';
import type { Desk } from '../connect';
import type { Context } from '../context';
import { cannotWrite, fileGiven, jsonGiven, writableGiven } from '../files';
import { noCase } from '../unknown';

const VERDICTS: Readonly<Record<HeadVerdict, string>> = {
  whole: 'السجل كما كان عند البصمة',
  'wrong-signature': 'لم تُوقَّع البصمة بهذا المفتاح',
  'events-missing': 'أحداث من قبل البصمة مفقودة',
  'events-changed': 'أحداث من قبل البصمة غُيّرت',
};

/** Counts up; how much there is, nobody knows before. */
function counter({ output, said }: Context): { tell: (n: number) => void; stop: () => void } {
  if (!output.live) return { tell: () => undefined, stop: () => undefined };
  const bar = new SingleBar({ format: said({ en: 'events: {value}', ar: 'الأحداث: {value}' }) });
  bar.start(0, 0);
  return { tell: (n) => bar.update(n), stop: () => bar.stop() };
}

async function keyGiven(option: string, path: string, isKey: (pem: string) => boolean): Promise<string> {
  const pem = await fileGiven(option, path);
  if (!isKey(pem))
    throw new Ended(EXIT.usage, {
      en: `${option} ${path} is not such a key in PEM (Ed25519).`,
      ar: `ليس ${option} ${path} مفتاحًا كهذا بصيغة PEM (Ed25519).`,
    });
  return pem;
}

function isSigningKey(pem: string): boolean {
  try {
    return createPrivateKey(pem).asymmetricKeyType === 'ed25519';
  } catch {
    return false;
  }
}

async function headGiven(path: string, publicKey: string): Promise<{ head: SignedHead; trusted: string }> {
  const head = SignedHead.safeParse(await jsonGiven('--head', path));
  if (!head.success)
    throw new Ended(EXIT.usage, { en: `--head ${path} is not a signed head.`, ar: `ليس --head ${path} رأسًا موقّعًا.` });
  return { head: head.data, trusted: await keyGiven('--public-key', publicKey, isHeadKey) };
}

async function auditOne(desk: Desk, id: string) {
  const one = await desk.audit.case(id);
  if (!one) throw await noCase(desk, id);
  return { cases: 1, events: one.events, broken: one.broken ? [{ caseId: id, ...one.broken }] : [] };
}

export function auditCommands(program: Command, context: Context): void {
  const { output, desk, json, said, table } = context;
  const audit = program.command('audit').description('prove that the log is what was appended');

  audit
    .command('verify')
    .description('walk the hash chain of every case, and hold the log against a signed head')
    .option('--case <id>', 'only this case')
    .option('--head <file>', 'a head that was exported before')
    .option('--public-key <file>', 'who signs heads')
    .action(({ case: id, head, publicKey }: { case?: string; head?: string; publicKey?: string }) =>
      desk(async (at) => {
        const { audit: log } = at;
        if ((head === undefined) !== (publicKey === undefined))
          throw new Ended(EXIT.usage, {
            en: '--head and --public-key go together.',
            ar: 'يُستعمل --head و--public-key معًا.',
          });
        const check = head === undefined || publicKey === undefined ? undefined : await headGiven(head, publicKey);
        const events = counter(context);
        const walked =
          id === undefined ? await auditAll(log, (progress) => events.tell(progress.events)) : await auditOne(at, id);
        const verdict = check && (await checkHead(log, check.head, check.trusted, events.tell));
        const waits = id === undefined ? await wrongWaits(at.waits) : [];
        events.stop();
        if (json()) printJson(output, { ...walked, waits, ...(verdict ? { head: verdict } : {}) });
        else {
          const { cases, events: read, broken } = walked;
          output.out(
            said({
              en: `${several(cases, 'case')}, ${several(read, 'event')}: ${broken.length === 0 ? 'every chain is whole' : `${broken.length} broken`}`,
              ar: `الحالات ${cases}، الأحداث ${read}: ${broken.length === 0 ? 'كل السلاسل سليمة' : `المكسور ${broken.length}`}`,
            }),
          );
          if (broken.length > 0)
            table(
              { en: ['case', 'version', 'what'], ar: ['الحالة', 'النسخة', 'ما هو'] },
              broken.map(({ caseId, version, what }) => [caseId, version, what]),
            );
          if (waits.length > 0)
            output.out(
              said({
                en: `What is kept of waits is not what the log says, in ${several(waits.length, 'case')}, the first of them ${waits[0]}: \`tajdid statistics rebuild\` puts it right.`,
                ar: `ما حُفظ من الانتظار ليس ما يقوله السجل، وعدد حالاته ${waits.length} وأولها ${waits[0]}: يصححه الأمر \`tajdid statistics rebuild\`.`,
              }),
            );
          if (verdict)
            output.out(said({ en: `Against the signed head: ${verdict}.`, ar: `${VERDICTS[verdict]} (${verdict}).` }));
        }
        if (walked.broken.length > 0 || waits.length > 0 || (verdict && verdict !== 'whole'))
          throw new Ended(EXIT.found);
      }),
    );

  audit
    .command('head')
    .description('export the head of the whole log, signed; keep it where nobody of this database can write')
    .requiredOption('--key <file>', 'the private key (PEM, Ed25519)')
    .requiredOption('--out <file>', 'where to')
    .action(({ key, out }: { key: string; out: string }) =>
      desk(async ({ audit: log }) => {
        const privateKey = await keyGiven('--key', key, isSigningKey);
        await writableGiven('--out', out);
        const events = counter(context);
        const head = await signHead(log, privateKey, instant(Date.now()), events.tell);
        events.stop();
        await writeFile(out, `${JSON.stringify(head, null, 2)}\n`);
        if (json()) printJson(output, { ...head, out });
        else
          output.out(
            said({
              en: `${head.events} events up to place ${head.seq}, signed into ${out}`,
              ar: `الأحداث ${head.events} حتى الموضع ${head.seq}، وقّعت في ${out}`,
            }),
          );
      }),
    );

  audit
    .command('keys')
    .description('make a pair of keys for signing heads')
    .requiredOption('--out <name>', 'written to <name>.key and <name>.pub')
    .action(async ({ out }: { out: string }) => {
      const { privateKey, publicKey } = newKeyPair();
      const written = { privateKey: `${out}.key`, publicKey: `${out}.pub` };
      for (const path of Object.values(written))
        if (existsSync(path))
          throw new Ended(EXIT.usage, { en: `${path} is there already.`, ar: `${path} موجود من قبل.` });
      try {
        await writeFile(written.privateKey, privateKey, { mode: 0o600, flag: 'wx' });
        await writeFile(written.publicKey, publicKey, { flag: 'wx' });
      } catch (error) {
        throw cannotWrite('--out', out, error);
      }
      if (json()) printJson(output, written);
      else output.out(said({ en: `${out}.key signs, ${out}.pub verifies`, ar: `${out}.key يوقّع، و${out}.pub يتحقق` }));
    });
}
