import type { ActionRule, AnyEvent, CaseFile } from '../../domain/case/model';
import { refusal, type Refusal } from '../../domain/refusal';

/** Kinship, as the look-up of that name found it: nobody decides about their own. */
export function refuseKin(known: unknown): Refusal | undefined {
  return (known as { readonly recusal?: unknown } | undefined)?.recusal
    ? refusal(
        'forbidden',
        'related-official',
        'You are related to somebody whom this case concerns: another official has to decide it.',
        'تربطك قرابة بأحد أطراف الحالة، ويجب أن يبتّ فيها موظف آخر.',
      )
    : undefined;
}

type Refuse<F extends CaseFile> = NonNullable<ActionRule<F, AnyEvent>['refuse']>;

/** An official who is kin is told so before anything else. */
export const unlessKin =
  <F extends CaseFile>(refuse: Refuse<F>): Refuse<F> =>
  (file, actor, at, input, known) =>
    refuseKin(known) ?? refuse(file, actor, at, input, known);
