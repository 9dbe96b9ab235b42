import type { Bilingual } from '../../../domain/refusal';

/** The texts that people get. They name no person, no number and no event: a message can be read by others. */
export const familyMessages = {
  'payment-reminder': {
    ar: 'نذكّركم بسداد المستحق على طلبكم قبل انتهاء المهلة.',
    en: 'Please pay what is due on your report before the deadline.',
  },
  'consent-asked': {
    ar: 'توجد واقعة تنتظر موافقتكم. التفاصيل والمهلة في حسابكم.',
    en: 'An event waits for your consent. See your account for details and until when.',
  },
  'consent-reminder': {
    ar: 'نذكّركم بأن واقعة ما زالت تنتظر موافقتكم.',
    en: 'An event is still waiting for your consent.',
  },
  registered: {
    ar: 'سُجِّلت الواقعة، وشهادتها متاحة في حسابكم.',
    en: 'The event is registered. Its certificate is in your account.',
  },
  'registered-of-you': {
    ar: 'سُجِّلت في السجل المدني واقعة تخصكم. التفاصيل في حسابكم.',
    en: 'An event that concerns you was entered in the civil register. See your account for details.',
  },
  ended: {
    ar: 'انتهى طلبكم دون تسجيل. التفاصيل في حسابكم.',
    en: 'Your report has ended without a registration. See your account for details.',
  },
  'ended-consent': {
    ar: 'انتهى دون تسجيل البلاغُ الذي طُلبت موافقتكم عليه. التفاصيل في حسابكم.',
    en: 'The report that your consent was asked for has ended without a registration. See your account for details.',
  },
  'linked-ended': {
    ar: 'انتهى البلاغ الذي ضُمَّ إليه بلاغكم دون تسجيل الواقعة، ويمكنكم التبليغ عنها من جديد.',
    en: 'The report that yours was joined to has ended without a registration. You can report the event again.',
  },
} as const satisfies Record<string, Bilingual>;

export type FamilyMessage = keyof typeof familyMessages;
