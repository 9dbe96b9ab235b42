import type { OverviewCase } from '../../adapters/operations/overview-port';
import { caseTypeNamed } from '../../workflows/case-types';
import { textOf } from '../cases/texts';

export const statusText = ({ type, status }: OverviewCase) => textOf(caseTypeNamed(type), 'statuses', status);

/** What to ask for the page after this one by. */
export const nextAfter = (items: readonly OverviewCase[], limit: number): string | null =>
  items.length === limit ? (items.at(-1)?.caseId ?? null) : null;
