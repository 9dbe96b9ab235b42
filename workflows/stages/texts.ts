/**
 * The words for what case types have in common, part by part: a type spreads those of the stages it goes through and adds
 * its own.
 */
export const everyCase = {
  statuses: { SUBMITTED: { ar: 'مقدَّم', en: 'Submitted' } },
  steps: { close: { ar: 'إغلاق الحالة', en: 'Closing the case' } },
  events: { CaseClosed: { ar: 'أُغلقت الحالة', en: 'The case was closed' } },
};

export const payment = {
  steps: {
    'request-payment': { ar: 'طلب السداد', en: 'Asking for payment' },
    'keep-payment': { ar: 'الإبقاء على السداد', en: 'Keeping the payment' },
    'close-payment': { ar: 'إغلاق طلب السداد', en: 'Closing the payment' },
    refund: { ar: 'رد المبلغ', en: 'Refunding' },
  },
  otherwise: { 'payment-expires': { ar: 'ينتهي الطلب دون سداد', en: 'The case expires unpaid' } },
  events: {
    PaymentRequested: { ar: 'طُلب السداد', en: 'Payment was asked for' },
    PaymentAsked: { ar: 'سُئلت بوابة الدفع', en: 'The payment gateway was asked' },
    PaymentReminded: { ar: 'ذُكِّر مقدم الطلب بالسداد', en: 'The applicant was reminded to pay' },
    PaymentCaptured: { ar: 'وصل السداد', en: 'A payment arrived' },
    PaymentAttemptFailed: { ar: 'فشلت محاولة سداد', en: 'An attempt to pay failed' },
    PaymentKept: { ar: 'أُبقي على السداد', en: 'The payment was kept' },
    PaymentClosed: { ar: 'أُغلق طلب السداد', en: 'The payment was closed' },
    RefundMade: { ar: 'رُدَّ مبلغ', en: 'Money was refunded' },
  },
};

/** Whoever has a case in hand. */
export const claim = {
  otherwise: { 'supervisor-reminder': { ar: 'يُذكَّر المشرف', en: 'The supervisor is reminded' } },
  events: {
    CaseClaimed: { ar: 'استُلمت الحالة', en: 'The case was claimed' },
    ClaimRenewed: { ar: 'مُدِّد الاستلام', en: 'The claim was renewed' },
    ClaimReleased: { ar: 'أُعيدت الحالة إلى القائمة', en: 'The claim was released' },
    ClaimLapsed: { ar: 'انتهت مهلة الاستلام', en: 'The claim lapsed' },
  },
};

export const review = {
  waits: {
    'caseworker-decision': { ar: 'قرار الموظف', en: "A caseworker's decision" },
    'supervisor-decision': { ar: 'قرار المشرف', en: "A supervisor's decision" },
  },
  otherwise: {
    'escalates-to-supervisor': { ar: 'تُحال الحالة إلى المشرف', en: 'The case goes to a supervisor' },
    ...claim.otherwise,
  },
  events: {
    ReviewOpened: { ar: 'فُتحت المراجعة', en: 'The case came to review' },
    ...claim.events,
    CaseReassigned: { ar: 'أُسندت الحالة إلى موظف آخر', en: 'The case was reassigned' },
    RejectionRecommended: { ar: 'أُوصي بالرفض', en: 'Rejection was recommended' },
    CaseEscalated: { ar: 'صُعِّدت الحالة', en: 'The case was escalated' },
    ReviewWarned: { ar: 'قاربت مهلة المراجعة على الانتهاء', en: "The review's time is running out" },
    CaseApproved: { ar: 'اعتُمد الطلب', en: 'The case was approved' },
    CaseRejected: { ar: 'رُفض الطلب', en: 'The case was rejected' },
    CancellationRequested: { ar: 'طُلب الإلغاء', en: 'Cancellation was asked for' },
    EndingStarted: { ar: 'بدأ إنهاء الحالة', en: 'The case is being wound up' },
  },
  rules: {
    'identity-doubtful': { ar: 'شك في الهوية', en: 'The identity is doubtful' },
    'application-false': { ar: 'بيانات غير صحيحة', en: 'The application is false' },
  },
};
