import { isSilence, type Cases } from '../../client/cases';
import { NEVER } from './until';

/** As portals do: what an engine with too much to do did not answer in time is asked again. The same request has no second effect. */
export function insistent(cases: Cases): Cases {
  const answered = async <T>(ask: () => Promise<T>): Promise<T> => {
    const end = Date.now() + NEVER;
    for (;;) {
      try {
        return await ask();
      } catch (error) {
        if (!isSilence(error) || Date.now() > end) throw error;
      }
    }
  };
  return {
    start: (filing) => answered(() => cases.start(filing)),
    act: (caseId, request) => answered(() => cases.act(caseId, request)),
    tell: (message) => answered(() => cases.tell(message)),
  };
}
