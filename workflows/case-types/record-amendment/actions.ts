import type { ActionRule } from '../../../domain/case/model';
import { refusal } from '../../../domain/refusal';
import { reasonRef } from '../../../domain/case/reason';
import { unlessRecused } from '../../stages/recusal';
import type { AmendmentEvent } from './events';
import type { AmendmentFile } from './file';

type Rule = ActionRule<AmendmentFile, AmendmentEvent>;
type Refuse = NonNullable<Rule['refuse']>;

/** Two people change the register: the one who asked is never the one who confirms. */
const refuseRequester: Refuse = (file, actor) =>
  file.requestedBy === actor.id
    ? refusal(
        'forbidden',
        'four-eyes',
        'You asked for this amendment: somebody else has to confirm it.',
        'أنت من طلب هذا التعديل، ويجب أن يؤكده شخص آخر.',
      )
    : undefined;

export const amendmentActions: Readonly<Record<string, Rule>> = {
  confirm: {
    by: ['supervisor'],
    stages: ['AWAITING_CONFIRMATION'],
    title: { ar: 'تأكيد التعديل', en: 'Confirm' },
    weight: 'main',
    reason: true,
    needs: 'kinship',
    refuse: unlessRecused(refuseRequester),
    decide: (_file, request) => [{ type: 'AmendmentConfirmed', ...reasonRef(request) }],
  },
  decline: {
    by: ['supervisor'],
    stages: ['AWAITING_CONFIRMATION'],
    title: { ar: 'رفض التعديل', en: 'Decline' },
    weight: 'grave',
    reason: true,
    needs: 'kinship',
    refuse: unlessRecused(refuseRequester),
    decide: (_file, request) => [{ type: 'AmendmentDeclined', ...reasonRef(request) }],
  },
  cancel: {
    by: ['supervisor'],
    stages: ['AWAITING_CONFIRMATION'],
    title: { ar: 'سحب طلب التعديل', en: 'Withdraw the request' },
    refuse: (file, actor) =>
      file.requestedBy === actor.id
        ? undefined
        : refusal(
            'forbidden',
            'not-your-request',
            'Only who asked for it can withdraw it.',
            'لا يسحب الطلب إلا من قدّمه.',
          ),
    decide: (_file, request) => [{ type: 'CancellationRequested', ...reasonRef(request) }],
  },
};
