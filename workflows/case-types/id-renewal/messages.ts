import type { Bilingual } from '../../../domain/refusal';
import type { RenewalPolicy } from './policy';

/** The texts that the applicant gets, by the policy of the case. They name no person and no number of one: a message can be read by others. */
export const renewalMessages = ({ returnDays }: Pick<RenewalPolicy, 'returnDays'>) =>
  ({
    'payment-reminder': {
      ar: 'نذكّركم بسداد رسوم تجديد الهوية قبل انتهاء المهلة.',
      en: 'Please pay for your ID renewal before the deadline.',
    },
    returned: {
      ar: `أُعيد طلب تجديد الهوية لاستكمال بنود. يرجى الاطلاع عليه خلال ${returnDays.value} يومًا.`,
      en: `Your ID renewal needs something from you. Please look within ${returnDays.value} days.`,
    },
    'on-its-way': { ar: 'هويتكم الجديدة في الطريق إليكم.', en: 'Your new ID card is on its way.' },
    'ready-for-pickup': {
      ar: 'هويتكم الجديدة جاهزة للاستلام من المكتب.',
      en: 'Your new ID card is ready for pickup at the office.',
    },
    'pickup-reminder': {
      ar: 'هويتكم الجديدة ما زالت بانتظار الاستلام.',
      en: 'Your new ID card is still waiting for you.',
    },
    'too-late-to-cancel': {
      ar: 'طُبعت البطاقة قبل الإلغاء، وسيستمر الطلب.',
      en: 'The card was printed before the cancellation: your renewal goes on.',
    },
    ended: {
      ar: 'انتهى طلب تجديد الهوية. التفاصيل في حسابكم.',
      en: 'Your ID renewal has ended. See your account for details.',
    },
  }) satisfies Record<string, Bilingual>;

export type RenewalMessage = keyof ReturnType<typeof renewalMessages>;
