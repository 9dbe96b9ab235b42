import type { AnyEvent, CaseFile } from '../../domain/case/model';
import { OutsideFailure } from '../../domain/failures';
import type { Bilingual } from '../../domain/refusal';
import type { NotificationEvent } from '../../workflows/stages/notification';
import type { StepContext } from '../step';

/**
 * Tells the person (whom the case is about, where nobody else is named), once per `template`. A message centre that is down holds the case up only while retries last:
 * after that the failure is on record and the case goes on, for nobody should wait for a card because of an SMS.
 */
export async function notify<F extends CaseFile, E extends AnyEvent>(
  ctx: StepContext<F, E | NotificationEvent>,
  text: Bilingual,
  template: string,
  person: string = ctx.file.subject,
): Promise<void> {
  try {
    const { phone } = await ctx.ports.register.contact(person);
    const { messageId } = await ctx.ports.messages.send({
      key: ctx.key(`message-${template}`),
      caseId: ctx.file.id,
      to: phone,
      textAr: text.ar,
      textEn: text.en,
    });
    ctx.emit({ type: 'ApplicantNotified', template, messageId });
  } catch (error) {
    if (!(error instanceof OutsideFailure)) throw error;
    const worthRetrying = error.kind === 'unavailable' || error.kind === 'outcome-unknown';
    if (worthRetrying && !ctx.lastTry) throw error;
    ctx.emit({ type: 'NotificationFailed', template, code: error.code });
  }
}
