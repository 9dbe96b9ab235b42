import { setTimeout as pause } from 'node:timers/promises';
import { SingleBar } from 'cli-progress';
import type { Operation } from '../adapters/operations/port';
import { EngineSilent } from '../client/cases';
import type { Bilingual } from '../domain/refusal';
import { gapTexts } from '../ops/stalls';
import type { Desk } from './connect';
import type { Context } from './context';
import { noOperation } from './unknown';

/** Milliseconds between two readings, and after how many of them it is asked whether anybody works. */
const PACE = { poll: 500, look: 20 };

/** Why the retry cannot move, where that is so: else it would stand still without a word. */
async function standstill(desk: Desk): Promise<Bilingual | null> {
  try {
    const { gaps } = await (await desk.engine()).engine.health();
    if (gaps.length === 0) return null;
    const { en, ar } = gapTexts(gaps);
    return {
      en: `Nothing moves: ${en}. Start workers; nothing is lost meanwhile.`,
      ar: `لا شيء يتحرك: ${ar}. شغّل عاملين، ولا يضيع شيء حتى ذلك.`,
    };
  } catch (error) {
    if (error instanceof EngineSilent) return error.said;
    throw error;
  }
}

/** Follows an operation to its end, whoever started it; leaving off does not stop it. */
export async function follow({ output, said }: Context, desk: Desk, id: string, pace = PACE): Promise<Operation> {
  const bar = output.live
    ? new SingleBar({
        format: said({
          en: '{bar} {value}/{total} settled, {moved} moved, {failed} failed again',
          ar: '{bar} {value}/{total} عُرف مآلها، تجاوزت الخطوة {moved}، تعطلت ثانية {failed}',
        }),
      })
    : undefined;
  let told: string | undefined;
  for (let reading = 0; ; reading++) {
    const operation = await desk.operations.find(id);
    if (!operation) throw await noOperation(desk, id);
    const { waiting, asked, moved, ...ended } = operation.counts;
    const total = Object.values(operation.counts).reduce((sum, n) => sum + n, 0);
    const progress = { moved, failed: ended['failed-again'] };
    if (bar && !bar.isActive) bar.start(total, 0, progress);
    bar?.update(total - waiting - asked, progress);
    if (operation.endedAt !== null) {
      bar?.stop();
      return operation;
    }
    if (reading % pace.look === 0) {
      const why = await standstill(desk);
      if (why && told !== why.en) {
        // The bar begins anew below the line.
        bar?.stop();
        output.err(said(why));
      }
      told = why?.en;
    }
    await pause(pace.poll);
  }
}
