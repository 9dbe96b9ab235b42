import type { Notice } from '../../adapters/evidence/port';
import type { ApiDeps } from '../../api/deps';
import { reportOf } from '../../api/console/report';
import type { FamilyFile } from '../../workflows/case-types/family-registration/file';
import { noticeMismatches } from '../../workflows/case-types/family-registration/notice';

const file = {
  id: 'fam_given',
  event: 'member-identification',
  on: '2026-10-20',
  reporter: 'p_father',
  parties: { member: 'p_son' },
  relation: 'father',
} as unknown as FamilyFile;

const rowsWith = async (people: readonly string[], report: Partial<FamilyFile> = {}) => {
  const notice: Notice = { reference: 'N-1', kind: 'family-link', on: '2026-01-01', people };
  const deps = {
    vault: {
      get: () => Promise.resolve({ application: { event: 'member-identification', notice: 'N-1' } }),
      personRef: (number: string) => `p_${number}`,
    },
    evidence: { notice: () => Promise.resolve(notice) },
    family: {
      nameOf: (who: string) => Promise.resolve({ nameAr: who, nameEn: who }),
      people: () => Promise.resolve([]),
    },
  } as unknown as ApiDeps;
  const {
    report: { rows },
  } = await reportOf(deps, { ...file, ...report }, { people: new Map(), graph: [] });
  return Object.fromEntries(rows.map(({ field, differs }) => [field, differs.includes('notice')]));
};

test('a notice of a tie that names the member alone differs where the reporter stands, and for that reason', async () => {
  expect(await rowsWith(['son'])).toMatchObject({ member: false, reporter: true });
  expect(await rowsWith(['son', 'father'])).toMatchObject({ member: false, reporter: false, kind: false });
  const notice = { kind: 'family-link', on: '2026-01-01', people: new Set(['p_son']) };
  expect(noticeMismatches(file, notice)).toEqual(['notice-of-other-people']);
});

test('who reports a birth need not be in the notice of it', async () => {
  const birth = { event: 'birth', parties: { father: 'p_father', mother: 'p_mother' }, reporter: 'p_uncle' } as const;
  expect(await rowsWith(['father'], birth)).toMatchObject({ father: false, mother: true, reporter: false, kind: true });
});
