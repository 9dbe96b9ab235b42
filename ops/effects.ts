import type { AnyEvent, Recorded } from '../domain/case/model';
import type { EffectKind } from '../domain/case/repair-and-reset';
import type { Bilingual } from '../domain/refusal';
import type { Instant } from '../domain/time';

/** Something that a case has made happen outside itself. */
export interface Effect {
  /** The same for the same effect: what a reset pins. */
  readonly key: string;
  readonly kind: EffectKind;
  readonly what: Bilingual;
  readonly version: number;
  readonly at: Instant;
  /** Taken back, by the event of this version. */
  readonly undoneBy?: number;
}

interface EffectRule {
  readonly kind: EffectKind;
  readonly what: Bilingual;
  /** The field of the event that tells this effect from another of its kind; the case itself where a case has only one. */
  readonly by?: string;
}

const made: Readonly<Record<string, EffectRule>> = {
  PaymentCaptured: { kind: 'payment', by: 'captureId', what: { ar: 'مبلغ محصَّل', en: 'Money taken' } },
  RefundMade: { kind: 'refund', by: 'captureId', what: { ar: 'مبلغ مردود', en: 'Money refunded' } },
  CardReserved: { kind: 'register', by: 'serial', what: { ar: 'رقم تسلسلي محجوز', en: 'Serial reserved' } },
  CardOrdered: { kind: 'card', by: 'orderId', what: { ar: 'بطاقة مطلوبة', en: 'Card ordered' } },
  CardPrinted: { kind: 'card', by: 'orderId', what: { ar: 'بطاقة مطبوعة', en: 'Card printed' } },
  CardDispatched: { kind: 'parcel', by: 'parcelId', what: { ar: 'طرد مرسل', en: 'Parcel booked' } },
  CardsSwapped: { kind: 'register', by: 'serial', what: { ar: 'بطاقة أصبحت سارية', en: 'Card made valid' } },
  EventRegistered: { kind: 'register', by: 'registration', what: { ar: 'قيد في السجل', en: 'Entry in the register' } },
  RegisterAmended: { kind: 'register', what: { ar: 'تعديل قيد في السجل', en: 'Amendment of an entry' } },
  CertificateIssued: { kind: 'certificate', by: 'serial', what: { ar: 'شهادة صادرة', en: 'Certificate issued' } },
  IdCaseStarted: { kind: 'case', by: 'caseId', what: { ar: 'حالة هوية بدأت', en: 'ID case started' } },
  NewDecisionStarted: { kind: 'case', by: 'caseId', what: { ar: 'حالة قرار جديد', en: 'Case of the new decision' } },
  ApplicantNotified: { kind: 'message', by: 'template', what: { ar: 'رسالة مرسلة', en: 'Message sent' } },
};

/** What takes an effect back: by the same field, or by whatever stands last of that kind. */
const undone: Readonly<Record<string, { readonly kinds: readonly EffectKind[]; readonly by?: string }>> = {
  RefundMade: { kinds: ['payment'], by: 'captureId' },
  CardOrderRecalled: { kinds: ['card'] },
  CardPrintFailed: { kinds: ['card'], by: 'orderId' },
  CardDestroyed: { kinds: ['card'] },
  CardReleased: { kinds: ['register'], by: 'serial' },
  CardReturnedToIssuer: { kinds: ['parcel'] },
  ParcelCancelled: { kinds: ['parcel'], by: 'parcelId' },
};

const field = (event: AnyEvent, name: string): string =>
  (event as unknown as Readonly<Record<string, string | undefined>>)[name] ?? '';

/** The effects of a case, from its events alone, in order. A card that was ordered and then printed is one effect. */
export function effectsOf(events: readonly Recorded[]): readonly Effect[] {
  const effects = new Map<string, Effect>();
  for (const { caseId, event, version, at } of events) {
    const back = undone[event.type];
    if (back) {
      const ref = back.by === undefined ? undefined : field(event, back.by);
      for (const [key, effect] of effects) {
        const same = ref === undefined || key === `${effect.kind}/${ref}`;
        if (back.kinds.includes(effect.kind) && same && effect.undoneBy === undefined)
          effects.set(key, { ...effect, undoneBy: version });
      }
    }
    if (event.type === 'FactRepaired' && field(event, 'field') === 'card-order') {
      // The order is another one than the log had thought.
      const wrong = [...effects.values()].findLast(({ kind, undoneBy }) => kind === 'card' && undoneBy === undefined);
      if (wrong) effects.delete(wrong.key);
      const key = `card/${field(event, 'value')}`;
      if (wrong) effects.set(key, { ...wrong, key });
    }
    const rule = made[event.type];
    if (!rule) continue;
    const key = `${rule.kind}/${rule.by === undefined ? caseId : field(event, rule.by)}`;
    const before = effects.get(key);
    effects.set(key, {
      key,
      kind: rule.kind,
      what: rule.what,
      version: before?.version ?? version,
      at: before?.at ?? at,
    });
  }
  return [...effects.values()];
}

export const standing = (effects: readonly Effect[]): readonly Effect[] =>
  effects.filter(({ undoneBy }) => undoneBy === undefined);
