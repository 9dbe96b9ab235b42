import type { Bilingual, Refusal } from '../../domain/refusal';

export interface ProblemKind {
  readonly status: number;
  readonly title: Bilingual;
}

const kind = (status: number, en: string, ar: string): ProblemKind => ({ status, title: { ar, en } });

/** Every problem that this API can answer with. The codes are for ever: clients branch on them. */
export const catalogue = {
  'malformed-json': kind(400, 'The body is not JSON', 'نص الطلب ليس بصيغة JSON'),
  'malformed-request': kind(400, 'The request cannot be read', 'تعذرت قراءة الطلب'),
  'idempotency-key-missing': kind(
    400,
    'The Idempotency-Key header is missing or not 1 to 128 printable characters',
    'الترويسة Idempotency-Key مفقودة، أو ليست من 1 إلى 128 حرفًا قابلًا للطباعة',
  ),
  'if-match-unreadable': kind(
    400,
    'The If-Match header is not one ETag of the case',
    'ترويسة If-Match ليست رقم نسخة صالحًا',
  ),
  'body-too-large': kind(413, 'The body is too large', 'حجم الطلب أكبر من المسموح'),
  'unsupported-media-type': kind(415, 'The content type is not taken here', 'نوع المحتوى غير مدعوم'),
  'unknown-route': kind(404, 'There is nothing at this address', 'لا يوجد شيء في هذا العنوان'),
  'method-not-allowed': kind(405, 'This address does not take this method', 'هذا العنوان لا يقبل هذه الطريقة'),
  'too-many-requests': kind(429, 'Too many requests', 'عدد الطلبات أكبر من المسموح'),

  'validation-failed': kind(422, 'The request does not fit what is asked for', 'الطلب لا يطابق المطلوب'),
  'unknown-field': kind(422, 'The request has a field that is not known', 'في الطلب حقل غير معروف'),
  'date-does-not-exist': kind(422, 'A date does not exist', 'التاريخ غير موجود في التقويم'),
  'identity-number-not-ten-digits': kind(
    422,
    'The identity number does not have ten digits',
    'رقم الهوية ليس من عشر خانات',
  ),
  'identity-number-unknown-first-digit': kind(
    422,
    'The identity number starts with neither 1 nor 2',
    'رقم الهوية لا يبدأ بـ 1 أو 2',
  ),
  'identity-number-wrong-check-digit': kind(
    422,
    "The identity number's check digit is wrong",
    'خانة التحقق في رقم الهوية غير صحيحة',
  ),
  'idempotency-key-reused': kind(
    422,
    'This Idempotency-Key was used with another body',
    'استُخدم مفتاح التكرار نفسه مع محتوى آخر',
  ),
  'idempotency-key-tells-who': kind(
    422,
    "The Idempotency-Key contains a person's number: take a key that tells nothing of a person",
    'يتضمن مفتاح التكرار رقم هوية شخص: استخدم مفتاحًا لا يدل على شخص',
  ),
  'cursor-invalid': kind(422, 'The cursor is not one of this list', 'مؤشر الصفحة لا يخص هذه القائمة'),

  'photo-not-an-image': kind(422, 'The file is not an image', 'الملف ليس صورة'),
  'photo-unsupported-format': kind(415, 'The image is neither JPEG nor PNG', 'صيغة الصورة ليست JPEG أو PNG'),
  'photo-too-many-pixels': kind(422, 'The image has too many pixels', 'أبعاد الصورة أكبر من المسموح'),
  'photo-too-large': kind(413, 'The image is larger than 8 MB', 'حجم الصورة أكبر من 8 ميجابايت'),
  'photo-truncated': kind(422, 'The image is not complete', 'الصورة غير مكتملة'),
  'document-not-usable': kind(
    422,
    "The document does not exist or is somebody else's",
    'المستند غير موجود أو يخص شخصًا آخر',
  ),
  'no-family-in-case': kind(404, 'The case is not about a family event', 'الحالة لا تخص واقعة عائلية'),
  'card-not-made': kind(404, 'This case has no card yet', 'لا توجد بطاقة لهذه الحالة بعد'),
  'photo-not-kept': kind(404, 'There is no such photo', 'لا توجد صورة'),
  'reason-not-kept': kind(404, 'There are no such words', 'لا يوجد نص بهذا المرجع'),
  'period-not-usable': kind(
    422,
    'The period ends before it begins, or is longer than 400 days',
    'تنتهي الفترة قبل أن تبدأ، أو هي أطول من 400 يوم',
  ),
  'certificate-not-found': kind(404, 'There is no such certificate', 'لا توجد شهادة بهذا الرقم'),
  'person-erased': kind(409, "The person's data was erased", 'حُذفت بيانات الشخص'),

  'token-missing': kind(401, 'A bearer token is needed', 'رمز الدخول مطلوب'),
  'token-malformed': kind(401, 'The token cannot be read', 'تعذرت قراءة رمز الدخول'),
  'token-unsigned': kind(401, 'The token is not signed', 'رمز الدخول غير موقّع'),
  'token-algorithm-not-allowed': kind(401, "The token's algorithm is not allowed", 'خوارزمية توقيع الرمز غير مسموحة'),
  'token-signature-wrong': kind(401, "The token's signature is wrong", 'توقيع رمز الدخول غير صحيح'),
  'token-expired': kind(401, 'The token has expired', 'انتهت صلاحية رمز الدخول'),
  'token-not-yet-valid': kind(401, 'The token is not valid yet', 'لم تبدأ صلاحية رمز الدخول بعد'),
  'token-wrong-audience': kind(401, 'The token is for another audience', 'رمز الدخول موجّه إلى جهة أخرى'),
  'token-wrong-issuer': kind(401, 'The token is from another issuer', 'رمز الدخول صادر عن جهة أخرى'),
  'identity-provider-silent': kind(
    503,
    'The identity provider cannot be asked now: a retry is safe',
    'تعذر الوصول إلى مزود الهوية، ويمكن إعادة المحاولة بأمان',
  ),
  'not-your-role': kind(403, 'This is not for your role', 'هذا الإجراء ليس من صلاحياتك'),
  'another-office': kind(403, 'The case is at another office', 'الحالة في مكتب آخر'),
  'supervisor-only': kind(403, 'This case has gone to a supervisor', 'أُحيلت هذه الحالة إلى المشرف'),
  'four-eyes': kind(
    403,
    'Somebody who has not handled the case has to decide it',
    'يجب أن يبتّ في الحالة شخص لم يعالجها',
  ),
  'related-official': kind(403, 'You are related to somebody whom the case concerns', 'تربطك قرابة بأحد أطراف الحالة'),
  'official-unknown': kind(
    403,
    'The staff number is not tied to a person of the register, so that kinship cannot be ruled out',
    'الرقم الوظيفي غير مرتبط بشخص في السجل المدني، فلا يمكن التحقق من صلة القرابة',
  ),
  'took-part': kind(403, 'You took part in the case that is appealed against', 'سبق أن شاركت في الحالة المتظلَّم منها'),
  'not-your-request': kind(403, 'Somebody else asked for it', 'صاحب الطلب شخص آخر'),
  'action-forbidden': kind(403, 'You may not do this on this case', 'لا يمكنك تنفيذ هذا الإجراء على هذه الحالة'),

  'case-not-found': kind(404, 'There is no such case', 'لا توجد حالة بهذا الرقم'),
  'unknown-action': kind(404, 'There is no such action', 'لا يوجد إجراء بهذا الاسم'),
  'if-match-missing': kind(
    428,
    'Say with If-Match which version of the case you looked at',
    'حدّد نسخة الحالة التي اطلعت عليها في ترويسة If-Match',
  ),
  'stale-version': kind(412, 'The case has changed since you read it', 'تغيّرت الحالة منذ قراءتك لها'),
  'case-closed': kind(409, 'The case is closed', 'الحالة مغلقة'),
  'on-hold': kind(409, 'The case is on hold', 'الحالة معلّقة'),
  incident: kind(409, 'The case waits for an incident to be cleared', 'الحالة بانتظار معالجة عطل تقني'),
  'not-in-this-status': kind(
    409,
    "The action is not possible in the case's status",
    'الإجراء غير متاح في حالة الطلب الحالية',
  ),
  'already-on-hold': kind(409, 'The case is on hold already', 'الحالة معلّقة مسبقًا'),
  'not-on-hold': kind(409, 'The case is not on hold', 'الحالة غير معلّقة'),
  'no-incident': kind(409, 'The case has no incident', 'لا يوجد عطل في الحالة'),
  'retry-under-way': kind(409, 'A retry is under way', 'إعادة المحاولة جارية'),
  'claimed-by-another': kind(409, 'Somebody else is working on this case', 'موظف آخر يعمل على هذه الحالة'),
  'not-claimed': kind(409, 'The case has to be claimed first', 'يجب استلام الحالة أولًا'),
  'consent-answered': kind(409, 'This person has answered already', 'سبق لهذا الشخص الرد'),
  'consent-not-given': kind(409, 'There is no consent of this person to withdraw', 'لا توجد موافقة لهذا الشخص لسحبها'),
  'notice-still-awaited': kind(409, 'The notice is still awaited', 'ما زال الإشعار منتظرًا'),
  'voted-already': kind(409, 'You have voted on this case already', 'سبق أن صوّتَّ على هذه الحالة'),
  'action-not-allowed-now': kind(409, 'The action is not possible now', 'الإجراء غير متاح الآن'),
  'returned-items-missing': kind(422, 'Not everything that was asked for is there', 'لم تُستكمل جميع البنود المطلوبة'),
  'consent-not-asked': kind(422, 'This person was not asked for a consent', 'لم تُطلب موافقة هذا الشخص'),
  'rule-needed': kind(
    422,
    'A vote against names the rule that it rests on',
    'يُذكر مع التصويت بالرفض السبب الذي يستند إليه',
  ),
  'no-such-candidate': kind(422, 'That is none of the candidates', 'ليس من بين الوقائع المحتملة'),
  'candidate-gone': kind(409, 'That report ended without an entry', 'انتهى ذلك البلاغ دون قيد'),
  'candidate-filed-later': kind(409, 'That report came later and is open', 'ذلك البلاغ أحدث ولم يُبت فيه بعد'),
  'rule-not-contested': kind(422, 'The case was not rejected for this rule', 'هذا الشرط ليس من أسباب الرفض'),
  'rule-cannot-be-waived': kind(422, 'What the register holds is not decided away', 'لا يُتجاوز ما يثبته السجل بقرار'),
  'rule-waived': kind(422, 'An allowed appeal has set this rule aside', 'تجاوز قرارُ التظلم هذا الشرط'),
  'action-input-refused': kind(422, 'The input breaks a rule', 'المدخلات تخالف قاعدة'),

  'too-many-guesses': kind(
    429,
    'Too many wrong details were given about this person: nothing is answered for a while',
    'أُدخلت بيانات خاطئة كثيرة عن هذا الشخص، فلن يُجاب لفترة',
  ),
  'too-many-guesses-this-hour': kind(
    429,
    'Too many wrong details came from this client in this hour, whomever they were about: nothing is answered until the next',
    'وردت من هذه البوابة بيانات خاطئة كثيرة خلال هذه الساعة عن أشخاص مختلفين، فلن يُجاب حتى الساعة القادمة',
  ),
  'month-not-begun': kind(422, 'The month has not begun', 'الشهر لم يبدأ بعد'),
  'bulk-encoding': kind(415, 'The file is not UTF-8', 'ترميز الملف ليس UTF-8'),
  'bulk-header': kind(
    422,
    'The first line of the CSV is not a header of the columns that are known',
    'السطر الأول من الملف ليس عناوين الأعمدة المعروفة',
  ),
  'bulk-empty': kind(422, 'The file has no lines', 'الملف لا يحتوي على أي سطر'),
  'bulk-too-many-lines': kind(413, 'The file has more than 10,000 lines', 'في الملف أكثر من 10,000 سطر'),
  'bulk-not-found': kind(404, 'There is no such file', 'لا يوجد ملف بهذا الرقم'),
  'bulk-not-done': kind(409, 'The file is not done yet', 'لم تكتمل معالجة الملف بعد'),
  'bulk-result-gone': kind(410, 'The file and its result are kept no more', 'انتهت مدة حفظ الملف ونتيجته'),
  'recipient-unknown': kind(
    422,
    'The recipient is no official body that is known here',
    'الجهة المستلمة ليست من الجهات الرسمية المعروفة',
  ),
  'share-time': kind(
    422,
    'A share ends in the future, and within a year',
    'يجب أن تنتهي المشاركة في المستقبل وخلال سنة',
  ),
  'share-not-found': kind(404, 'There is no such share', 'لا توجد مشاركة بهذا الرقم'),
  'share-for-another-body': kind(403, 'This was shared with another body', 'هذه المشاركة ممنوحة لجهة أخرى'),
  'share-field-not-granted': kind(403, 'A field was asked for that was not granted', 'طُلب حقل لم يُمنح الاطلاع عليه'),
  'share-expired': kind(410, 'The share has come to its end', 'انتهت مدة المشاركة'),
  'share-revoked': kind(410, 'The person has revoked the share', 'ألغى صاحب البيانات المشاركة'),
  'person-not-found': kind(404, 'The register does not know this person', 'لا يوجد شخص بهذا الرقم في السجل'),
  'person-deceased': kind(409, 'The register says that this person has died', 'صاحب الهوية متوفى بحسب السجل'),
  'card-not-found': kind(404, 'This person has no card with this serial', 'لا توجد بطاقة بهذا الرقم لهذا الشخص'),
  'card-not-in-force': kind(409, 'The card is not in force any more', 'البطاقة لم تعد سارية المفعول'),
  'loss-date': kind(
    422,
    'A card is lost after its issue, and not on a day to come',
    'تاريخ الفقدان يجب أن يكون بعد إصدار البطاقة وألا يكون في المستقبل',
  ),
  'case-not-closed': kind(409, 'The case has not closed yet', 'لم تُغلق الحالة بعد'),
  'satisfaction-already-given': kind(409, 'This case was rated already', 'سبق تقييم هذه الحالة'),

  'webhook-endpoint-not-found': kind(404, 'There is no such webhook endpoint', 'لا توجد وجهة إشعارات بهذا الرقم'),
  'webhook-endpoint-disabled': kind(
    409,
    'The webhook endpoint is disabled: enable it first',
    'وجهة الإشعارات موقوفة، فعّلها أولًا',
  ),
  'webhook-url-refused': kind(422, 'Nothing is sent to this address', 'لا تُرسل الإشعارات إلى هذا العنوان'),
  'too-many-webhook-endpoints': kind(
    409,
    'This client has as many webhook endpoints as it may have',
    'بلغ عدد وجهات الإشعارات الحد المسموح',
  ),

  'operation-not-found': kind(404, 'There is no such operation', 'لا توجد عملية بهذا الرقم'),
  'operation-ended': kind(409, 'The operation has ended', 'انتهت العملية'),
  'retry-scope-missing': kind(422, 'Name cases, give a scope, or say everything', 'حدّد الحالات أو النطاق أو اختر الكل'),
  'version-not-at-work': kind(
    409,
    'No worker of this version asks for work on every queue: start its workers first',
    'لا عامل بهذا الإصدار يطلب عملًا من كل الطوابير: شغّل عامليه أولًا',
  ),
  'no-incident-fits': kind(422, 'No incident fits this scope', 'لا يوجد عطل يطابق هذا النطاق'),

  'webhook-signature-wrong': kind(401, "The webhook's signature is wrong", 'توقيع الإشعار غير صحيح'),
  'webhook-stale': kind(400, "The webhook's timestamp is too far from now", 'وقت الإشعار بعيد عن الوقت الحالي'),
  'webhook-unreadable': kind(422, 'The webhook says nothing that is known', 'محتوى الإشعار غير معروف'),

  'engine-silent': kind(
    503,
    'The engine did not answer in time: the same request again is safe and finds out',
    'لم يُجب المحرك في الوقت المحدد، وإعادة الطلب نفسه آمنة',
  ),
  'temporarily-unavailable': kind(
    503,
    'A part of the system cannot be reached: the same request again is safe',
    'جزء من النظام غير متاح مؤقتًا، وإعادة الطلب نفسه آمنة',
  ),
  'internal-error': kind(500, 'Something broke on our side', 'حدث خطأ من جهتنا'),
} as const satisfies Readonly<Record<string, ProblemKind>>;

export type ProblemCode = keyof typeof catalogue;

export const problemCodes = Object.keys(catalogue) as readonly ProblemCode[];

export const isProblemCode = (code: string): code is ProblemCode => Object.hasOwn(catalogue, code);

/** Stable for ever; whether anything answers there is another matter (this API does, at the same path). */
const TYPE_BASE = 'https://tajdid.example/problems/';

export const problemType = (code: ProblemCode): string => TYPE_BASE + code;

const BY_KIND = {
  forbidden: 'action-forbidden',
  'not-now': 'action-not-allowed-now',
  stale: 'stale-version',
  invalid: 'action-input-refused',
} as const satisfies Record<Refusal['kind'], ProblemCode>;

/** A rule's refusal under its own code, or, for a code that is not listed, under that of its kind. */
export function codeOfRefusal({ code, kind: of }: Refusal): ProblemCode {
  const byKind = BY_KIND[of];
  return isProblemCode(code) && catalogue[code].status === catalogue[byKind].status ? code : byKind;
}
