import { idOf } from '../core/chance';
import type { Book } from '../core/party';
import { notFound } from '../core/problem';
import { addTo } from '../core/wire';

export interface MessageEntry {
  readonly type: 'sent';
  readonly caseId: string;
  readonly messageId: string;
  readonly to: string;
  readonly textAr: string;
  readonly textEn: string;
}

/** What was sent. A message centre has no next step: sent is all it says. */
export class MessageBook implements Book<MessageEntry> {
  private readonly cases = new Map<string, string>();
  private readonly byCase = new Map<string, string[]>();

  apply({ messageId, caseId }: MessageEntry): void {
    this.cases.set(messageId, caseId);
    addTo(this.byCase, caseId, messageId);
  }

  subjectOf(entry: MessageEntry): string {
    return entry.messageId;
  }

  caseOf(messageId: string): string | undefined {
    return this.cases.get(messageId);
  }

  subjects(caseId?: string): readonly string[] {
    return caseId === undefined ? [...this.cases.keys()] : (this.byCase.get(caseId) ?? []);
  }

  view(messageId: string): object {
    if (!this.cases.has(messageId)) throw notFound('message');
    return { messageId, status: 'sent' };
  }

  next(): null {
    return null;
  }

  step(): never {
    throw notFound('step');
  }

  send(key: string, message: { caseId: string; to: string; textAr: string; textEn: string }): MessageEntry {
    return { type: 'sent', messageId: idOf('sms', key), ...message };
  }

  webhookOf(): null {
    return null;
  }

  totals(): Readonly<Record<string, number>> {
    return { sent: this.cases.size };
  }
}
