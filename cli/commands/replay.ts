import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { SingleBar } from 'cli-progress';
import type { Command } from 'commander';
import type { Bilingual } from '../../domain/refusal';
import { askedWrongly, Ended, EXIT, printJson } from '../output';
import { cannotWrite } from '../files';
import { KEPT, keptIn, withLive, type Histories } from '../histories';
import { inWords, sumInWords } from '../replay-words';
import { noHistory } from '../unknown';
import type { Context } from '../context';
import { numberIn } from '../parsers';

const MOST_LIVE = 10_000;
const MOST_EVER = 10_000_000;
/** Where nobody watches a bar, a line each so many histories. */
const TELL_EVERY = 500;

async function replay(
  { output, json, lang, said }: Context,
  histories: Histories,
  { bundle: given, partly }: Asked,
): Promise<void> {
  // Loaded only here: the engine's native part would slow every other command down.
  const [{ bundleMark, replayHistories }, { BUNDLE_PATH }] = await Promise.all([
    import('../../worker/replay'),
    import('../../worker/bundle'),
  ]);
  const bundle = given ?? BUNDLE_PATH;
  await output.beforeReplay?.();
  const soFar = (done: string | number, total: string | number, bad: string | number): string =>
    said({
      en: `${done} of ${total} replayed, mismatches: ${bad}`,
      ar: `أُعيد ${done} من ${total}، وما لا يوافق: ${bad}`,
    });
  const bar = output.live ? new SingleBar({ format: `{bar} ${soFar('{value}', '{total}', '{bad}')}` }) : undefined;
  const { total, leftOut } = histories;
  const unreadable: string[] = [];
  let [done, bad] = [0, 0];
  bar?.start(total, 0, { bad });
  const all = await replayHistories(histories.read(unreadable), bundle, ({ mismatch }) => {
    bad += mismatch ? 1 : 0;
    bar?.increment(1, { bad });
    if (++done % TELL_EVERY === 0 && !bar) output.err(soFar(done, total, bad));
  }).finally(() => bar?.stop());
  const wrong = all.filter(({ mismatch }) => mismatch);
  if (json())
    printJson(output, { bundle: bundleMark(bundle), replayed: all.length, mismatches: wrong, unreadable, leftOut });
  else {
    for (const each of wrong) output.out(inWords(each, lang()));
    const say = (text: Bilingual): void => output.out(said(text));
    for (const name of unreadable)
      say({ en: `${name} cannot be read: it is no history.`, ar: `تعذرت قراءة ${name}: ليس تاريخ مسار.` });
    if (leftOut > 0)
      say({
        en: `${leftOut} open workflows were left out; those that were looked at are of every age. --most ${total + leftOut} looks at all of them, --partly is content with these.`,
        ar: `تُركت مسارات مفتوحة وعددها ${leftOut}، وما نُظر فيه من كل الأعمار. يُنظر فيها كلها بالخيار --most ${total + leftOut}، ويُكتفى بهذه بالخيار --partly.`,
      });
    output.out(sumInWords(all.length, wrong.length, bundleMark(bundle), lang()));
  }
  if (all.length === 0) throw new Ended(EXIT.found, { en: 'There was nothing to replay.', ar: 'لم يكن هناك ما يُعاد.' });
  if (wrong.length + unreadable.length > 0 || (leftOut > 0 && !partly)) throw new Ended(EXIT.found);
}

interface Asked {
  readonly bundle?: string;
  readonly dir: string;
  readonly most: number;
  readonly partly?: boolean;
}

const ofHistories = (command: Command): Command =>
  command
    .option('--bundle <file>', "the workflow code; this build's by default")
    .option('--dir <dir>', 'kept histories', KEPT)
    .option(
      '--most <n>',
      'so many open workflows at most, of every age',
      numberIn('--most', 1, MOST_EVER, true),
      MOST_LIVE,
    )
    .option('--partly', 'well even if open workflows were left out');

export function replayCommands(program: Command, context: Context): void {
  const { output, desk, json } = context;
  const run = async (asked: Asked, kept: Histories, andLive: boolean): Promise<void> =>
    andLive
      ? desk(async (at) => replay(context, await withLive(kept, (await at.engine()).engine, asked.most), asked))
      : replay(context, kept, asked);
  ofHistories(program.command('replay').description('run kept and live histories against the workflow code'))
    .option('--live', 'all that is open in the running engine too')
    .action(async ({ live = false, ...asked }: Asked & { live?: boolean }) =>
      run(asked, await keptIn(asked.dir, live && asked.dir === KEPT), live),
    );

  ofHistories(
    program
      .command('release')
      .description('may this build go out? kept and live histories must replay; for CI without an engine: --kept-only'),
  )
    .option('--kept-only', 'do not look at the running engine')
    .action(async ({ keptOnly = false, ...asked }: Asked & { keptOnly?: boolean }) =>
      run(asked, await keptIn(asked.dir, false), !keptOnly),
    );

  program
    .command('keep <cases...>')
    .description('export histories, which hold no personal data, to be replayed for ever')
    .option('--dir <dir>', 'where to', KEPT)
    .option('--as-name <name>', 'name the file after what the case shows (one case only)')
    .action((cases: string[], { dir, asName }: { dir: string; asName?: string }) =>
      desk(async (at) => {
        if (asName !== undefined && cases.length !== 1)
          throw askedWrongly('--as-name is for one case.', 'الخيار --as-name لحالة واحدة.');
        const { engine } = await at.engine();
        await mkdir(dir, { recursive: true }).catch((error: unknown) => {
          throw cannotWrite('--dir', dir, error);
        });
        const paths: string[] = [];
        for (const caseId of cases) {
          const path = join(dir, `${asName ?? caseId}.json`);
          const history = await engine.history(caseId);
          if (history === undefined) throw await noHistory(at, caseId);
          await writeFile(path, `${JSON.stringify(history)}\n`);
          if (!json()) output.out(path);
          paths.push(path);
        }
        if (json()) printJson(output, paths);
      }),
    );
}
