export type NotificationEvent =
  | { readonly type: 'ApplicantNotified'; readonly template: string; readonly messageId: string }
  | { readonly type: 'NotificationFailed'; readonly template: string; readonly code: string };
