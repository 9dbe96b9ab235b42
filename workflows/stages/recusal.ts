import type { ActionRule, Actor, AnyEvent, CaseFile } from '../../domain/case/model';
import type { KinshipKnown } from '../../domain/family/recusal';
import { CANNOT_TELL, refusal, type Refusal } from '../../domain/refusal';

/** Kinship, as the look-up of that name found it: nobody decides about their own, and nobody whose kin is not known decides at all. */
function refuseKin(known: unknown): Refusal | undefined {
  const { recusal, unknownOfficial, cannotTell } = (known ?? {}) as KinshipKnown;
  if (cannotTell) return CANNOT_TELL;
  if (unknownOfficial)
    return refusal(
      'forbidden',
      'official-unknown',
      'Your staff number is not tied to a person of the register, so that kinship cannot be ruled out. Ask an operator to enrol it.',
      'رقمك الوظيفي غير مرتبط بشخص في السجل المدني، فلا يمكن التحقق من صلة القرابة. اطلب من المشغّل ربطه.',
    );
  return recusal
    ? refusal(
        'forbidden',
        'related-official',
        'You are related to somebody whom this case concerns: another official has to decide it.',
        'تربطك قرابة بأحد أطراف الحالة، ويجب أن يبتّ فيها موظف آخر.',
      )
    : undefined;
}

/** The same of the colleague to whom a case is to go. */
export function refuseKinOfColleague(known: unknown): Refusal | undefined {
  const { recusal, unknownOfficial } = ((known ?? {}) as KinshipKnown).colleagueKin ?? {};
  if (unknownOfficial)
    return refusal(
      'forbidden',
      'official-unknown',
      "That colleague's staff number is not tied to a person of the register, so that kinship cannot be ruled out.",
      'رقم ذلك الموظف غير مرتبط بشخص في السجل المدني، فلا يمكن التحقق من صلة القرابة.',
    );
  return recusal
    ? refusal(
        'forbidden',
        'related-official',
        'That colleague is related to somebody whom this case concerns.',
        'تربط ذلك الموظف قرابة بأحد أطراف الحالة.',
      )
    : undefined;
}

/** Nobody who did anything in an appealed case decides it again, nor the appeal against it. */
export const refuseParticipant = (tookPart: readonly string[] | undefined, actor: Actor): Refusal | undefined =>
  tookPart?.includes(actor.id)
    ? refusal(
        'forbidden',
        'took-part',
        'You took part in the appealed case: somebody else has to decide.',
        'سبق أن شاركتَ في الحالة المتظلَّم منها، ويجب أن يبتّ شخص آخر.',
      )
    : undefined;

/** A colleague to whom a case is to go. */
export const refuseColleagueWhoTookPart = ({ appeal }: CaseFile, colleague: string): Refusal | undefined =>
  appeal?.tookPart?.includes(colleague)
    ? refusal(
        'forbidden',
        'took-part',
        'That colleague took part in the appealed case.',
        'سبق لهذا الموظف المشاركة في الحالة المتظلَّم منها.',
      )
    : undefined;

/** What an allowed appeal has set aside is no ground for rejecting again. */
export const refuseWaived = ({ appeal }: CaseFile, rule: unknown): Refusal | undefined =>
  typeof rule === 'string' && appeal?.waived.includes(rule)
    ? refusal(
        'invalid',
        'rule-waived',
        'An allowed appeal has set this rule aside: the case is not rejected for it again.',
        'تجاوز قرارُ التظلم هذا الشرط، فلا تُرفض الحالة بسببه مرة أخرى.',
      )
    : undefined;

type Refuse<F extends CaseFile> = NonNullable<ActionRule<F, AnyEvent>['refuse']>;

/** An official who is kin, or decided the application before, is told so before anything else. */
export const unlessRecused =
  <F extends CaseFile>(refuse: Refuse<F>): Refuse<F> =>
  (file, actor, at, input, known) =>
    refuseKin(known) ?? refuseParticipant(file.appeal?.tookPart, actor) ?? refuse(file, actor, at, input, known);
