import { z } from 'zod';
import type { Desk } from '../core/desk';
import { Id } from '../core/wire';
import type { NoticeBook, NoticeEntry } from './book';

const Notice = z.strictObject({
  reference: Id,
  kind: z.enum(['birth', 'marriage', 'divorce', 'death', 'family-link']),
  on: z.iso.date(),
  people: z.array(z.string().regex(/^\d{10}$/)),
});

/** Hospitals and courts send notices in; whoever has the reference may read one. */
export function noticeRoutes(desk: Desk<NoticeEntry>, book: NoticeBook): void {
  desk.effect('/notices/notices', Notice, (notice) => ({
    status: 201,
    answer: { reference: notice.reference },
    entry: { type: 'issued', caseId: notice.reference, ...notice },
  }));
  desk.read('/notices/notices/:reference', ({ reference = '' }) => book.view(reference));
}
