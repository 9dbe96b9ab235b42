import type { Messages } from '../../adapters/messages/port';
import type { Register } from '../../adapters/register/port';
import type { Share, Shares, ShareNote } from '../../adapters/shares/port';
import { OutsideFailure } from '../../domain/failures';
import { bodyNamed } from '../../domain/policies/official-bodies';
import { fieldTexts, shareTexts } from '../../domain/services/shares';
import { instant, millis, riyadhDate } from '../../domain/time';
import type { ShareActivities } from '../../workflows/services/messages';

export interface SharePorts {
  readonly shares: Shares;
  readonly register: Pick<Register, 'contact'>;
  readonly messages: Messages;
  readonly now: () => number;
}

export function createShareActivities({ shares, register, messages, now }: SharePorts): ShareActivities {
  const tell = async (share: Share, note: ShareNote): Promise<void> => {
    // Whoever has the phone of the dead now is not told of their shares.
    if (share.diedOn !== null) return;
    const write = shareTexts[note.what];
    const body = bodyNamed(share.recipient)?.name ?? { ar: share.recipient, en: share.recipient };
    const until = riyadhDate(share.expiresAt);
    const fields = (language: 'ar' | 'en'): string =>
      share.fields.map((field) => fieldTexts[field][language]).join(language === 'ar' ? '، ' : ', ');
    const text = {
      ar: write.ar({ body: body.ar, fields: fields('ar'), until }),
      en: write.en({ body: body.en, fields: fields('en'), until }),
    };
    const { phone } = await register.contact(share.person);
    await messages.send({
      key: `share/${share.id}/${note.seq}`,
      caseId: share.id,
      to: phone,
      textAr: text.ar,
      textEn: text.en,
    });
  };

  return {
    async tellOfShare({ share: id }) {
      const share = await shares.find(id);
      if (!share) return { over: true };
      if (share.endedAt === null && millis(share.expiresAt) <= now()) await shares.end(id, instant(now()));
      for (;;) {
        // In this order: what ended the share is on record with its note, so an end that is seen here has its note below.
        const state = await shares.find(id);
        const notes = await shares.untold(id);
        if (notes.length === 0) return { over: state === null || state.endedAt !== null || state.revokedAt !== null };
        for (const note of notes) {
          try {
            await tell(share, note);
          } catch (error) {
            // A number that cannot be reached, or a person who was erased, is no reason to keep others waiting.
            if (!(error instanceof OutsideFailure) || error.kind === 'unavailable' || error.kind === 'outcome-unknown')
              throw error;
          }
          await shares.told(id, note.seq);
        }
      }
    },
  };
}
