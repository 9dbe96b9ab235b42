import type { Messages } from '../../adapters/messages/port';
import type { Register } from '../../adapters/register/port';
import { OutsideFailure } from '../../domain/failures';
import { lossText } from '../../domain/services/losses';
import type { LossActivities } from '../../workflows/services/messages';

export interface LossPorts {
  readonly register: Pick<Register, 'contact'>;
  readonly messages: Messages;
}

export function createLossActivities({ register, messages }: LossPorts): LossActivities {
  return {
    async tellOfLoss({ person, serial, reportedOn }) {
      const text = lossText(serial, reportedOn);
      try {
        const { phone } = await register.contact(person);
        const key = `loss/${serial}`;
        await messages.send({ key, caseId: `loss-${serial}`, to: phone, textAr: text.ar, textEn: text.en });
      } catch (error) {
        // A number that cannot be reached, or a person who was erased: there is nobody to tell.
        if (!(error instanceof OutsideFailure) || error.kind === 'unavailable' || error.kind === 'outcome-unknown')
          throw error;
      }
    },
  };
}
