import type { ActionRequest } from './model';

/** Where the words of a reason rest, for the event of an action; nothing where none were given. */
export const reasonRef = ({ input }: ActionRequest): { reasonRef?: string } => {
  const ref = input['reasonRef'];
  return typeof ref === 'string' ? { reasonRef: ref } : {};
};
