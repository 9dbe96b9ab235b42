import { idOf } from '../core/chance';
import type { CaseScript } from '../core/dials';
import type { Book } from '../core/party';
import { conflict, notFound } from '../core/problem';
import type { WebhookContent } from '../core/webhook-sender';
import { addTo } from '../core/wire';

/** What the bureau keeps of an order: all but the portrait, of which the digest shows which one was printed. */
export type KeptPersonalisation = Readonly<Record<string, string>> & { readonly photoSha256: string };

type About = { readonly caseId: string; readonly orderId: string; readonly serial: string };

export type CardEntry = About &
  (
    | { readonly type: 'ordered'; readonly card: KeptPersonalisation }
    | { readonly type: 'printed' }
    | { readonly type: 'print-failed'; readonly reason: string }
    | { readonly type: 'recalled'; readonly done: boolean }
    | { readonly type: 'destroyed' }
  );

interface Order extends About {
  status: 'queued' | 'printed' | 'failed' | 'recalled';
  destroyed: boolean;
}

/** The bureau's orders. An order's id follows from its key, so that one that never arrived can be recalled as well. */
export class CardBook implements Book<CardEntry> {
  private readonly orders = new Map<string, Order>();
  private readonly byCase = new Map<string, string[]>();
  private readonly bySerial = new Map<string, string>();
  private readonly sums = { ordered: 0, printed: 0, failed: 0, recalled: 0, destroyed: 0 };

  apply(entry: CardEntry): void {
    const { caseId, orderId, serial } = entry;
    if (entry.type === 'ordered') {
      this.add({ caseId, orderId, serial, status: 'queued', destroyed: false });
      this.bySerial.set(serial, orderId);
      this.sums.ordered += 1;
    } else if (entry.type === 'recalled') {
      if (!entry.done) return;
      const order =
        this.orders.get(orderId) ?? this.add({ caseId, orderId, serial, status: 'queued', destroyed: false });
      if (order.status !== 'recalled') this.sums.recalled += 1;
      order.status = 'recalled';
    } else if (entry.type === 'destroyed') {
      const order = this.order(orderId);
      if (!order.destroyed) this.sums.destroyed += 1;
      order.destroyed = true;
    } else {
      const status = entry.type === 'printed' ? 'printed' : 'failed';
      this.order(orderId).status = status;
      this.sums[status] += 1;
    }
  }

  subjectOf(entry: CardEntry): string {
    return entry.orderId;
  }

  caseOf(orderId: string): string | undefined {
    return this.orders.get(orderId)?.caseId;
  }

  subjects(caseId?: string): readonly string[] {
    return caseId === undefined ? [...this.orders.keys()] : (this.byCase.get(caseId) ?? []);
  }

  view(orderId: string): object {
    const { serial, status, destroyed } = this.order(orderId);
    return { orderId, serial, status, destroyed };
  }

  next(orderId: string, script: CaseScript): string | null {
    const { caseId, status } = this.order(orderId);
    if (status !== 'queued') return null;
    const first = this.byCase.get(caseId)?.[0] === orderId;
    return script.print === 'fail' || (script.print === 'fail-first' && first) ? 'fail' : 'print';
  }

  step(name: string, orderId: string, reason = 'printer-fault'): CardEntry {
    const { caseId, serial, status } = this.order(orderId);
    if (status !== 'queued') throw conflict(`order-${status}`, 'the order is no longer in the queue');
    if (name === 'print') return { type: 'printed', caseId, orderId, serial };
    if (name === 'fail') return { type: 'print-failed', caseId, orderId, serial, reason };
    throw notFound('step');
  }

  place(key: string, order: { caseId: string; serial: string; card: KeptPersonalisation }): CardEntry {
    const orderId = orderIdOf(key);
    if (this.orders.get(orderId)?.status === 'recalled')
      throw conflict('order-recalled', 'it was recalled before it came');
    const other = this.orders.get(this.bySerial.get(order.serial) ?? '');
    if (other && (other.status === 'queued' || other.status === 'printed')) {
      throw conflict('serial-taken', 'there is an order for this serial');
    }
    return { type: 'ordered', orderId, ...order };
  }

  recall(orderKey: string): CardEntry & { type: 'recalled' } {
    const orderId = orderIdOf(orderKey);
    const { caseId, serial, status } = this.orders.get(orderId) ?? { caseId: '', serial: '', status: 'queued' };
    return { type: 'recalled', caseId, orderId, serial, done: status !== 'printed' };
  }

  destroy(serial: string): CardEntry {
    const order = this.orders.get(this.bySerial.get(serial) ?? '');
    if (!order) throw notFound('serial');
    if (order.status !== 'printed') throw conflict('not-printed', 'there is no card with this serial');
    return { type: 'destroyed', caseId: order.caseId, orderId: order.orderId, serial };
  }

  webhookOf(entry: CardEntry): WebhookContent | null {
    const { caseId, orderId, serial } = entry;
    if (entry.type === 'printed') return { type: 'card.printed', data: { caseId, orderId, serial } };
    return entry.type === 'print-failed'
      ? { type: 'card.failed', data: { caseId, orderId, reason: entry.reason } }
      : null;
  }

  totals(): Readonly<Record<string, number>> {
    return { ...this.sums };
  }

  private add(order: Order): Order {
    if (!this.orders.has(order.orderId)) addTo(this.byCase, order.caseId, order.orderId);
    this.orders.set(order.orderId, order);
    return order;
  }

  private order(orderId: string): Order {
    const order = this.orders.get(orderId);
    if (!order) throw notFound('order');
    return order;
  }
}

const orderIdOf = (key: string): string => idOf('ord', key);
