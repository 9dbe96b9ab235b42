import type { Nationality } from '../domain/nationalities';

/** A word in both scripts. */
export interface Words {
  readonly ar: string;
  readonly en: string;
}

/** `عبدالله|Abdullah, ...` as a list of words. */
const words = (text: string): readonly Words[] =>
  text.split(',').map((pair) => {
    const [ar = '', en = ''] = pair.trim().split('|');
    return { ar, en };
  });

export const MEN = words(
  `محمد|Mohammed, عبدالله|Abdullah, عبدالرحمن|Abdulrahman, خالد|Khalid, فهد|Fahad, سعود|Saud, سلطان|Sultan, تركي|Turki,
  ناصر|Nasser, صالح|Saleh, إبراهيم|Ibrahim, أحمد|Ahmed, علي|Ali, حسن|Hassan, عبدالعزيز|Abdulaziz, ماجد|Majed, نايف|Naif,
  بندر|Bandar, مشعل|Mishal, يوسف|Yousef, عمر|Omar, طلال|Talal, راشد|Rashed, سعد|Saad, فيصل|Faisal, بدر|Badr, وليد|Waleed,
  ياسر|Yasser, زياد|Ziyad, هشام|Hisham, عادل|Adel, مازن|Mazen, أنس|Anas, حمد|Hamad, مساعد|Musaed, عبدالمجيد|Abdulmajeed`,
);

export const WOMEN = words(
  `نورة|Noura, سارة|Sarah, فاطمة|Fatimah, هند|Hind, مريم|Maryam, عائشة|Aisha, ريم|Reem, لطيفة|Latifah, منيرة|Munirah,
  العنود|Alanoud, الجوهرة|Aljawharah, هيا|Haya, أمل|Amal, خلود|Khulood, شيخة|Shaikhah, دلال|Dalal, غادة|Ghadah, مها|Maha,
  حصة|Hessa, وفاء|Wafa, رنا|Rana, لمى|Lama, ندى|Nada, أسماء|Asma, بشاير|Bashayer, رهف|Rahaf, شهد|Shahad, جواهر|Jawaher`,
);

const SAUDI_FAMILIES = words(
  `القحطاني|Alqahtani, العتيبي|Alotaibi, الدوسري|Aldossari, الشمري|Alshammari, الحربي|Alharbi, الغامدي|Alghamdi,
  الزهراني|Alzahrani, المطيري|Almutairi, السبيعي|Alsubaie, العنزي|Alanazi, الشهري|Alshehri, العسيري|Alasiri,
  المالكي|Almalki, البلوي|Albalawi, الجهني|Aljuhani, الرشيدي|Alrashidi, السلمي|Alsulami, الخالدي|Alkhaldi,
  التميمي|Altamimi, اليامي|Alyami, الثقفي|Althaqafi, الأحمدي|Alahmadi, السهلي|Alsahli, العجمي|Alajmi`,
);

/** Family names by nationality; given names are shared by all of these in Arabic script. */
export const FAMILIES: Partial<Record<Nationality, readonly Words[]>> & { readonly SAU: readonly Words[] } = {
  SAU: SAUDI_FAMILIES,
  EGY: words('السيد|Elsayed, عبدالفتاح|Abdelfattah, منصور|Mansour, شحاتة|Shehata, البنا|Elbanna, جاد|Gad'),
  YEM: words('الحداد|Alhaddad, باوزير|Bawazeer, العمودي|Alamoudi, الصبري|Alsabri, المقطري|Almaqtari'),
  SDN: words('الطيب|Eltayeb, عثمان|Osman, البشير|Elbashir, النور|Elnour, حامد|Hamid'),
  JOR: words('الخطيب|Alkhatib, العبادي|Alabbadi, الزعبي|Alzoubi, حداد|Haddad, النسور|Alnsour'),
  SYR: words('الحلبي|Alhalabi, قباني|Qabbani, الشامي|Alshami, درويش|Darwish, حموي|Hamwi'),
  PAK: words('خان|Khan, قريشي|Qureshi, شودري|Chaudhry, مالك|Malik, صديقي|Siddiqui'),
  IND: words('أنصاري|Ansari, شيخ|Shaikh, كونجو|Kunju, باشا|Pasha, مولوي|Moulavi'),
  BGD: words('حسين|Hossain, رحمن|Rahman, إسلام|Islam, علم|Alam, ميا|Miah'),
};

export interface Place extends Words {
  /** Districts with the first three digits of their postal code. */
  readonly districts: readonly (Words & { readonly postal: string })[];
}

const districts = (text: string): Place['districts'] =>
  text.split(',').map((entry) => {
    const [ar = '', en = '', postal = ''] = entry.trim().split('|');
    return { ar, en, postal };
  });

export const CITIES: readonly Place[] = [
  {
    ar: 'الرياض',
    en: 'Riyadh',
    districts: districts('العليا|Al Olaya|122, الملز|Al Malaz|128, النرجس|An Narjis|133, الياسمين|Al Yasmin|133'),
  },
  {
    ar: 'جدة',
    en: 'Jeddah',
    districts: districts(
      'الروضة|Ar Rawdah|234, الصفا|As Safa|234, النعيم|An Naim|236, أبحر الشمالية|Obhur Ash Shamaliyah|238',
    ),
  },
  {
    ar: 'مكة المكرمة',
    en: 'Makkah',
    districts: districts('العزيزية|Al Aziziyah|242, الشوقية|Ash Shawqiyah|243, العوالي|Al Awali|243'),
  },
  {
    ar: 'المدينة المنورة',
    en: 'Madinah',
    districts: districts('قباء|Quba|423, العزيزية|Al Aziziyah|423, الخالدية|Al Khalidiyah|423'),
  },
  {
    ar: 'الدمام',
    en: 'Dammam',
    districts: districts('الشاطئ|Ash Shati|324, الفيصلية|Al Faisaliyah|322, النور|An Nur|322'),
  },
  { ar: 'أبها', en: 'Abha', districts: districts('المنسك|Al Mansak|625, الموظفين|Al Muwazafin|625') },
  { ar: 'تبوك', en: 'Tabuk', districts: districts('المروج|Al Muruj|477, السليمانية|As Sulaymaniyah|479') },
  { ar: 'بريدة', en: 'Buraydah', districts: districts('الريان|Ar Rayyan|523, الإسكان|Al Iskan|523') },
  { ar: 'حائل', en: 'Hail', districts: districts('المنتزه|Al Muntazah|554, النقرة|An Nuqrah|554') },
  { ar: 'نجران', en: 'Najran', districts: districts('الفهد|Al Fahd|662, الضيافة|Ad Diyafah|664') },
];

export const STREETS = words(
  `شارع الأمير سلطان|Prince Sultan St, شارع الملك فهد|King Fahd St, شارع التحلية|Tahlia St, شارع العروبة|Al Urubah St,
  شارع خالد بن الوليد|Khalid Ibn Al Walid St, شارع أبي بكر الصديق|Abu Bakr As Siddiq St`,
);

/** Where people of a nationality were born, when not in the kingdom. */
export const BIRTH_PLACES: Partial<Record<Nationality, readonly Words[]>> = {
  EGY: words('القاهرة|Cairo, الإسكندرية|Alexandria, طنطا|Tanta'),
  YEM: words('صنعاء|Sanaa, عدن|Aden, المكلا|Mukalla'),
  SDN: words('الخرطوم|Khartoum, أم درمان|Omdurman'),
  JOR: words('عمان|Amman, إربد|Irbid'),
  SYR: words('دمشق|Damascus, حلب|Aleppo'),
  PAK: words('كراتشي|Karachi, لاهور|Lahore'),
  IND: words('حيدر آباد|Hyderabad, كاليكوت|Kozhikode'),
  BGD: words('دكا|Dhaka, شيتاغونغ|Chittagong'),
};
