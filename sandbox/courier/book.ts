import { idOf } from '../core/chance';
import type { CaseScript } from '../core/dials';
import type { Book } from '../core/party';
import { conflict, notFound } from '../core/problem';
import type { WebhookContent } from '../core/webhook-sender';
import { addTo } from '../core/wire';

type Status =
  'booked' | 'out-for-delivery' | 'delivered' | 'failed' | 'ready-for-pickup' | 'collected' | 'returned' | 'cancelled';

export type Destination = { readonly address: Readonly<Record<string, string>> } | { readonly office: string };

type About = { readonly caseId: string; readonly parcelId: string };

type PlainStep = 'out-for-delivery' | 'delivered' | 'ready-for-pickup' | 'collected' | 'returned';

export type ParcelEntry = About &
  (
    | { readonly type: 'booked'; readonly serial: string; readonly to: Destination }
    | { readonly type: PlainStep }
    | { readonly type: 'failed'; readonly reason: string }
    | { readonly type: 'cancellation'; readonly done: boolean }
    | { readonly type: 'redelivery-ordered' }
    | { readonly type: 'diverted'; readonly office: string }
    | { readonly type: 'return-ordered' }
  );

interface Parcel extends About {
  status: Status;
  /** To an office rather than to a door. */
  toOffice: boolean;
  returning: boolean;
  failures: number;
}

/** From which statuses each step of the courier can be taken. */
const steps: Readonly<Record<string, { readonly from: readonly Status[]; readonly enters: PlainStep | 'failed' }>> = {
  depart: { from: ['booked'], enters: 'out-for-delivery' },
  deliver: { from: ['booked', 'out-for-delivery'], enters: 'delivered' },
  fail: { from: ['booked', 'out-for-delivery'], enters: 'failed' },
  'ready-for-pickup': { from: ['booked', 'out-for-delivery', 'failed'], enters: 'ready-for-pickup' },
  collect: { from: ['ready-for-pickup'], enters: 'collected' },
  return: { from: ['booked', 'out-for-delivery', 'failed', 'ready-for-pickup'], enters: 'returned' },
};

/** The courier's parcels. */
export class ParcelBook implements Book<ParcelEntry> {
  private readonly parcels = new Map<string, Parcel>();
  private readonly byCase = new Map<string, string[]>();
  private readonly sums: Record<string, number> = {
    booked: 0,
    delivered: 0,
    failed: 0,
    collected: 0,
    returned: 0,
    cancelled: 0,
  };

  apply(entry: ParcelEntry): void {
    const { caseId, parcelId } = entry;
    if (entry.type === 'booked') {
      const toOffice = 'office' in entry.to;
      this.parcels.set(parcelId, { caseId, parcelId, status: 'booked', toOffice, returning: false, failures: 0 });
      addTo(this.byCase, caseId, parcelId);
      this.count('booked');
      return;
    }
    const parcel = this.parcel(parcelId);
    switch (entry.type) {
      case 'cancellation':
        if (entry.done && parcel.status !== 'cancelled') this.count('cancelled');
        if (entry.done) parcel.status = 'cancelled';
        return;
      case 'redelivery-ordered':
        parcel.status = 'out-for-delivery';
        return;
      case 'diverted':
        parcel.status = 'out-for-delivery';
        parcel.toOffice = true;
        return;
      case 'return-ordered':
        parcel.returning = true;
        return;
      default:
        parcel.status = entry.type;
        if (entry.type === 'failed') parcel.failures += 1;
        this.count(entry.type);
    }
  }

  subjectOf(entry: ParcelEntry): string {
    return entry.parcelId;
  }

  caseOf(parcelId: string): string | undefined {
    return this.parcels.get(parcelId)?.caseId;
  }

  subjects(caseId?: string): readonly string[] {
    return caseId === undefined ? [...this.parcels.keys()] : (this.byCase.get(caseId) ?? []);
  }

  view(parcelId: string): object {
    return { parcelId, status: this.parcel(parcelId).status };
  }

  next(parcelId: string, script: CaseScript): string | null {
    const { status, toOffice, returning, failures } = this.parcel(parcelId);
    if (returning) return status === 'returned' ? null : 'return';
    if (status === 'ready-for-pickup') return script.pickup === 'collect' ? 'collect' : null;
    if (status !== 'booked' && status !== 'out-for-delivery') return null;
    if (toOffice) return 'ready-for-pickup';
    return script.delivery === 'fail' || (script.delivery === 'fail-first' && failures === 0) ? 'fail' : 'deliver';
  }

  step(name: string, parcelId: string, reason = 'nobody-home'): ParcelEntry {
    const step = steps[name];
    if (!step) throw notFound('step');
    const { caseId, status } = this.parcel(parcelId);
    if (!step.from.includes(status)) throw conflict(`parcel-${status}`, 'not possible for this parcel now');
    if (step.enters === 'failed') return { type: 'failed', caseId, parcelId, reason };
    return { type: step.enters, caseId, parcelId };
  }

  book(key: string, order: { caseId: string; serial: string; to: Destination }): ParcelEntry {
    return { type: 'booked', parcelId: idOf('par', key), ...order };
  }

  cancel(parcelId: string): ParcelEntry & { type: 'cancellation' } {
    const { caseId, status } = this.parcel(parcelId);
    return { type: 'cancellation', caseId, parcelId, done: status === 'booked' || status === 'cancelled' };
  }

  redeliver(parcelId: string): ParcelEntry {
    return { type: 'redelivery-ordered', parcelId, caseId: this.parcelIn(parcelId, ['failed']).caseId };
  }

  divert(parcelId: string, office: string): ParcelEntry {
    return { type: 'diverted', parcelId, caseId: this.parcelIn(parcelId, ['booked', 'failed']).caseId, office };
  }

  orderReturn(parcelId: string): ParcelEntry {
    const { caseId } = this.parcelIn(parcelId, ['booked', 'failed', 'ready-for-pickup', 'returned']);
    return { type: 'return-ordered', parcelId, caseId };
  }

  webhookOf(entry: ParcelEntry): WebhookContent | null {
    const data = { caseId: entry.caseId, parcelId: entry.parcelId };
    switch (entry.type) {
      case 'failed':
        return { type: 'parcel.failed', data: { ...data, reason: entry.reason } };
      case 'delivered':
      case 'ready-for-pickup':
      case 'collected':
      case 'returned':
        return { type: `parcel.${entry.type}`, data };
      default:
        return null;
    }
  }

  totals(): Readonly<Record<string, number>> {
    return { ...this.sums };
  }

  private count(what: string): void {
    this.sums[what] = (this.sums[what] ?? 0) + 1;
  }

  private parcelIn(parcelId: string, statuses: readonly Status[]): Parcel {
    const parcel = this.parcel(parcelId);
    if (!statuses.includes(parcel.status))
      throw conflict(`parcel-${parcel.status}`, 'not possible for this parcel now');
    return parcel;
  }

  private parcel(parcelId: string): Parcel {
    const parcel = this.parcels.get(parcelId);
    if (!parcel) throw notFound('parcel');
    return parcel;
  }
}
