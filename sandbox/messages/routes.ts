import { z } from 'zod';
import type { Desk } from '../core/desk';
import { Id, Text } from '../core/wire';
import type { MessageBook, MessageEntry } from './book';

const ShortMessage = z.strictObject({
  caseId: Id,
  to: z.string().regex(/^\+\d{8,15}$/),
  textAr: Text.min(1),
  textEn: Text.min(1),
});

/** The message centre's API. */
export function messageRoutes(desk: Desk<MessageEntry>, book: MessageBook): void {
  desk.effect('/messages/messages', ShortMessage, (message, key) => {
    const entry = book.send(key, message);
    return { status: 201, answer: { messageId: entry.messageId }, entry };
  });
  desk.read('/messages/messages/:messageId', ({ messageId = '' }) => book.view(messageId));
}
