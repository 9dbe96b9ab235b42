import type { Ports } from '../../activities/step';
import { evolve, type CoreEvent } from '../../domain/case/core';
import { SYSTEM, type Recorded } from '../../domain/case/model';
import { rowOf } from '../../domain/case/row';
import { instant } from '../../domain/time';
import { idRenewal } from '../../workflows/case-types/id-renewal';
import type { RenewalEvent } from '../../workflows/case-types/id-renewal/events';
import type { RenewalFile } from '../../workflows/case-types/id-renewal/file';
import { renewalSteps } from '../../workflows/case-types/id-renewal/steps';

export type Event = RenewalEvent | CoreEvent;

export interface WholeActivities {
  /** One step's effects, outside and in the register; answers what came of them. */
  take(input: { file: RenewalFile; step: string }): Promise<Event[]>;
  /** What came of it, into the case log and the lists. */
  append(input: { events: Recorded<Event>[]; file: RenewalFile }): Promise<void>;
}

/** The very steps that Tajdid takes, each as an activity of its own. */
export function wholeActivities(ports: Ports): WholeActivities {
  return {
    async take({ file: known, step }) {
      const events: Event[] = [];
      const at = instant(Date.now());
      let file = known;
      await renewalSteps[step]?.({
        get file() {
          return file;
        },
        at,
        ports,
        lastTry: false,
        key: (name) => `${file.id}/${name}`,
        emit(event) {
          events.push(event);
          const recorded = { caseId: file.id, version: file.version + 1, at, actor: SYSTEM, cause: step, event };
          file = evolve(idRenewal, file, recorded);
        },
      });
      return events;
    },
    async append({ events, file }) {
      await ports.log.append(events, rowOf(idRenewal, file, instant(Date.now())));
    },
  };
}
