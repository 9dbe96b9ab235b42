import { isGrpcServiceError, ServiceError } from '@temporalio/client';
import { getGrpcStatusDetails } from '@temporalio/client/lib/helpers';
import { NamespaceNotFoundError } from '@temporalio/common';
import type { Bilingual } from '../domain/refusal';

/** Of gRPC. */
const [CANCELLED, DEADLINE_EXCEEDED, NOT_FOUND, PERMISSION_DENIED, UNAVAILABLE, UNAUTHENTICATED] = [1, 4, 5, 7, 14, 16];
const UNHEARD: readonly number[] = [CANCELLED, DEADLINE_EXCEEDED, UNAVAILABLE];
const REFUSED: readonly number[] = [PERMISSION_DENIED, UNAUTHENTICATED];

const grpcErrorIn = (error: unknown) => {
  const cause = error instanceof ServiceError ? error.cause : error;
  return isGrpcServiceError(cause) ? cause : undefined;
};

const lacksNamespace = (error: unknown): boolean => {
  if (error instanceof NamespaceNotFoundError) return true;
  const details = grpcErrorIn(error);
  return (
    details !== undefined &&
    (getGrpcStatusDetails(details) ?? []).some(({ type_url: type }) => type?.endsWith('.NamespaceNotFoundFailure'))
  );
};

/** What was asked after is not there, in a namespace that is. */
export const isNotThere = (error: unknown): boolean =>
  Number(grpcErrorIn(error)?.code) === NOT_FOUND && !lacksNamespace(error);

/** What stands in the way, where the engine itself said so; undefined when nothing was heard of it. */
export function engineSays(error: unknown, namespace: string): Bilingual | undefined {
  if (lacksNamespace(error))
    return {
      en: `The engine has no namespace ${namespace}: create it, or correct TEMPORAL_NAMESPACE.`,
      ar: `ليس في المحرك نطاق باسم ${namespace}: أنشئه أو صحّح TEMPORAL_NAMESPACE.`,
    };
  const answer = grpcErrorIn(error);
  const code = Number(answer?.code);
  if (!answer || UNHEARD.includes(code)) return undefined;
  if (REFUSED.includes(code))
    return {
      en: 'The engine lets this program do nothing: correct TEMPORAL_API_KEY or TEMPORAL_TLS.',
      ar: 'لا يأذن المحرك لهذا البرنامج: صحّح TEMPORAL_API_KEY أو TEMPORAL_TLS.',
    };
  // Number and name; what follows them may quote anything.
  const [name = ''] = answer.message.split(':');
  return { en: `The engine answers with an error (${name}).`, ar: `يجيب المحرك بخطأ (${name}).` };
}
