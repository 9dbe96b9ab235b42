import type { FamilyEntry, FamilyEvent } from '../../domain/family/record';
import type { FamilyGraph } from '../../domain/family/graph';
import type { FamilyLimits } from '../../domain/family/objections';
import type { LocalDate } from '../../domain/time';

/** What decisions about families need to know about a person. No name, no number. */
export interface FamilyPerson {
  readonly person: string;
  readonly sex: 'M' | 'F';
  readonly birthDate: LocalDate;
  readonly diedOn: LocalDate | null;
  readonly blocked: boolean;
  readonly hasAddress: boolean;
  readonly hasCard: boolean;
  readonly unpaidFines: boolean;
  /** A member identification of this person stands. */
  readonly identified: boolean;
  /** One stands, or stood once. */
  readonly wasIdentified: boolean;
  /** The birth that made this identity was revoked. */
  readonly revoked: boolean;
  /** The birth of the youngest child that she bore, and that he begot. */
  readonly boreOn: LocalDate | null;
  readonly begotOn: LocalDate | null;
}

/** A birth as it is reported: the child gets its number, and so its reference, from the register. */
export type ReportedEvent =
  Exclude<FamilyEvent, { kind: 'birth' }> | Omit<Extract<FamilyEvent, { kind: 'birth' }>, 'child'>;

/** What an entry of a birth calls the child. Personal data. */
export interface ChildName {
  readonly nameAr: string;
  readonly nameEn: string;
}

/** Personal data. */
export interface NewChild extends ChildName {
  readonly birthPlaceAr: string;
  readonly birthPlaceEn: string;
}

export interface RegisterOrder {
  readonly key: string;
  readonly caseId: string;
  readonly event: ReportedEvent;
  /** A mark of the notice that the event rests on, so that one notice registers one event. */
  readonly notice?: string;
  readonly child?: NewChild;
  readonly limits: FamilyLimits;
}

export interface Registered {
  /** The key that a later correction names. */
  readonly registration: string;
  /** The person whom a birth brought into the register. */
  readonly child?: string;
}

export interface AmendOrder {
  readonly key: string;
  readonly caseId: string;
  readonly registration: string;
  readonly why: 'corrected' | 'revoked';
  /** What takes its place, in the same transaction. */
  readonly replacement?: FamilyEvent;
  /** What the child of a corrected birth is called from now on; as before, where it is not given. Personal data. */
  readonly childName?: ChildName;
  readonly limits: FamilyLimits;
}

/** A document that rested on the entry, and who has it. */
export interface Dependent {
  readonly kind: 'certificate' | 'card';
  readonly serial: string;
  readonly holder: string;
}

/** Personal data: what a certificate says. */
export interface CertificateRecord {
  readonly serial: string;
  readonly issuedOn: LocalDate;
  readonly event: FamilyEvent;
  readonly marks: readonly ('corrected' | 'revoked')[];
  readonly people: Readonly<
    Record<string, { readonly nameAr: string; readonly nameEn: string; readonly birthDate: LocalDate }>
  >;
  /** Of a birth: the number that the register gave the child. Absent of a child who was erased. */
  readonly child?: {
    readonly number: string;
    readonly sex: 'M' | 'F';
    readonly birthPlaceAr: string;
    readonly birthPlaceEn: string;
  };
}

/** What may be said of a certificate without saying anything about anybody. */
export interface CertificateStanding {
  readonly serial: string;
  readonly caseId: string;
  readonly issuedOn: LocalDate;
  readonly event: FamilyEvent['kind'];
  readonly on: LocalDate;
  /** What has happened to the entry since, and when that was entered. */
  readonly marks: readonly { readonly why: 'corrected' | 'revoked'; readonly on: LocalDate }[];
  /** Everybody whom the entry concerns: its parties, and the widowed. */
  readonly concerned: readonly string[];
  /** The serial of the certificate of what was entered instead; null where none was issued. */
  readonly replacedBy: string | null;
}

/**
 * The register's family part. Every write is one transaction and idempotent by its key. A write that the register does not let
 * in is a refusal whose code is the objection's word (`married-already`, `no-cycle` and so on): asked again, it gives the same answer.
 */
export interface FamilyRegister {
  /** Only those whom the register knows. */
  people(refs: readonly string[]): Promise<FamilyPerson[]>;
  /** Everybody's ancestors, guardians and marriages, ended ones too: enough for every relation among these people. */
  graph(people: readonly string[]): Promise<FamilyGraph>;
  /**
   * Whatever tells whether a member of staff is kin to these people: which person of the register the official is, null where nobody
   * is enrolled under the number, and the graph of all of them and of everybody whom they are or were married to. One query.
   */
  kinAround(staff: string, people: readonly string[]): Promise<{ official: string | null; graph: FamilyGraph }>;
  /** The children of this mother or father who were born in this time. */
  births(
    parents: readonly string[],
    from: LocalDate,
    to: LocalDate,
  ): Promise<{ person: string; birthDate: LocalDate; sex: 'M' | 'F'; father: string | null; mother: string | null }[]>;
  /** Whether an event with this mark stands, and the case that registered it. */
  byNotice(notice: string): Promise<{ caseId: string | null } | null>;
  /** Personal data. */
  nameOf(person: string): Promise<{ nameAr: string; nameEn: string }>;
  /**
   * What the child of a birth is called by the entry of this key, whatever it is called since; null of an entry of no birth, and of
   * somebody who was erased. Personal data.
   */
  namedIn(key: string): Promise<ChildName | null>;
  /** Every entry about a person, in order. Its fold is the family record. */
  entriesOf(person: string): Promise<FamilyEntry[]>;
  /** null where no event that stands was registered under it. */
  registrationOf(key: string): Promise<{ event: FamilyEvent; caseId: string | null } | null>;
  /** The entry of this key or, where it was corrected since, what stands in its place by now; null where nothing does. */
  standingFor(key: string): Promise<{ key: string; event: FamilyEvent; caseId: string | null } | null>;
  /** What became of an entry: entries are never taken out, so a `missing` one was never made, or the register has lost it. */
  stateOf(key: string): Promise<'stands' | 'reversed' | 'missing'>;
  register(order: RegisterOrder): Promise<Registered>;
  /** Refused as `entry-reversed` once the entry was taken back. */
  certify(order: { key: string; caseId: string; registration: string }): Promise<{ serial: string }>;
  certificate(serial: string): Promise<CertificateRecord | null>;
  certificateStanding(serial: string): Promise<CertificateStanding | null>;
  amend(order: AmendOrder): Promise<{ registration: string | null; dependents: readonly Dependent[] }>;
}
