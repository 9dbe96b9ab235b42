import type { Role } from '../../domain/case/model';

/** Somebody who can sign in. Invented; the subject is a staff number, never an identity number. */
export interface Person {
  readonly sub: string;
  readonly nameAr: string;
  readonly nameEn: string;
  readonly roles: readonly Role[];
  readonly office: string;
}

const person = (sub: string, role: Role, office: string, nameAr: string, nameEn: string): Person => ({
  sub,
  nameAr,
  nameEn,
  roles: [role],
  office,
});

export const people: readonly Person[] = [
  person('staff-101', 'caseworker', 'riyadh-1', 'نورة بنت سعد القحطاني', 'Noura Alqahtani'),
  person('staff-102', 'caseworker', 'riyadh-1', 'فهد بن عبدالله الدوسري', 'Fahad Aldosari'),
  person('staff-103', 'caseworker', 'jeddah-1', 'ريم بنت خالد الغامدي', 'Reem Alghamdi'),
  person('staff-104', 'caseworker', 'jeddah-1', 'ماجد بن حسن الحربي', 'Majed Alharbi'),
  person('staff-105', 'caseworker', 'dammam-1', 'هند بنت علي الشمري', 'Hind Alshammari'),
  person('staff-106', 'caseworker', 'dammam-1', 'تركي بن ناصر العتيبي', 'Turki Alotaibi'),
  person('staff-201', 'supervisor', 'riyadh-1', 'سلطان بن محمد المطيري', 'Sultan Almutairi'),
  person('staff-202', 'supervisor', 'riyadh-1', 'منيرة بنت فيصل السبيعي', 'Munira Alsubaie'),
  person('staff-203', 'supervisor', 'jeddah-1', 'عبير بنت أحمد الزهراني', 'Abeer Alzahrani'),
  person('staff-204', 'supervisor', 'dammam-1', 'بندر بن يوسف الخالدي', 'Bandar Alkhaldi'),
  person('staff-301', 'committee', 'riyadh-1', 'إبراهيم بن صالح الراجحي', 'Ibrahim Alrajhi'),
  person('staff-302', 'committee', 'riyadh-1', 'لطيفة بنت عمر الشهري', 'Latifa Alshehri'),
  person('staff-303', 'committee', 'jeddah-1', 'صالح بن إبراهيم باوزير', 'Saleh Bawazir'),
  person('staff-304', 'committee', 'jeddah-1', 'أمل بنت سالم العمري', 'Amal Alamri'),
  person('staff-305', 'committee', 'dammam-1', 'خالد بن راشد الهاجري', 'Khalid Alhajri'),
  person('staff-401', 'operator', 'riyadh-1', 'يزيد بن فارس العنزي', 'Yazeed Alanazi'),
  person('staff-402', 'operator', 'riyadh-1', 'سارة بنت بدر الرشيدي', 'Sarah Alrashidi'),
  person('staff-501', 'auditor', 'riyadh-1', 'وليد بن طارق السالم', 'Waleed Alsalem'),
  person('staff-601', 'analyst', 'riyadh-1', 'جواهر بنت نايف العجمي', 'Jawaher Alajmi'),
];

export const personOf = (sub: string): Person | undefined => people.find((p) => p.sub === sub);
