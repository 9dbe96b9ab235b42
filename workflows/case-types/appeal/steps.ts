import { kinshipLookup } from '../../../activities/stages/kinship';
import { notify } from '../../../activities/stages/notify';
import type { Lookups, Steps, StepContext } from '../../../activities/step';
import { admissibilityRules, assessAppeal } from './admissibility';
import { concernedIn } from './concerned';
import type { AppealEvent } from './events';
import type { AppealFile } from './file';
import { neverWaivedIn } from './appealed';
import { newDecisionOf, outcomeOf, toldBy } from './next';
import { appealPolicy } from './policy';

type Context = StepContext<AppealFile, AppealEvent>;

async function checkAdmissible(ctx: Context): Promise<void> {
  const { file, ports } = ctx;
  // First the place, then the look: an appeal that is decided in between is seen.
  const place = await ports.log.takePlace(`appeal/${file.appealed}`, file.id);
  const [log, others] = await Promise.all([
    ports.log.eventsAfter(file.appealed, 0),
    ports.caseLinks.cameFrom(file.appealed),
  ]);
  const decided = others.some(
    ({ caseId, type, stage }) => type === 'appeal' && caseId !== file.id && (stage === 'UPHELD' || stage === 'ALLOWED'),
  );
  const assessed = assessAppeal(
    { ...file, at: ctx.at, anotherAppeal: decided || place.heldBy !== file.id },
    log,
    appealPolicy(file.policyVersion),
  );
  if ('refusedBy' in assessed) return ctx.emit({ type: 'AppealRefused', rules: assessed.refusedBy });
  const neverWaived = neverWaivedIn(assessed.original);
  ctx.emit({ type: 'AppealAdmitted', ...assessed, neverWaived, rules: admissibilityRules });
}

const DECIDED = {
  ar: 'صدر القرار في تظلمكم. التفاصيل في حسابكم.',
  en: 'Your appeal has been decided. See your account for details.',
} as const;

export const appealSteps: Steps<AppealFile, AppealEvent> = {
  'check-admissible': checkAdmissible,
  'remind-appeal': async (ctx) => ctx.emit({ type: 'AppealOverdue' }),
  'lapse-claim': async (ctx) => ctx.emit({ type: 'ClaimLapsed' }),
  'note-new-decision': async (ctx) =>
    ctx.emit({ type: 'NewDecisionStarted', caseId: newDecisionOf(ctx.file)?.caseId ?? '' }),
  'notify-decided': (ctx) => notify(ctx, DECIDED, toldBy(ctx.file)),
  close: async (ctx) => ctx.emit({ type: 'CaseClosed', outcome: outcomeOf(ctx.file) }),
};

export const appealLookups: Lookups<AppealFile> = { kinship: kinshipLookup(concernedIn) };
