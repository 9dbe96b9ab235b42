import type { FamilyPerson } from '../adapters/register/family-port';
import { actionRule, nextOf, type CoreEvent } from '../domain/case/core';
import { stepOf, type ActionRequest, type AnyEvent, type CaseFile, type Wait } from '../domain/case/model';
import { OutsideFailure } from '../domain/failures';
import type { Money } from '../domain/money';
import type { OutsideMessage } from '../domain/outside-messages';
import type { Bilingual } from '../domain/refusal';
import { riyadhDate, type Instant } from '../domain/time';
import { Transition, type AnyCaseType } from './advance';
import type { Ports } from './step';

/** How an action would go on if all went well. */
export interface Rehearsal {
  /** As it stands when the case waits for the first time after the action. */
  readonly first: CaseFile;
  /** As far as it gets without the applicant or a decision. */
  readonly last: CaseFile;
  /** In the order in which they are sent, in the words in which they are sent. */
  readonly messages: readonly { readonly text: Bilingual; readonly toApplicant: boolean; readonly atOnce: boolean }[];
  readonly refunds: readonly Money[];
}

/** More than any case has: a guard against one that turns in a circle. */
const MOST_ROUNDS = 12;
const IMAGINED = 'rehearsal';

/** Whoever is asked about is alive and of age. */
const OF_AGE: Omit<FamilyPerson, 'person'> = {
  sex: 'M',
  birthDate: '1990-01-01',
  diedOn: null,
  blocked: false,
  hasAddress: true,
  hasCard: true,
  unpaidFines: false,
  identified: true,
  wasIdentified: true,
  revoked: false,
  boreOn: null,
  begotOn: null,
};

/** What a step asks for that a rehearsal has no answer to ends it there: what was seen until then is what can be said. */
function only<T extends object>(answers: Partial<T>): T {
  const unknown = (name: string) => () =>
    Promise.reject(new OutsideFailure('refused', 'case', 'not-rehearsed', `A rehearsal does not know ${name}.`));
  return new Proxy(answers, {
    get: (known, name) => (Reflect.get(known, name) as unknown) ?? unknown(String(name)),
  }) as T;
}

interface Heard {
  readonly messages: { readonly to: string; readonly text: Bilingual }[];
  readonly refunds: Money[];
}

/** An outside where everything works, nothing happens, and nobody is named: a person's phone is the reference to the person. */
function imaginedPorts(
  { event, subject }: CaseFile & { readonly event?: string },
  hasAddress: boolean,
  heard: Heard,
  at: Instant,
): Ports {
  const blank = { line: '', district: '', city: '', postalCode: '', recipient: '', phone: '' };
  return {
    log: only<Ports['log']>({ append: () => Promise.resolve({ appended: true }) }),
    register: only<Ports['register']>({
      contact: (person) => Promise.resolve({ phone: person, language: 'ar', address: hasAddress ? blank : null }),
      identity: () =>
        Promise.resolve({
          identityNumber: '',
          nameAr: '',
          nameEn: '',
          sex: 'M',
          birthDate: '2000-01-01',
          birthPlaceAr: '',
          birthPlaceEn: '',
          nationality: '',
        }),
      reserveCard: () => Promise.resolve({ serial: IMAGINED, reservedOn: riyadhDate(at) }),
      releaseCard: () => Promise.resolve(),
      swapCards: () => Promise.resolve(),
    }),
    documents: only<Ports['documents']>({
      get: () => Promise.resolve({ person: subject, contentType: 'image/jpeg', bytes: new Uint8Array() }),
    }),
    payments: only<Ports['payments']>({
      cancel: () => Promise.resolve(),
      state: (paymentId) => Promise.resolve({ paymentId, status: 'cancelled', captures: [], refunds: [] }),
      refund: ({ amount }) => {
        heard.refunds.push(amount);
        return Promise.resolve({ refundId: IMAGINED });
      },
    }),
    cardBureau: only<Ports['cardBureau']>({
      order: () => Promise.resolve({ orderId: IMAGINED }),
      recall: () => Promise.resolve({ recalled: true }),
      destroy: () => Promise.resolve(),
    }),
    courier: only<Ports['courier']>({ book: () => Promise.resolve({ parcelId: IMAGINED }) }),
    messages: only<Ports['messages']>({
      send: ({ to, textAr, textEn }) => {
        heard.messages.push({ to, text: { ar: textAr, en: textEn } });
        return Promise.resolve({ messageId: IMAGINED });
      },
    }),
    family: only<Ports['family']>({
      people: (refs) => Promise.resolve(refs.map((person) => ({ ...OF_AGE, person }))),
      register: () => Promise.resolve({ registration: IMAGINED }),
      certify: () => Promise.resolve({ serial: IMAGINED }),
      amend: () => Promise.resolve({ registration: IMAGINED, dependents: [] }),
    }),
    evidence: only({}),
    caseLinks: only<Ports['caseLinks']>({
      openConcerning: () => Promise.resolve([]),
      cameFrom: () => Promise.resolve([]),
      secondReportsOf: () => Promise.resolve([]),
    }),
    portraits: only({}),
    staff: only({}),
    vault: only<Ports['vault']>({
      get: <T>() => Promise.resolve({ application: { event, child: { nameAr: '', nameEn: '' } } } as T),
    }),
  };
}

/** The news that ends a wait for the bureau or the courier well; undefined for whoever else has the ball. */
function goodNews(file: CaseFile, { what }: Wait): OutsideMessage | undefined {
  const { card, parcel } = file as CaseFile & {
    readonly card?: { readonly serial: string; readonly orderId?: string };
    readonly parcel?: { readonly parcelId: string; readonly to: 'address' | 'office' };
  };
  const message = { id: IMAGINED, caseId: file.id };
  if (what === 'card-printed' && card)
    return { ...message, type: 'card.printed', orderId: card.orderId ?? IMAGINED, serial: card.serial };
  if (what === 'card-delivered' && parcel)
    return {
      ...message,
      type: parcel.to === 'address' ? 'parcel.delivered' : 'parcel.ready-for-pickup',
      parcelId: parcel.parcelId,
    };
  return undefined;
}

/**
 * Carries an action out in thought: by the case type's own decision, steps and texts, against an outside where all goes well.
 * Nothing is sent, paid or kept. The action has to be allowed; whether it is, is not asked here.
 */
export async function rehearse(
  kind: AnyCaseType,
  file: CaseFile,
  request: ActionRequest,
  at: Instant,
  hasAddress: boolean,
): Promise<Rehearsal> {
  const heard: Heard = { messages: [], refunds: [] };
  const ports = imaginedPorts(file, hasAddress, heard, at);
  const transition = new Transition(kind, ports, file, at, IMAGINED, true);
  const rule = actionRule(kind.definition, request.action);
  const decided: readonly AnyEvent[] = rule?.decide(file, request, at) ?? [];
  decided.forEach((event) => transition.emit(event, request.actor));

  let first: { readonly file: CaseFile; readonly messages: number } | undefined;
  for (let round = 0; round < MOST_ROUNDS; round++) {
    if (await transition.chain(undefined)) break;
    const next = nextOf(kind.definition, transition.file);
    const noted = 'noted' in next ? stepOf(next) : undefined;
    if (noted !== undefined) {
      // Another case is started or told: of this one it is only on record.
      if (await transition.take(noted, undefined)) break;
      continue;
    }
    first ??= { file: transition.file, messages: heard.messages.length };
    const news = 'wait' in next ? goodNews(transition.file, next.wait) : undefined;
    const events = news ? kind.definition.receive(transition.file, news) : [];
    if (events === 'later' || events.length === 0) break;
    events.forEach((event) => transition.emit(event satisfies AnyEvent | CoreEvent));
  }
  const { subject, reporter = subject } = file as CaseFile & { readonly reporter?: string };
  const atOnce = first?.messages ?? heard.messages.length;
  return {
    first: first?.file ?? transition.file,
    last: transition.file,
    messages: heard.messages.map(({ to, text }, n) => ({
      text,
      toApplicant: to === reporter,
      atOnce: n < atOnce,
    })),
    refunds: heard.refunds,
  };
}
