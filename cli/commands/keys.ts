import { SingleBar } from 'cli-progress';
import type { Command } from 'commander';
import { keysToRewrap, rewrapKeys } from '../../adapters/vault/person-keys';
import { createSecrets } from '../../adapters/vault/secrets';
import { onRecord } from '../../ops/acts';
import type { Context } from '../context';
import type { Desk } from '../connect';
import { Ended, EXIT, printJson } from '../output';
import { REASON } from '../parsers';

/** Where somebody watches, how far it is. */
async function rewrapAll({ config, database }: Desk, total: number, { output, said }: Context): Promise<number> {
  const secrets = createSecrets(config);
  const format = said({ en: '{bar} {value} of {total} people', ar: '{bar} الأشخاص {value} من {total}' });
  const bar = output.live ? new SingleBar({ format }) : undefined;
  bar?.start(total, 0);
  let done = 0;
  try {
    for (let some = await rewrapKeys(database, secrets); some > 0; some = await rewrapKeys(database, secrets)) {
      done += some;
      bar?.update(Math.min(done, total));
    }
  } finally {
    bar?.stop();
  }
  return done;
}

export function keysCommands(program: Command, context: Context): void {
  const { output, desk, json, said } = context;
  const keys = program.command('keys').description("the master key that wraps each person's key");
  keys
    .command('rewrap')
    .description("wrap each person's key by MASTER_KEY that is still under one of MASTER_KEYS_FORMER")
    .requiredOption(...REASON)
    .option('--yes', 'do it; without it, only what would be done')
    .action(({ reason, yes }: { reason: string; yes?: boolean }) =>
      desk(async (at) => {
        const left = () => keysToRewrap(at.database, createSecrets(at.config));
        const { former, lost } = await left();
        if (!yes)
          throw new Ended(
            EXIT.usage,
            said({
              en: `The keys of ${former} people are under former master keys, and of ${lost} under keys that are not configured. Nothing was done: say --yes.`,
              ar: `مفاتيح ${former} من الأشخاص تحت مفاتيح رئيسة سابقة، ومفاتيح ${lost} تحت مفاتيح غير مضبوطة. لم يُنفَّذ شيء: أضف --yes.`,
            }),
          );
        const by = await at.actor(['operator']);
        const reasonRef = await onRecord(at, { what: 'keys-rewrap', about: { people: former }, actor: by, reason });
        const rewrapped = await rewrapAll(at, former, context);
        const after = await left();
        const told = { rewrapped, ...after, by: by.id, reasonRef };
        if (json()) printJson(output, told);
        else
          output.out(
            said({
              en: `The keys of ${rewrapped} people were wrapped anew by ${by.id}; ${after.former} are left.`,
              ar: `أُعيد تغليف مفاتيح ${rewrapped} من الأشخاص بيد ${by.id}، وبقي ${after.former}.`,
            }),
          );
        if (after.former + after.lost > 0)
          throw new Ended(
            EXIT.found,
            said({
              en: `Keep the former keys: ${after.former} people's keys are still under them, and ${after.lost} under keys that are not configured.`,
              ar: `أبقِ المفاتيح السابقة: ما زالت تحتها مفاتيح ${after.former} من الأشخاص، وتحت مفاتيح غير مضبوطة ${after.lost}.`,
            }),
          );
      }),
    );
}
