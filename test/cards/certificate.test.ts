import sharp from 'sharp';
import { createSigner } from '../../adapters/signing/ed25519';
import {
  certificateClaims,
  renderCertificate,
  familyRecordRows,
  renderFamilyRecord,
  type CertifiedEvent,
} from '../../cards/certificate';

const people = {
  c: { nameAr: 'سعود بن خالد بن فهد الحربي', nameEn: 'Saud Khalid Fahad Alharbi', birthDate: '2026-11-20', sex: 'M' },
  f: { nameAr: 'خالد بن فهد بن سعود الحربي', nameEn: 'Khalid Fahad Saud Alharbi', birthDate: '1985-05-05', sex: 'M' },
  m: { nameAr: 'نورة بنت عبدالله القحطاني', nameEn: 'Noura Abdullah Alqahtani', birthDate: '1988-08-08', sex: 'F' },
} as const;

const record: CertifiedEvent = {
  serial: 'FC00000012',
  issuedOn: '2026-11-23',
  event: { kind: 'birth', on: '2026-11-20', father: 'f', mother: 'm', child: 'c', sex: 'M' },
  marks: [],
  people,
};
const qr = createSigner(Buffer.alloc(32, 7)).sign('civil-certificate+jwt', certificateClaims(record));

test('a certificate is a page of A5 in both formats, and its code names nobody', async () => {
  const { png, pdf } = await renderCertificate(record, qr);
  expect(await sharp(png).metadata()).toMatchObject({ width: 2480, height: 1748 });
  expect(pdf.subarray(0, 5).toString()).toBe('%PDF-');
  expect(pdf.toString('latin1').match(/\/Type \/Page\b/g)).toHaveLength(1);
  expect(JSON.parse(Buffer.from(qr.split('.')[1] ?? '', 'base64url').toString())).toEqual({
    serial: 'FC00000012',
    event: 'birth',
    on: '2026-11-20',
    issuedOn: '2026-11-23',
  });
});

test('a mark changes the picture of a certificate', async () => {
  const plain = await renderCertificate(record, qr);
  const marked = await renderCertificate({ ...record, marks: ['corrected', 'revoked'] }, qr);
  expect(marked.png.equals(plain.png)).toBe(false);
});

test('a family record lists the wives of the day and the children', async () => {
  const links = [
    { person: 'f', relative: 'm', kind: 'spouse', from: '2010-01-01' },
    { person: 'c', relative: 'f', kind: 'father', from: '2026-11-20' },
  ] as const;
  const { png } = await renderFamilyRecord(
    { head: 'f', record: { people: {}, links, standing: [] }, people, on: '2026-11-23' },
    'R-1',
    qr,
  );
  expect(await sharp(png).metadata()).toMatchObject({ width: 2480 });
});

test('children stand in a record by age, whenever they were registered', () => {
  const people = {
    f: { nameAr: 'خالد', nameEn: 'Khalid', birthDate: '1985-05-05', sex: 'M' as const },
    young: { nameAr: 'لمى', nameEn: 'Lama', birthDate: '2025-01-01', sex: 'F' as const },
    old: { nameAr: 'سلطان', nameEn: 'Sultan', birthDate: '2022-01-01', sex: 'M' as const },
  };
  const links = (['young', 'old'] as const).map((person) => ({
    person,
    relative: 'f',
    kind: 'father' as const,
    from: people[person].birthDate,
  }));
  const rows = familyRecordRows({ head: 'f', record: { people: {}, links, standing: [] }, people, on: '2026-11-23' });
  expect(rows.map(({ label }) => label.en)).toEqual(['Head of the family', 'Son', 'Daughter']);
  expect(rows.map(({ value }) => value.en)).toEqual(['Khalid, 1985/05/05', 'Sultan, 2022/01/01', 'Lama, 2025/01/01']);
});

test('a record tells of a death, and keeps the widow whom it left', () => {
  const people = {
    f: { nameAr: 'خالد', nameEn: 'Khalid', birthDate: '1950-05-05', sex: 'M' as const },
    m: { nameAr: 'نورة', nameEn: 'Noura', birthDate: '1955-01-01', sex: 'F' as const },
    before: { nameAr: 'هند', nameEn: 'Hind', birthDate: '1953-01-01', sex: 'F' as const },
  };
  const record = {
    people: { f: { diedOn: '2026-10-01' } },
    links: [
      { person: 'f', relative: 'm', kind: 'spouse' as const, from: '1980-01-01', to: '2026-10-01' },
      { person: 'f', relative: 'before', kind: 'spouse' as const, from: '1975-01-01', to: '1978-01-01' },
    ],
    standing: [],
  };
  const rows = familyRecordRows({ head: 'f', record, people, on: '2026-11-23' });
  expect(rows.map(({ value }) => value.en)).toEqual(['Khalid, 1950/05/05, died 2026/10/01', 'Noura, 1955/01/01']);
});
