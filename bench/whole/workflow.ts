import { condition, defineSignal, proxyActivities, setHandler } from '@temporalio/workflow';
import { evolve, nextOf } from '../../domain/case/core';
import { SYSTEM, type Filing, type Recorded } from '../../domain/case/model';
import type { OutsideMessage } from '../../domain/outside-messages';
import { instant } from '../../domain/time';
import { idRenewal } from '../../workflows/case-types/id-renewal';
import type { Event, WholeActivities } from './activities';

export const told = defineSignal<[OutsideMessage]>('told');

const { take, append } = proxyActivities<WholeActivities>({ startToCloseTimeout: '10s' });

/** The same renewal with the same steps, register and case log, as one would first write it: an ordinary activity for each step and each append. */
export async function wholeRenewal(filing: Filing): Promise<string> {
  const inbox: OutsideMessage[] = [];
  setHandler(told, (message) => void inbox.push(message));
  let file = idRenewal.open(filing);
  const record = async (events: readonly Event[], cause: string): Promise<void> => {
    const recorded: Recorded<Event>[] = [];
    for (const event of events) {
      const version = file.version + 1;
      recorded.push({ caseId: file.id, version, at: instant(Date.now()), actor: SYSTEM, cause, event });
      file = evolve(idRenewal, file, recorded.at(-1) as Recorded<Event>);
    }
    if (recorded.length > 0) await append({ events: recorded, file });
  };
  await record([idRenewal.submitted(filing)], 'filing');
  for (;;) {
    const next = nextOf(idRenewal, file);
    if ('done' in next) return next.done;
    if ('do' in next) await record(await take({ file, step: next.do }), next.do);
    else {
      await condition(() => inbox.length > 0, '30 days');
      const message = inbox.shift();
      const news = message ? idRenewal.receive(file, message) : [];
      if (message && news === 'later') inbox.push(message);
      else await record(news as Event[], message?.id ?? 'late');
    }
  }
}
