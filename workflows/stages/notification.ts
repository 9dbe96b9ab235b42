import type { Effects } from '../../domain/case/effects';

export type NotificationEvent =
  | { readonly type: 'ApplicantNotified'; readonly template: string; readonly messageId: string }
  | { readonly type: 'NotificationFailed'; readonly template: string; readonly code: string };

export const notificationEffects = {
  made: { ApplicantNotified: { kind: 'message', by: 'template', what: { ar: 'رسالة مرسلة', en: 'Message sent' } } },
} as const satisfies Effects<NotificationEvent['type']>;
