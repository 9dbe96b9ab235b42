import type { Bilingual } from '../refusal';

export interface OfficialBody {
  /** The client id of its tokens. */
  readonly client: string;
  readonly name: Bilingual;
}

/**
 * Whom a person may share data with. Operating assumption: which bodies there are, and by which client ids they are known, is
 * agreed between agencies and published nowhere; a further one is a further row.
 */
export const officialBodies: readonly OfficialBody[] = [
  { client: 'ministry-of-health', name: { ar: 'وزارة الصحة', en: 'Ministry of Health' } },
  { client: 'ministry-of-education', name: { ar: 'وزارة التعليم', en: 'Ministry of Education' } },
  { client: 'ministry-of-justice', name: { ar: 'وزارة العدل', en: 'Ministry of Justice' } },
  {
    client: 'ministry-of-human-resources',
    name: { ar: 'وزارة الموارد البشرية والتنمية الاجتماعية', en: 'Ministry of Human Resources and Social Development' },
  },
  {
    client: 'social-insurance',
    name: { ar: 'المؤسسة العامة للتأمينات الاجتماعية', en: 'General Organization for Social Insurance' },
  },
  {
    client: 'general-directorate-of-traffic',
    name: { ar: 'الإدارة العامة للمرور', en: 'General Directorate of Traffic' },
  },
];

export const bodyNamed = (client: string): OfficialBody | undefined =>
  officialBodies.find((body) => body.client === client);
