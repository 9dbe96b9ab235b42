import { canonicalJson } from '../../domain/canonical-json';
import type { LocalDate } from '../../domain/time';
import type { DeliveryAddress } from '../courier/port';
import { seal, unseal } from '../vault/seal';
import type { ChildName } from './family-port';

/** What the register holds sealed about a person. */
export interface PersonRecord {
  readonly number: string;
  readonly nameAr: string;
  readonly nameEn: string;
  readonly sex: 'M' | 'F';
  readonly birthDate: LocalDate;
  readonly birthPlaceAr: string;
  readonly birthPlaceEn: string;
  readonly nationality: string;
  readonly phone: string;
  readonly language: 'ar' | 'en';
  readonly address: DeliveryAddress | null;
}

type Contact = Pick<PersonRecord, 'phone' | 'language' | 'address'>;

export const contactOf = ({ phone, language, address }: PersonRecord): Contact => ({ phone, language, address });

/** A newborn is reached where its father is. By another father only what is still the first one's changes. */
export function ofAnotherFather(child: PersonRecord, was: PersonRecord, is: PersonRecord): PersonRecord {
  const copied = canonicalJson(contactOf(child)) === canonicalJson(contactOf(was));
  return {
    ...child,
    ...(copied ? contactOf(is) : {}),
    ...(child.nationality === was.nationality ? { nationality: is.nationality } : {}),
  };
}

const aboutOf = (person: string): string => `register\n${person}`;

export const sealRecord = (key: Buffer, person: string, record: PersonRecord): Buffer =>
  seal(key, aboutOf(person), Buffer.from(JSON.stringify(record)));

export const unsealRecord = (key: Buffer, person: string, sealed: Buffer): PersonRecord =>
  JSON.parse(unseal(key, aboutOf(person), sealed, 'register').toString()) as PersonRecord;

const aboutNameOf = (person: string): string => `register-name\n${person}`;

export const sealName = (key: Buffer, person: string, { nameAr, nameEn }: ChildName): Buffer =>
  seal(key, aboutNameOf(person), Buffer.from(JSON.stringify({ nameAr, nameEn })));

export const unsealName = (key: Buffer, person: string, sealed: Buffer): ChildName =>
  JSON.parse(unseal(key, aboutNameOf(person), sealed, 'register').toString()) as ChildName;
