import type { Words } from './index';

export const ar: Words = {
  app: { name: 'تجديد', tagline: 'حالات الهوية المدنية', skip: 'انتقل إلى المحتوى' },
  nav: { label: 'الرئيسية', queue: 'قائمة العمل', find: 'كل الحالات', supervisor: 'الفريق', statistics: 'الإحصاءات', signOut: 'تسجيل الخروج', settings: 'العرض', keys: 'لوحة المفاتيح' },
  settings: {
    title: 'العرض', language: 'اللغة', digits: 'الأرقام', arab: '١٢٣', latn: '123', calendar: 'التقويم', hijri: 'هجري', gregorian: 'ميلادي',
    scheme: 'المظهر', system: 'حسب الجهاز', light: 'فاتح', dark: 'داكن', switchLanguage: 'English', languageName: 'العربية',
  },
  signIn: { title: 'سجّل الدخول للعمل على الحالات', text: 'بحسابك في الجهة.', button: 'تسجيل الدخول', failed: 'تعذّر تسجيل الدخول. حاول مرة أخرى.', working: 'جارٍ تسجيل الدخول…', expired: 'انتهت جلستك. ما كتبته محفوظ.' },
  live: { on: 'مباشر', off: 'انقطع الاتصال. تُعاد المحاولة…', offline: 'لا يوجد اتصال. ما تكتبه محفوظ.' },
  photoRules: { 'too-small': 'الصورة صغيرة', 'wrong-ratio': 'ليست ٤ × ٦', 'no-face': 'لا يوجد وجه', 'several-faces': 'أكثر من وجه', 'face-unclear': 'الوجه غير واضح', 'face-too-small': 'الوجه صغير', 'face-too-large': 'الوجه كبير', 'off-centre': 'الوجه ليس في الوسط', tilted: 'الرأس مائل', 'background-not-white': 'الخلفية ليست بيضاء', 'background-uneven': 'الخلفية غير متجانسة', blurred: 'الصورة غير حادة', resubmitted: 'أُعيد تقديمها' },
  decisions: { eligible: 'تحققت كل الشروط', refused: 'لم تُقبل', 'photo-pass': 'الصورة ضمن كل الحدود', 'photo-doubt': 'الصورة تحتاج نظر موظف', 'photo-fail': 'الصورة خارج الحدود', returned: 'أُعيد إلى مقدم الطلب', 'returned-for-the-last-time': 'أُعيد للمرة الأخيرة', approved: 'اعتُمد', rejected: 'رُفض', cancelled: 'أُلغي', 'notice-accepted': 'قُبل الإشعار', 'distinct-event': 'واقعة غير الوقائع المشابهة', 'same-event': 'هي الواقعة المسجلة نفسها', 'to-committee': 'أُحيل إلى اللجنة', admitted: 'قُبل شكلًا', upheld: 'أُيِّد القرار', allowed: 'قُبل الاعتراض', admissible: 'مقبول شكلًا', confirmed: 'أُكِّد', declined: 'لم يُقبل' },
  roles: { caseworker: 'موظف حالات', supervisor: 'مشرف', committee: 'عضو لجنة', operator: 'مشغّل', auditor: 'مدقق', analyst: 'محلل', applicant: 'مقدم الطلب', consenter: 'من تُطلب موافقته', payments: 'بوابة الدفع', 'card-bureau': 'مكتب الطباعة', courier: 'الناقل', 'evidence-source': 'جهة الإثبات', portal: 'مقدم الطلب', system: 'النظام', outside: 'جهة خارجية' },
  offices: { 'riyadh-1': 'الرياض ١', 'jeddah-1': 'جدة ١', 'dammam-1': 'الدمام ١' },
  channels: { 'absher-individuals': 'أبشر أفراد', 'absher-business': 'أبشر أعمال', console: 'المكتب' },
  queue: {
    title: 'قائمة العمل', mine: 'حالاتي', office: 'مكتبي', unclaimed: 'غير مستلمة', overdue: 'متأخرة', type: 'النوع', allTypes: 'كل الأنواع', status: 'الحالة', claimNext: 'استلم التالية',
    none: 'لا شيء ينتظر هنا', noneMine: 'ليست لديك حالات مستلمة', noneText: 'تظهر الحالات الجديدة هنا تلقائيًا.', noneMineText: 'استلم الحالة التالية، وهي الأقرب موعدًا.',
    noneLeft: 'لم تبقَ حالات غير مستلمة.', raced: 'سبقك زميل إليها. تُستلم الحالة التي تليها…', case: 'الحالة', waits: 'بانتظار', deadline: 'المتبقي', by: 'لدى', filed: 'قُدِّمت', late: 'متأخرة {{for}}', you: 'أنت', more: 'عرض المزيد', loading: 'جارٍ تحميل الحالات…', list: 'الحالات', updated: 'تغيّرت {{count}} حالة', updated_other: 'تغيّرت {{count}} حالة',
    office_: 'المكتب',
  },
  find: { title: 'كل الحالات', search: 'رقم الحالة', open: 'المفتوحة فقط', go: 'فتح', any: 'الكل', sort: 'الترتيب', newest: 'الأحدث أولًا', oldest: 'الأقدم أولًا', waitingUntil: 'الأقرب موعدًا' },
  case: {
    back: 'القائمة', waitsFor: 'بانتظار', whoEnds: 'من ينهي الانتظار', otherwise: 'وإلا', since: 'منذ {{at}}', until: 'حتى {{at}}', left: 'بقي {{for}}', late: 'متأخرة {{for}}', otherwiseAt: 'إن لم يحدث شيء حتى ذلك الحين: {{what}}', done: 'هذه الحالة مغلقة.', working: 'يتخذ النظام خطوة الآن.',
    claimed: 'لديك لمدة {{for}}', claimedBy: 'لدى {{who}}', renewed: 'يُمدَّد الاستلام ما دمت تعمل هنا.', claim: 'استلام', release: 'إعادة إلى القائمة', released: 'أُعيدت إلى القائمة', notClaimed: 'ليست لدى أحد',
    evidence: 'الإثبات', applicant: 'مقدم الطلب', photo: 'الصورة', lastPhoto: 'على البطاقة السابقة', noLastPhoto: 'لا توجد صورة سابقة في السجل', photoMissing: 'لم تعد الصورة محفوظة', measured: 'القياسات', value: 'القيمة', limit: 'من {{n}}', limitMost: 'حتى {{n}}', limits: 'الجيد', verdicts: { pass: 'ضمن كل الحدود', doubt: 'تحتاج نظر موظف', fail: 'خارج الحدود' },
    identityNumber: 'رقم الهوية', birth: 'الميلاد', birthPlace: 'مكان الميلاد', nationality: 'الجنسية', sex: 'الجنس', M: 'ذكر', F: 'أنثى', erased: 'حُذفت بيانات الشخص.', card: 'البطاقة السارية', expires: 'تنتهي {{at}}', delivery: 'التسليم', courier: 'إلى العنوان الوطني', pickup: 'استلام من {{office}}', why: 'سبب الطلب', reasons: { expiring: 'قرب انتهاء البطاقة', lost: 'فقدان البطاقة', damaged: 'تلف البطاقة', 'first-issue': 'أول بطاقة' },
    noEvidence: 'الإثبات ليس من صلاحياتك', anotherOffice: 'هذه الحالة لدى مكتب آخر', timeline: 'ما حدث', decisions: 'القرارات', noDecisions: 'لم يُتخذ قرار بعد', rule: 'القاعدة', version: 'سياسة {{version}}', quote: 'التكلفة', total: 'المجموع', refundable: { always: 'قابل للاسترداد', 'until-printed': 'قابل للاسترداد قبل الطباعة', never: 'غير قابل للاسترداد' },
    notes: 'ملاحظات الزملاء', addNote: 'إضافة ملاحظة', noNotes: 'لا توجد ملاحظات', actions: 'الإجراءات', notNow: 'غير متاح الآن', facts: 'الحالة', filed: 'قُدِّمت', channel: 'القناة', office: 'المكتب', policy: 'السياسة', number: 'الرقم', parent: 'نشأت عن', showAll: 'عرض كل الخطوات', showLess: 'الخطوات الرئيسية فقط',
    reviewWhy: 'وصلت إلى المراجعة بسبب', rounds: 'أُعيدت {{count}} مرة', rounds_other: 'أُعيدت {{count}} مرات', recommendation: 'أوصى {{who}} بالرفض', incident: 'عطل تقني', incidentText: 'يعالجه المشغّل. لا تفقد الحالة شيئًا وتتابع من حيث توقفت.', by: 'بواسطة {{who}}', said: 'السبب', viewing: '{{who}} يطّلع على هذه الحالة', gone: 'لا توجد حالة بهذا الرقم', notAllowedHere: 'لا إجراء متاح لك على هذه الحالة الآن',
    saved: 'تم: {{what}}', nextCase: 'الحالة التالية', supervisorLevel: 'لدى المشرف', refused: 'رُفضت بهذه القواعد',
  },
  act: {
    reason: 'السبب', reasonHint: 'بالكلمات. يُحفظ مع البيانات الشخصية ويراه من يحق له من الزملاء.', note: 'الملاحظة', optional: 'اختياري', items: 'ما الذي يُعاد؟', rule: 'أي قاعدة؟', to: 'أسندها إلى', vote: 'صوتك', of: 'هي نفسها', person: 'رقم هوية الشخص', cancel: 'إلغاء', confirm: 'تأكيد',
    tooShort: 'ثلاثة أحرف على الأقل', choose: 'اختر واحدًا على الأقل', preview: 'ما سيصل إلى مقدم الطلب', conflict: 'تغيّرت الحالة أثناء اطلاعك عليها', conflictText: 'منذ ذلك الحين:', again: 'اطلعت، نفّذ مع ذلك', unavailable: 'لم يعد ممكنًا: {{why}}', failed: 'لم يتم', offline: 'لا يوجد اتصال. نصك محفوظ، حاول عند عودة الاتصال.', trying: 'جارٍ التنفيذ…', retry: 'حاول مرة أخرى',
    fields: { photo: 'الصورة', delivery: 'التسليم', 'identity-doubtful': 'الهوية مشكوك فيها', 'application-false': 'الطلب غير صحيح', approve: 'اعتماد', reject: 'رفض', 'evidence-insufficient': 'الإثبات غير كافٍ', 'event-not-proved': 'الواقعة غير مثبتة', courier: 'التوصيل', pickup: 'الاستلام' },
  },
  preview: {
    approve: 'تُطبع البطاقة الآن وتصل إلى مقدم الطلب {{how}}. لا مبالغ إضافية.', return: 'رسالة: «أُعيد طلب تجديد الهوية لاستكمال بنود. يرجى الاطلاع عليه خلال 14 يومًا.» وفي الحساب: يُعاد {{items}}. تتوقف مهلة المراجعة خلال ذلك.',
    reject: 'رسالة: «انتهى طلب تجديد الهوية. التفاصيل في حسابكم.» تظهر القاعدة ({{rule}})، ويُرد {{refund}}، ويمكن الاعتراض.', 'recommend-rejection': 'لا شيء بعد: يقرر المشرف، ولا يمكن أن يكون أنت.', escalate: 'لا شيء: يقرر المشرف بدلًا منك.', hold: 'لا شيء: تتوقف كل المهل إلى أن تُستأنف الحالة.', resume: 'لا شيء: تتابع المهل من حيث توقفت.', reassign: 'لا شيء: تنتقل الحالة إلى قائمة الزميل.', 'hand-over': 'تسري البطاقة الجديدة فورًا وتنتهي القديمة.', none: 'لا شيء.', delivered: 'على العنوان الوطني', office: 'في المكتب', everything: 'المدفوع القابل للاسترداد', nothing: 'لا شيء',
  },
  state: { loading: 'جارٍ التحميل…', failed: 'تعذّرت القراءة', offline: 'لا يوجد اتصال', offlineText: 'تُعاد القراءة فور عودة الاتصال.', retry: 'حاول مرة أخرى', stale: 'المعروض من القراءة السابقة، فقد تعذّرت الأخيرة.', forbidden: 'هذه الصفحة ليست من صلاحياتك', notFound: 'لا يوجد شيء هنا' },
  keys: { title: 'لوحة المفاتيح', next: 'الحالة التالية', previous: 'الحالة السابقة', open: 'فتح', claim: 'استلام الحالة التالية', back: 'العودة إلى القائمة', help: 'هذه المفاتيح', tabs: 'القوائم', note: 'إضافة ملاحظة', language: 'اللغة', close: 'إغلاق' },
  team: {
    title: 'الفريق', load: 'لدى الموظفين', caseworker: 'الموظف', cases: 'الحالات', overdue: 'المتأخرة', nextDeadline: 'أقرب موعد', nobody: 'لا أحد لديه حالات', awaiting: 'بانتظار المشرف', fourEyes: 'قائمة العينين الأخريين', escalations: 'المصعّدة والمتأخرة', holds: 'المعلّقة', all: 'كل المفتوحة', selected: 'اختيرت {{count}}', selected_other: 'اختيرت {{count}}', none: 'لا شيء هنا',
    bulk: 'للمختارة', approve: 'اعتماد', reassign: 'إسناد', hold: 'تعليق', resume: 'استئناف', preview: 'معاينة', previewText: 'هذا ما سيحدث لكل حالة. لم يُنفَّذ شيء بعد.', will: 'ستُنفَّذ', wont: 'غير ممكن', run: 'نفّذ على {{count}} حالة', run_other: 'نفّذ على {{count}} حالة', done: 'تم', failed: 'لم يتم', results: 'النتيجة', close: 'إغلاق', checking: 'جارٍ فحص كل حالة…', select: 'اختيار', selectAll: 'اختيار الكل', claimFirst: 'تُستلم لك أولًا', staffNumber: 'رقم الموظف', clear: 'مسح',
  },
  stats: {
    title: 'الإحصاءات', from: 'من', to: 'إلى', office: 'المكتب', allOffices: 'كل المكاتب', csv: 'تنزيل CSV', filed: 'الحالات المقدَّمة', completed: 'المكتملة', median: 'نصف البطاقات خلال', p90: 'تسع من عشر خلال', openNow: 'المفتوحة الآن', perDay: 'الحالات يوميًا', by: 'حسب', type: 'النوع', channel: 'القناة', status: 'الحالة', beneficiary: 'المستفيد', timeToCard: 'الوقت إلى البطاقة', waiting: 'أين يقع الانتظار', waitHours: 'ساعات الانتظار', waits: 'مرات', each: 'نصفها خلال', underMinute: 'أقل من دقيقة', minutes: 'دقيقة', hours: 'ساعة', days: 'يوم', under: 'أقل من {{n}}', over: 'أكثر من {{n}}', openWaits: 'ما تنتظره الحالات المفتوحة', none: 'لا حالات في هذه الفترة', table: 'جدولًا', chart: 'رسمًا', statement: 'بيان الشهر', total: 'المجموع', cases: 'الحالات', date: 'التاريخ', late: 'متأخرة',
    beneficiaries: { 'national-id': 'مواطنون', 'resident-id': 'مقيمون', citizen: 'مواطنون', resident: 'مقيمون', visitor: 'زوار', unknown: 'غير معروف بعد' },
  },
  family: {
    title: 'الأسرة', candidates: 'قد تكون الواقعة نفسها', reported: 'المبلَّغ عنه هنا', openReport: 'بلاغ مفتوح {{id}}', inRegister: 'في السجل', score: '{{n}} من ١٠٠', nameAr: 'اسم المولود', on: 'الميلاد', sex: 'الجنس', father: 'الأب', mother: 'الأم', why: 'سبب الاشتباه', differs: 'مختلف', consent: 'الموافقة', vote: 'صوت', ended: 'انتهى',
    says: { father: 'والد {{one}} هو {{other}}', mother: 'والدة {{one}} هي {{other}}', guardian: 'ولي {{one}} هو {{other}}', spouse: '{{one}} متزوج من {{other}}' },
    roles: { member: 'الفرد', father: 'الأب', mother: 'الأم', husband: 'الزوج', wife: 'الزوجة', deceased: 'المتوفى', reporter: 'المبلِّغ' },
    events: { 'member-identification': 'تعريف فرد من الأسرة', birth: 'ولادة', marriage: 'زواج', divorce: 'طلاق', death: 'وفاة' },
    states: { asked: 'طُلبت', given: 'أُعطيت', refused: 'رُفضت', withdrawn: 'سُحبت' },
    rules: { 'same-name': 'الاسم نفسه', 'similar-name': 'اسم مشابه', 'same-date': 'اليوم نفسه', 'near-date': 'يوم قريب', 'same-mother': 'الأم نفسها', 'same-father': 'الأب نفسه', 'same-sex': 'الجنس نفسه', 'other-sex': 'جنس مختلف' },
  },
  statement: {
    title: 'بيان الشهر', month: 'الشهر', soFar: 'لم ينتهِ الشهر: هذه أرقامه حتى الآن.', total: 'العمليات', change: 'مقارنة بالشهر السابق', byService: 'حسب الخدمة', byChannel: 'حسب القناة', byBeneficiary: 'حسب المستفيد', timeToCard: 'من التقديم إلى البطاقة، نصفها خلال', straight: 'دون تدخل موظف', fines: 'غرامات جنّبتها التذكيرات', satisfaction: 'الرضا', of5: '{{n}} من ٥', answers: '{{n}} إجابة', csv: 'CSV', pdf: 'PDF',
  },
  measures: { width: 'العرض', height: 'الارتفاع', faces: 'الوجوه', confidence: 'وضوح الوجه', faceHeightRatio: 'ارتفاع الوجه', offCentre: 'البعد عن الوسط', tilt: 'الميل', backgroundWhiteness: 'بياض الخلفية', backgroundEvenness: 'تجانس الخلفية', sharpness: 'الحدة' },
};
